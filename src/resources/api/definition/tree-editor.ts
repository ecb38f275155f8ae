import {
  CreateResourceCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../../aws/refusal.ts'
import { known, type ApplyContext } from '../../step.ts'
import { putIntegrationInput, putMethodInput, type MethodProblem, type MethodSpec } from './method.ts'
import { prefixes, readTree, type Tree } from './tree.ts'

/** Makes the calls that change the tree of resources, and remembers the ids of resources that it makes. */
export class TreeEditor {
  readonly #ids: Map<string, string>

  /** `tree` is missing for an API that is yet to be made. */
  constructor(tree: Tree | undefined) {
    this.#ids = new Map([...(tree ?? [])].map(([path, node]) => [path, node.id]))
  }

  async deleteMethod({ aws, ids }: ApplyContext, { method, path }: Pick<MethodSpec, 'method' | 'path'>): Promise<void> {
    const at = { restApiId: ids.apiId, resourceId: this.#ids.get(path), httpMethod: method }
    await orUndefined(aws.api(new DeleteMethodCommand(at)))
  }

  /** Deletes a resource with everything below it (recorded, test_resource_lifecycle). */
  async deleteResource({ aws, ids }: ApplyContext, path: string): Promise<void> {
    const resourceId = this.#ids.get(path)
    if (resourceId === undefined) return
    await orUndefined(aws.api(new DeleteResourceCommand({ restApiId: ids.apiId, resourceId })))
    for (const each of this.#ids.keys()) if (prefixes(each).includes(path)) this.#ids.delete(each)
  }

  /** Makes a method, or replaces the one that stands there; only the calls that its problem asks for. */
  async putMethod(context: ApplyContext, spec: MethodSpec, problem: MethodProblem): Promise<void> {
    const { aws, account, ids } = context
    const at = { restApiId: ids.apiId, resourceId: await this.#resource(context, spec.path) }
    if (problem === 'not marked' || problem === 'differs') await this.deleteMethod(context, spec)
    if (problem !== 'no integration') await ignoreConflict(aws.api(new PutMethodCommand({ ...at, ...putMethodInput(spec) })))
    await aws.api(new PutIntegrationCommand({ ...at, ...putIntegrationInput(spec, account) }))
  }

  /** The id of the resource at a path; what is missing on the way there is made. */
  async #resource({ aws, ids }: ApplyContext, path: string): Promise<string> {
    const restApiId = known(ids.apiId, 'the API')
    let parentId = this.#ids.get('/') ?? known(ids.rootResourceId, 'the root resource')
    for (const prefix of prefixes(path)) {
      const id = this.#ids.get(prefix) ?? (await createResource(aws, { restApiId, parentId }, prefix))
      this.#ids.set(prefix, id)
      parentId = id
    }
    return parentId
  }
}

/** A resource that is there already, after a lost answer or by another run's hand, is used as it is. */
async function createResource(aws: Aws, to: { restApiId: string; parentId: string }, path: string): Promise<string> {
  const pathPart = path.slice(path.lastIndexOf('/') + 1)
  try {
    return known((await aws.api(new CreateResourceCommand({ ...to, pathPart }))).id, `the resource ${path}`)
  } catch (error) {
    if (!isRefusal(error, 'ConflictException')) throw error
    return known((await readTree(aws, to.restApiId)).get(path)?.id, `the resource ${path}`)
  }
}

async function ignoreConflict(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!isRefusal(error, 'ConflictException')) throw error
  }
}

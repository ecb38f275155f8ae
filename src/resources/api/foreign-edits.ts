import { GetDeploymentCommand, type MethodSnapshot, type Stage } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../aws/clients.ts'
import { UserError } from '../../errors.ts'
import { functionNameOf, isMarked, methodName } from './definition/method.ts'
import { readServedMethods, type ServedMethods } from './definition/served-methods.ts'
import { treeMethods, type Tree } from './definition/tree.ts'

/** What a stage of others serves, as far as AWS shows it. */
interface Snapshot {
  readonly methods: ServedMethods | undefined
  readonly summary: ReadonlyMap<string, MethodSnapshot>
}

/**
 * Edits of others that no stage of theirs serves yet. CreateDeployment freezes the whole working copy, so it would publish them on our
 * stage. What bears the mark of any service of this action is not looked at: it leads where its own service sees to.
 * @param stages those that are not ours
 * @returns names of methods, each with what is not deployed of it
 */
export async function readForeignEdits(
  aws: Aws, restApiId: string, { stages, tree }: { readonly stages: readonly Stage[]; readonly tree: Tree },
): Promise<string[]> {
  if (stages.length === 0) return []
  const snapshots = await Promise.all(stages.map((stage) => readSnapshot(aws, restApiId, stage)))
  const standing = treeMethods(tree)
  const edits = standing.filter(({ actual }) => !isMarked(actual.operationName)).flatMap((each) => {
    const name = methodName(each)
    const served = snapshots.filter(({ summary }) => summary.has(name))
    if (served.length === 0) return [`${name} is new`]
    const { authorizationType = 'NONE', apiKeyRequired = false, methodIntegration } = each.actual
    const isServed = served.some(({ summary, methods }) => {
      const method = summary.get(name)
      const isSame = (method?.authorizationType ?? 'NONE') === authorizationType && (method?.apiKeyRequired ?? false) === apiKeyRequired
      return isSame && (methods === undefined || methods.get(name) === functionNameOf(methodIntegration?.uri))
    })
    return isServed ? [] : [`${name} is changed`]
  })
  const names = new Set(standing.map(methodName))
  const everywhere = [...(snapshots[0]?.summary.keys() ?? [])].filter((name) => snapshots.every(({ summary }) => summary.has(name)))
  return [...edits, ...everywhere.filter((name) => !names.has(name)).map((name) => `${name} is gone`)]
}

/** @throws UserError unless there are none */
export function refuseForeignEdits(edits: readonly string[], apiId: string): void {
  if (edits.length === 0) return
  throw new UserError({
    what: `API ${apiId} holds edits of others that nobody has deployed: ${edits.join(', ')}.`,
    why: 'A deployment freezes the whole API, so this stage would serve them.',
    cure: 'Let whoever made them deploy them to a stage, or give the input `allow-foreign-changes: true`.',
    docs: 'ownership.md#join-an-api',
  })
}

/** The methods of a deployment (GetDeployment, `embed`), and their integrations (GetExport of the stage). */
async function readSnapshot(aws: Aws, restApiId: string, stage: Stage): Promise<Snapshot> {
  const [methods, { apiSummary = {} }] = await Promise.all([
    readServedMethods(aws, restApiId, stage),
    aws.api(new GetDeploymentCommand({ restApiId, deploymentId: stage.deploymentId, embed: ['apisummary'] })),
  ])
  const entries = Object.entries(apiSummary).flatMap(([path, all]) =>
    Object.entries(all).map(([method, snapshot]) => [methodName({ method, path }), snapshot] as const))
  return { methods, summary: new Map(entries) }
}

import { createHash } from 'node:crypto'
import type { Aws } from '../../../aws/clients.ts'
import type { Account } from '../../../service/arns.ts'
import type { Service, ServiceId } from '../../../service/service.ts'
import type { ApplyContext, Step, Task } from '../../step.ts'
import { DefinitionDocument, type DocumentInfo } from './document.ts'
import { methods, withoutMethods } from './methods.ts'
import type { Edit, Foreign, Goal, Part, WorkingCopy } from './part.ts'
import { settings } from './settings.ts'

/** Every kind of thing that a deployment freezes. What another one refers to comes before it. */
const parts: { readonly [K in keyof WorkingCopy]: Part<WorkingCopy[K]> } = { settings, methods }
const list: readonly Part<unknown>[] = Object.values(parts)

/** Raised whenever a part's canonical form changes its meaning, so that digests of two schemes never look equal. */
const scheme = 2

/** From so many edits on, one document is cheaper: single calls are two or more a route, and AWS takes ten a second. */
const documentFrom = 5

/** 16 hex digits that are equal exactly for equal definitions: of two services with equal digests one deployment serves both. */
export function definitionDigest(service: Service): string {
  const definition = Object.entries(parts).map(([name, part]) => [name, part.canonical(service)])
  return createHash('sha256').update(JSON.stringify([scheme, ...definition])).digest('hex').slice(0, 16)
}

/** Reads the parts of the working copy; what was read before is not read again. */
export async function readWorkingCopy(aws: Aws, restApiId: string, before: Partial<WorkingCopy> = {}): Promise<WorkingCopy> {
  const read = async ([name, part]: [string, Part<unknown>]): Promise<[string, unknown]> =>
    [name, before[name as keyof WorkingCopy] ?? (await part.read(aws, restApiId))]
  return Object.fromEntries(await Promise.all(Object.entries(parts).map(read))) as unknown as WorkingCopy
}

/**
 * The changes of the working copy, one after another.
 * @param copy missing for an API that is yet to be made
 * @param needs what must be done before the first change
 */
export function planDefinition(goal: Goal, copy: WorkingCopy | undefined, needs: readonly Task[]): Step[] {
  const edits = editsOf(goal, copy)
  const members = edits.flatMap(({ document }) => (document === undefined ? [] : [document]))
  const info = documentInfo(goal, copy)
  const document = info !== undefined && members.length >= documentFrom ? new DefinitionDocument(info, members) : undefined
  const steps: Step[] = []
  for (const edit of edits) {
    const step = document === undefined || edit.document === undefined ? edit.step : byDocument(edit.step, document)
    steps.push({ ...step, needs: steps.length === 0 ? needs : steps.slice(-1) })
  }
  return steps
}

/** Takes our methods out of the working copy of an API that stays. */
export function planMethodsGone(service: ServiceId, account: Account, copy: WorkingCopy): Step[] {
  const steps: Step[] = []
  for (const { step } of withoutMethods(service, account, copy.methods)) {
    steps.push({ ...step, reason: 'its last stage is gone', needs: steps.slice(-1) })
  }
  return steps
}

/** Whether the working copy is all that is wanted, as far as what is ours goes. */
export function isAtGoal(goal: Goal, copy: WorkingCopy): boolean {
  return editsOf(goal, copy).length === 0
}

/** What the working copy lacks, in words: `API shop: endpoint-type REGIONAL -> EDGE`. Empty where it is all that is wanted. */
export function missingWords(goal: Goal, copy: WorkingCopy): string {
  const words = editsOf(goal, copy).map(({ step: { kind, name, fields } }) => {
    const differing = fields.map(({ field, from, to }) => `${field} ${from ?? '(none)'} -> ${to ?? '(none)'}`)
    return `${kind} ${name}${differing.length === 0 ? '' : `: ${differing.join(', ')}`}`
  })
  return words.join('; ')
}

/** Leads the working copy to the goal, whatever another writer has made of it. */
export async function mendDefinition(context: ApplyContext, service: Service, copy: WorkingCopy): Promise<void> {
  for (const { step } of editsOf({ service, account: context.account }, copy)) await step.apply(context)
}

/** Everything in the working copy that the service did not make. */
export function foreignInDefinition(service: ServiceId, copy: WorkingCopy): Foreign[] {
  return list.flatMap((part) => part.foreign(service, copy))
}

/** The edits of all parts. What a document cannot say, taking away above all, comes before what it can. */
function editsOf(goal: Goal, copy: WorkingCopy | undefined): Edit[] {
  const edits = list.flatMap((part) => part.plan(goal, copy))
  const isInDocument = ({ document }: Edit): boolean => document !== undefined
  return [...edits.filter((edit) => !isInDocument(edit)), ...edits.filter(isInDocument)]
}

/**
 * What a document says of the API itself. PutRestApi sets the API's name and version from it (recorded,
 * test_put_rest_api_mode_binary_media_types), so that on an API that is joined it says what stands there; undefined where no version stands
 * there, as an OpenAPI document must have one.
 */
function documentInfo({ service: { api } }: Goal, copy: WorkingCopy | undefined): DocumentInfo | undefined {
  if (api.joined === undefined) return { title: api.name, version: '1.0' }
  const { name: title, version } = copy?.settings ?? {}
  return title === undefined || version === undefined ? undefined : { title, version }
}

function byDocument(step: Step, document: DefinitionDocument): Step {
  return {
    ...step,
    apply: async (context) => {
      if (!(await document.send(context))) await step.apply(context)
    },
  }
}

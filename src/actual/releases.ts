import type { Aws } from '../aws/clients.ts'
import { isRefusal } from '../aws/refusal.ts'
import { UserError } from '../errors.ts'
import { readServedMethods } from '../resources/api/definition/served-methods.ts'
import { functionsNamedAlike } from '../resources/lambda/former-function.ts'
import { readFunction, withAllVersions, type FunctionState } from '../resources/lambda/state.ts'
import { namesIn, parseRecord, type ReleaseRecord } from '../service/release-record.ts'
import type { Service } from '../service/service.ts'
import { ownership } from '../service/tags.ts'
import { readAccount } from './account.ts'
import { readApiActual, type Actual, type ApiActual } from './actual.ts'
import { idleSlotOf, servedBy } from './served.ts'

/**
 * Reads what stands of a stage's releases, with those versions alone that aliases name. The config may say nothing of the functions: then
 * the record, the routes that are served and the functions' names and tags tell which they are.
 * @throws UserError where there is no such stage
 */
export async function readReleases(aws: Aws, service: Service, allowedAccountIds: readonly string[]): Promise<Actual> {
  const api = await readApiActual(aws, service, 'no logs')
  if (api.stage === undefined) throw missing(service, api)
  const states = await readStates(aws, service, api)
  const functions = new Map([...states].map(([name, state]) => [name, { ...nothingAround, name, state }]))
  const existing = [...states.values()].flatMap((state) => state ?? [])
  const account = await readAccount(aws, { service, functions: existing, allowedAccountIds })
  return { account, ...api, functions, served: servedBy(service, api.stage, functions) }
}

/** The same with every version of the functions, for a release that no slot names any more. */
export async function withVersions(aws: Aws, service: Service, actual: Actual): Promise<Actual> {
  const read = await Promise.all([...actual.functions.values()].map(async (each) => {
    return { ...each, state: each.state === undefined ? undefined : await withAllVersions(aws, each.state) }
  }))
  const functions = new Map(read.map((each) => [each.name, each]))
  return { ...actual, functions, served: servedBy(service, actual.stage, functions) }
}

/** What a rollback does not look at. */
const nothingAround = { role: undefined, formerRole: undefined, givenRole: undefined, logGroup: undefined } as const

type States = ReadonlyMap<string, FunctionState | undefined>

/** The functions by name; undefined for one that a release names and that is gone, or is not ours. */
async function readStates(aws: Aws, service: Service, { api, stage = {} }: ApiActual): Promise<States> {
  const record = parseRecord(service.name, stage.variables)
  // The live slot serves, so it may be called; and of the versions most rollbacks need only those that the slots name.
  const scope = { stage: service.stage, versions: 'named', policies: [idleSlotOf(service, stage)] } as const
  const described = service.functions.map(({ name }) => name)
  const lookups = [
    async () => [...((await readServedMethods(aws, api?.id ?? '', stage))?.values() ?? [])].flatMap((name) => name ?? []),
    () => functionsNamedAlike(aws, service),
  ]
  let names: readonly string[] = described
  const read = new Map<string, FunctionState | undefined>()
  for (;;) {
    const told = namesOf(record, names)
    const lookup = told === undefined ? lookups.shift() : undefined
    if (lookup === undefined) {
      const wanted = told ?? names
      await readMissing(wanted)
      return new Map(wanted.flatMap((name) => (isShown(name, told) ? [[name, read.get(name)] as const] : [])))
    }
    // What is not ours would only hide which of the others a release is of.
    const more = (await lookup()).filter((name) => !names.includes(name))
    await readMissing(more, true)
    names = [...new Set([...names, ...more.filter((name) => read.get(name) !== undefined)])]
  }

  /** A function that is only looked up and may not be read is somebody else's. */
  async function readMissing(wanted: readonly string[], isGuess = false): Promise<void> {
    await Promise.all([...new Set(wanted)].filter((name) => !read.has(name)).map(async (name) => {
      const state = await readFunction(aws, name, scope).catch((error: unknown) => {
        if (isGuess && isRefusal(error, 'AccessDeniedException')) return undefined
        throw error
      })
      read.set(name, ownership(state?.tags, service) === 'ours' ? state : undefined)
    }))
  }

  function isShown(name: string, told: readonly string[] | undefined): boolean {
    return told !== undefined || read.get(name) !== undefined
  }
}

/** The functions of all releases of a record; undefined where those of one are not among the candidates. */
function namesOf(record: ReleaseRecord, candidates: readonly string[]): readonly string[] | undefined {
  const sets = record.map((release) => namesIn(release, candidates))
  return sets.includes(undefined) ? undefined : [...new Set(sets.flatMap((names) => names ?? []))].sort()
}

function missing({ name, stage }: Service, { api, otherStages }: ApiActual): UserError {
  const others = otherStages.map(({ stageName }) => stageName).join(', ')
  return new UserError({
    what: `There is no stage ${stage} of ${name}, so nothing can be rolled back.`,
    why: api === undefined
      ? `No API of this account and Region bears the tags of the service ${name}.`
      : `Its API ${api.id} has ${others === '' ? 'no stage' : `the stages ${others}`}.`,
    cure: 'Check the inputs `service` (or `function-name`), `stage` and `aws-region`.',
    docs: 'releases.md#rollback',
  })
}

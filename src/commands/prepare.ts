import PQueue from 'p-queue'
import { bucketMissing, buildPackage, digestInputs, needsBucket, type InputDigest, type Package, type PackageOptions } from '../package/index.ts'
import { refuseCancelled } from '../cancellation.ts'
import { allOrFindings, findingsAt } from '../diagnostics.ts'
import { UserError, type Place } from '../errors.ts'
import { idsOf, readCopy, type Actual } from '../actual/actual.ts'
import { composeDeploy, needsWorkingCopy, mayHaveFormer, type Composed } from '../plan/deploy.ts'
import { uploads } from '../plan/function.ts'
import { liveVersion, servedBy } from '../actual/served.ts'
import { readSteadily } from '../actual/steady.ts'
import type { Ids } from '../resources/step.ts'
import { lanes } from '../resources/lanes.ts'
import { readFormerFunctions } from '../resources/lambda/former.ts'
import { parseCodeMark, type WantedCode } from '../resources/code.ts'
import { slotAlias } from '../service/names.ts'
import type { FunctionSpec } from '../service/service.ts'
import type { Run } from './run.ts'

/** Everything that is known before the first write. */
export interface Prepared extends Composed {
  readonly actual: Actual
  readonly ids: Ids
  /** By function name; only what had to be built. */
  readonly packages: ReadonlyMap<string, Package>
  readonly code: ReadonlyMap<string, WantedCode>
}

/** Digests the inputs while AWS is read, builds what differs, and composes the plan. Writes nothing to AWS. */
export async function prepare(run: Run): Promise<Prepared> {
  const { service, options, aws, stopwatch } = run
  const digests = stopwatch.time('digest the inputs', () => allOrFindings(service.functions.map((spec) => findingsAt(placeOf(spec), digestInputs(spec.code, packageOptions(run, spec))))))
  digests.catch(() => undefined) // Reported below, behind what the reading of AWS says.
  const actual = await stopwatch.time('read AWS', () => readSteadily(aws, service, options.allowedAccountIds))
  const ids = idsOf(actual, service)
  const packages = new Map<string, Package>()
  refuseCancelled()
  const code = await stopwatch.time('build', async () => codeOf(run, { actual, ids, digests: await digests, packages }))
  const [copy, former] = await Promise.all([
    needsWorkingCopy(service, actual) ? readCopy(aws, actual) : undefined,
    mayHaveFormer(service, actual) ? readFormerFunctions(aws, service, new Set(service.functions.map((spec) => spec.name))) : [],
  ])
  refuseCancelled()
  const composed = composeDeploy({ service, code }, { actual, ids, copy, former })
  for (const [name, version] of composed.versions) ids.versions.set(name, version)
  return { ...composed, actual, ids, packages, code }
}

/** The code of each function: the live version's where its inputs are the same, else a package that is built now. */
async function codeOf(run: Run, facts: { actual: Actual; ids: Ids; digests: readonly InputDigest[]; packages: Map<string, Package> }): Promise<Map<string, WantedCode>> {
  const { actual, ids, digests, packages } = facts
  const builds = new PQueue({ concurrency: lanes })
  const entries = run.service.functions.map((spec, index) => findingsAt(placeOf(spec), entryOf(spec, digests[index])))
  return new Map(await allOrFindings(entries))

  async function entryOf(spec: FunctionSpec, digest: InputDigest | undefined): Promise<[string, WantedCode]> {
    if (digest === undefined) throw new Error(`no digest for ${spec.name}`)
    const known = codeByDigest(run, actual, { spec, digest })
    if (known !== undefined && !uploads({ spec, code: known, state: actual.functions.get(spec.name), roleArn: ids.roleArns.get(spec.name) })) return [spec.name, known]
    const build = (): Promise<Package> => buildPackage(spec.code, digest, { ...packageOptions(run, spec), layerBytes: layerBytesOf(spec, actual) })
    const built = await builds.add(() => run.progress.group(`Package ${spec.name}`, build))
    if (needsBucket(built.size) && spec.s3Bucket === undefined) throw new UserError(bucketMissing(spec.name, built))
    packages.set(spec.name, built)
    return [spec.name, { sha256: built.sha256, inputDigest: built.inputDigest, path: built.path, size: built.size }]
  }
}

/** The live version's code where the live alias says that it came from just these inputs. */
function codeByDigest({ service }: Run, actual: Actual, { spec, digest }: { spec: FunctionSpec; digest: InputDigest }): WantedCode | undefined {
  const live = liveVersion(service, actual, spec.name)
  const alias = actual.functions.get(spec.name)?.aliases.find((each) => each.Name === slotAlias(service.stage, servedBy(service, actual).liveSlot))
  const mark = parseCodeMark(alias?.Description)
  if (!digest.pinned || mark === undefined || mark.inputDigest !== digest.digest || mark.sha256 !== live?.CodeSha256) return undefined
  return { sha256: mark.sha256, inputDigest: mark.inputDigest }
}

/** Where the config speaks of the function's code. */
function placeOf({ code: { places } }: FunctionSpec): Place | undefined {
  return places.source ?? places.package ?? places.handler ?? places.runtime
}

/** The zipped size of the function's layers, as far as AWS has told it with a version that has them already. */
function layerBytesOf({ name, settings }: FunctionSpec, actual: Actual): number {
  const state = actual.functions.get(name)
  const told = state === undefined ? [] : [state.latest, ...state.versions].flatMap((each) => each.Layers ?? [])
  return settings.layers.reduce((sum, arn) => sum + (told.find((layer) => layer.Arn === arn)?.CodeSize ?? 0), 0)
}

function packageOptions({ sources, cacheDir, workDir, progress, env, secrets }: Run, spec: FunctionSpec): PackageOptions {
  return { functionName: spec.name, layers: spec.settings.layers, sources, cacheDir, workDir, progress, env, secrets }
}

import PQueue from 'p-queue'
import { roleArnOf, type FunctionActual } from '../actual/function.ts'
import type { Actual } from '../actual/actual.ts'
import { allOrFindings, findingsAt } from '../diagnostics.ts'
import { UserError, type Place } from '../errors.ts'
import {
  bucketMissing,
  buildPackage,
  digestInputs,
  needsBucket,
  resolveInputs,
  type InputDigest,
  type Package,
  type PackageOptions,
} from '../package/index.ts'
import { uploads } from '../plan/function.ts'
import { parseCodeMark, type FunctionCode } from '../resources/code.ts'
import { heavyJobs } from '../resources/heavy-jobs.ts'
import type { FunctionSpec } from '../service/service.ts'
import type { Run } from './run.ts'

/** The code that functions are to run, by function name. */
export interface Code {
  readonly code: ReadonlyMap<string, FunctionCode>
  /** Only what had to be built. */
  readonly packages: ReadonlyMap<string, Package>
}

/** The digest of each function's inputs, in the functions' order. */
export async function digestCode(run: Run): Promise<readonly InputDigest[]> {
  return allOrFindings(run.service.functions.map((spec) => findingsAt(placeOf(spec), digestInputs(spec.code, packageOptions(run, spec)))))
}

/** What is known of the code before. */
interface Sources {
  readonly digests: readonly InputDigest[]
  /** Packages that this run has built already. */
  readonly built?: ReadonlyMap<string, Package> | undefined
}

/** What stands of the functions, and what of it is served. */
type Standing = Pick<Actual, 'functions' | 'served'>

/** The code of each function: the live version's where its inputs are the same, else a package that is built now. */
export async function codeOf(run: Run, actual: Standing, { digests, built: before }: Sources): Promise<Code> {
  const packages = new Map<string, Package>()
  const builds = new PQueue({ concurrency: heavyJobs })
  const entries = run.service.functions.map((spec, index) => findingsAt(placeOf(spec), entryOf(spec, digests[index])))
  return { code: new Map(await allOrFindings(entries)), packages }

  async function entryOf(spec: FunctionSpec, digest: InputDigest | undefined): Promise<[string, FunctionCode]> {
    if (digest === undefined) throw new Error(`no digest for ${spec.name}`)
    const own = actual.functions.get(spec.name)
    const options = { ...packageOptions(run, spec), layerBytes: layerBytesOf(spec, own) }
    const inputs = await builds.add(() => resolveInputs(spec.code, digest, options))
    const known = codeByDigest(actual, spec, inputs)
    if (known !== undefined && !uploads({ spec, code: known, roleArn: roleArnOf(spec, own) }, own)) return [spec.name, known]
    const build = () => run.progress.group(`Package ${spec.name}`, () => buildPackage(spec.code, inputs, options))
    const built = before?.get(spec.name) ?? (await builds.add(build))
    if (needsBucket(built.size) && spec.s3Bucket === undefined) throw new UserError(bucketMissing(spec.name, built))
    packages.set(spec.name, built)
    return [spec.name, { sha256: built.sha256, inputDigest: built.inputDigest, path: built.path, size: built.size }]
  }
}

/** The live version's code where the live alias says that it came from just these inputs. */
function codeByDigest({ functions, served }: Standing, { name }: FunctionSpec, inputs: InputDigest): FunctionCode | undefined {
  const mark = parseCodeMark(functions.get(name)?.state?.slots[served.liveSlot].alias?.Description)
  const isSame = inputs.pinned && mark?.inputDigest === inputs.digest && mark.sha256 === served.versions.get(name)?.CodeSha256
  return isSame ? mark : undefined
}

/** Where the config speaks of the function's code. */
function placeOf({ code: { places } }: FunctionSpec): Place | undefined {
  return places.source ?? places.package ?? places.handler ?? places.runtime
}

/** The zipped size of the function's layers, as far as a version that has them already says it. */
function layerBytesOf({ settings }: FunctionSpec, actual: FunctionActual | undefined): number {
  const state = actual?.state
  const layers = state === undefined ? [] : [state.latest, ...state.versions].flatMap((each) => each.Layers ?? [])
  return settings.layers.reduce((sum, arn) => sum + (layers.find((layer) => layer.Arn === arn)?.CodeSize ?? 0), 0)
}

function packageOptions({ sources, cacheDir, workDir, progress, env, secrets }: Run, spec: FunctionSpec): PackageOptions {
  return { functionName: spec.name, layers: spec.settings.layers, sources, cacheDir, workDir, progress, env, secrets }
}

import { join } from 'node:path'
import PQueue from 'p-queue'
import type { Actual } from '../actual/actual.ts'
import { roleArnOf } from '../actual/function.ts'
import { UserError } from '../errors.ts'
import { bucketMissing, needsBucket } from '../package/index.ts'
import { uploads } from '../plan/function.ts'
import { refuseUnfit, releaseOn, type StageRelease } from '../release/stage-release.ts'
import { definitionDigest } from '../resources/api/definition/parts.ts'
import { readServedRoutes } from '../resources/api/definition/served-methods.ts'
import type { FunctionCode } from '../resources/code.ts'
import { heavyJobs } from '../resources/heavy-jobs.ts'
import { downloadPackage } from '../resources/lambda/download.ts'
import { known } from '../resources/step.ts'
import type { FunctionSpec, Route, Service } from '../service/service.ts'
import { routeOf } from '../service/smoke/match.ts'
import type { Content, Source } from './content.ts'
import type { Run } from './run.ts'

/** Another stage's live release: its packages, byte for byte, and its routes; the configuration is this stage's. */
export function stageSource(run: Run, fromStage: string): Source {
  return async (described, actual) => {
    const source = releaseOn({ ...described, stage: fromStage }, described, actual)
    refuseUnfit(described, source)
    const { release: { number, commit } } = source
    const service = withRoutes(run, described, await routesOf(run, { described, actual, source }))
    const code = await run.stopwatch.time('packages', () => packagesOf(run, { service, actual, source }))
    const { commit: _own, ...rest } = service
    return { service: commit === '' ? rest : { ...rest, commit }, code, packages: new Map(), origin: { stage: fromStage, number } }
  }
}

interface Reading {
  readonly described: Service
  readonly actual: Actual
  readonly source: StageRelease
}

/**
 * The routes that the other stage serves: those of the config, where its digest says so, else as API Gateway exports them. The digest
 * also tells where they would not be the whole of what is served there.
 * @throws UserError
 */
async function routesOf({ aws }: Run, { described, actual: { api }, source: { from, release } }: Reading): Promise<readonly Route[]> {
  if (definitionDigest(described) === release.digest) return described.api.routes
  const routes = await readServedRoutes(aws, known(api?.id, 'the API'), from)
  if (routes !== undefined && definitionDigest(withApiRoutes(described, routes)) === release.digest) return routes
  throw new UserError({
    what: `The API that stage ${from.stage} of ${from.name} serves is not the one that the config describes.`,
    why: routes === undefined
      ? 'API Gateway does not export its routes.'
      : 'More differs than routes: settings of the API that all stages share, or what a route has besides its function.',
    cure:
      `Deploy ${from.stage} with this config first, or check out ` +
      `${release.commit === '' ? 'the commit of its release' : `commit ${release.commit}`}; then promote.`,
    docs: 'releases.md#promote-from-another-stage',
  })
}

const withApiRoutes = (service: Service, routes: readonly Route[]): Service => ({ ...service, api: { ...service.api, routes } })

/** The service with other routes. A smoke test that none of them answers is left out, and told. */
function withRoutes({ progress }: Run, service: Service, routes: readonly Route[]): Service {
  if (routes === service.api.routes) return service
  const smokeTests = service.release.smokeTests.flatMap((test) => {
    const { method, path } = test.request
    const match = routeOf(method, path, routes)
    if (match === undefined) progress.warning(`The smoke test ${test.line} is not asked: the release has no route that answers it.`)
    return match === undefined ? [] : [{ ...test, ...match }]
  })
  return { ...withApiRoutes(service, routes), release: { ...service.release, smokeTests } }
}

/** The code of each function, with its package where Lambda must be given it once more. */
async function packagesOf(
  run: Run, { service, actual, source }: { readonly service: Service; readonly actual: Actual; readonly source: StageRelease },
): Promise<Content['code']> {
  const queue = new PQueue({ concurrency: heavyJobs })
  const entries = service.functions.map(async (spec): Promise<readonly [string, FunctionCode]> => {
    const code = known(source.code.get(spec.name), `the code of ${spec.name}`)
    const own = actual.functions.get(spec.name)
    // A version or $LATEST has it already: it is the same function.
    if (!uploads({ spec, code, roleArn: roleArnOf(spec, own) }, own)) return [spec.name, code]
    return [spec.name, (await queue.add(() => downloaded(run, { spec, code, source }))) ?? code]
  })
  return new Map(await Promise.all(entries))
}

async function downloaded(
  { aws, workDir, progress }: Run,
  { spec, code, source }: { readonly spec: FunctionSpec; readonly code: FunctionCode; readonly source: StageRelease },
): Promise<FunctionCode> {
  const version = known(source.versions.get(spec.name), `the version of ${spec.name}`)
  const path = join(workDir, `${spec.name}.zip`)
  const size = await downloadPackage(aws, version, path)
  progress.info(`Took the package of ${spec.name} from its version ${version.Version}: ${size} bytes.`)
  if (needsBucket(size) && spec.s3Bucket === undefined) throw new UserError(bucketMissing(spec.name, { size, largest: [] }))
  return { ...code, path, size }
}

import { servedBy } from '../actual/served.ts'
import { defined } from '../defined.ts'
import { repositoryUrl } from '../github/index.ts'
import type { Result } from '../service/result.ts'
import { codeOf, digestCode } from './code.ts'
import type { Run } from './run.ts'

const withoutCredentials = 'This run has no AWS credentials: GitHub gives none to pull requests from forks and of Dependabot.'

/**
 * What can be done without AWS: the config is checked, each package is built and looked at, the routes are told. A pull request of a
 * stranger gets an answer, and no failure that its author cannot cure.
 */
export async function planOffline(run: Run): Promise<Result> {
  const { service, stopwatch } = run
  const digests = await stopwatch.time('digest the inputs', () => digestCode(run))
  const nothing = { functions: new Map(), served: servedBy(service, undefined, new Map()) }
  const { code, packages } = await stopwatch.time('build', () => codeOf(run, nothing, { digests }))
  const functions = service.functions.map(({ name }) => {
    const built = packages.get(name)
    return defined({ name, packagePath: built?.path, packageSha256: code.get(name)?.sha256, packageSize: built?.size })
  })
  const routes = service.api.routes.map(({ method, path, functionName }) => ({ method, path, function: functionName }))
  return ended(run, { functions, routes, note: `${withoutCredentials} Config, packages and routes are sound; AWS was not asked.` })
}

/** A preview that was deployed by somebody else's push goes with the next sweep. */
export async function leaveToSweep(run: Run): Promise<Result> {
  return ended(run, { functions: [], routes: [], note: `${withoutCredentials} If there is a preview, \`command: sweep\` removes it.` })
}

function ended(run: Run, { note, ...rest }: Pick<Result, 'functions' | 'routes'> & { readonly note: string }): Result {
  const { service, options, env, stopwatch, progress } = run
  progress.notice(note)
  return defined({
    ...rest, command: options.command === 'destroy' ? 'destroy' : 'plan', service: service.name, stage: service.stage,
    commit: service.commit, repositoryUrl: repositoryUrl(env, service.repository),
    changed: false, plan: [], timings: stopwatch.timings, notes: [note],
  })
}

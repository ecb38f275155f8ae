import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { installFailure } from './failure.ts'
import { isMissingWheel, isNetworkFailure, isRefusedBuild } from './failure-signs.ts'
import type { Job } from './job.ts'
import type { InstallerRun } from './missing.ts'
import { readPipLog } from './pip-log.ts'
import { run, runWithRetry, type Ran } from './process.ts'
import type { Wanted } from './requirements.ts'

/** Runs the first way of several that works; a UserError is the last one's. */
export async function runInstaller(ways: readonly (readonly string[])[], wanted: Wanted, job: Job): Promise<Ran> {
  let last: InstallerRun | undefined
  for (const args of ways) {
    const options = { cwd: job.folder, env: job.env, hide: job.hide, onLine: (line: string) => job.options.progress.debug(line) }
    if (job.tool.kind === 'pip') {
      // A log of all that pip looks at takes a fifth of its time, and is read only where it fails.
      const quick = await run(job.tool.program, args, options)
      if (quick.code === 0) return quick
      rmSync(logOf(job), { force: true })
    }
    const logged = job.tool.kind === 'pip' ? [...args, '--log', logOf(job)] : args
    const ran = await runWithRetry(job.tool.program, logged, { ...options, passing: (each) => isNetworkFailure(withLog(each, job)) })
    if (ran.code === 0) return ran
    last = withLog(ran, job)
    if (!isMissingWheel(last) && !isRefusedBuild(last)) break
  }
  if (last?.build !== undefined) for (const line of last.build) job.options.progress.debug(line)
  throw installFailure(last as InstallerRun, wanted, job)
}

function logOf(job: Job): string {
  return path.join(job.folder, 'pip.log')
}

function withLog(ran: Ran, job: Job): InstallerRun {
  if (job.tool.kind !== 'pip' || !existsSync(logOf(job))) return ran
  const log = readFileSync(logOf(job), 'utf8')
  const { refusals, build, ...rest } = readPipLog(log)
  return { ...ran, ...rest, log, build: build.map(job.hide), stderr: `${job.hide(refusals.join('\n'))}\n${ran.stderr}` }
}

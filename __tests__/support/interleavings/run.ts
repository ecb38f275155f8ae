import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type Aws, type Send } from '../../../src/aws/clients.ts'
import { commandOf, Stopwatch, type Run } from '../../../src/commands/index.ts'
import { loadConfig } from '../../../src/config/index.ts'
import { DiagnosticsError } from '../../../src/diagnostics.ts'
import { Interrupted, SeveralErrors, UserError } from '../../../src/errors.ts'
import { CommitHistory, GitHub } from '../../../src/github/index.ts'
import { openSources } from '../../../src/package/index.ts'
import { silent } from '../../../src/progress.ts'
import { AwsRefusal } from '../../../src/aws/refusal.ts'
import { OtherRunWon } from '../../../src/resources/other-run.ts'
import type { Random } from '../random.ts'

export interface Order {
  readonly workspace: string
  readonly inputs: Readonly<Record<string, string>>
  /** After so many calls of AWS the run is dead: what it has sent has its effect, and nothing follows. */
  readonly killedAfter?: number
  /** Waits before each call, so that runs at once meet in every order. */
  readonly waits?: Random
}

export type Ending = 'done' | 'refused' | 'killed'

/** How a run ended, and what it had asked of AWS. */
export interface Outcome {
  readonly ending: Ending
  readonly words: string
  readonly calls: readonly string[]
}

/** Runs a command as main does, in this process. Defects are thrown. */
export async function runCommand(folder: string, { workspace, inputs, killedAfter, waits }: Order): Promise<Outcome> {
  const env = { ...process.env, GITHUB_REPOSITORY: 'acme/shop' }
  const calls: string[] = []
  let die: (outcome: Outcome) => void = () => undefined
  const death = new Promise<Outcome>((resolve) => (die = resolve))
  let isDead = false
  let inFlight = 0
  const never = new Promise<never>(() => undefined)

  const watched = (send: Send): Send => async (command, options) => {
    if (waits !== undefined) await sleep(waits.below(2_000))
    if (isDead) return never
    calls.push(command.constructor.name.replace(/Command$/, ''))
    const isLast = calls.length === killedAfter
    inFlight++
    try {
      return await send(command, options)
    } finally {
      inFlight--
      if (isLast) isDead = true
      if (isDead && inFlight === 0) die({ ending: 'killed', words: '', calls })
      if (isDead) await never
    }
  }

  return Promise.race([death, work()])

  async function work(): Promise<Outcome> {
    try {
      const { config, findings } = await loadConfig({ inputs: (name) => inputs[name] ?? '', env, workspace })
      findings.refuse()
      if (config === undefined) throw new Error('a config without a finding could not be read')
      const { service, options, secrets } = config
      const aws = connect({ region: options.region, env, progress: silent })
      const cacheDir = join(folder, 'cache')
      const github = new GitHub({ repository: service.repository, token: undefined })
      const run: Run = {
        service, options, secrets, env, cacheDir, github, progress: silent, stopwatch: new Stopwatch(),
        commits: new CommitHistory(github),
        aws: watchedAws(aws), sources: openSources({ env, cacheDir }), workDir: mkdtempSync(join(folder, 'work-')),
      }
      const result = await commandOf(options)(run)
      return { ending: 'done', words: `release ${result.release}`, calls }
    } catch (error) {
      return { ending: 'refused', words: refusalOf(error), calls }
    }
  }

  function watchedAws(aws: Aws): Aws {
    const { lambda, api, logs, iam, sts, s3, cloudwatch } = aws
    const sends = { lambda, api, logs, iam, sts, s3, cloudwatch }
    return { ...aws, ...Object.fromEntries(Object.entries(sends).map(([name, send]) => [name, watched(send)])) }
  }
}

/** What a user is told; anything else is a defect. */
function refusalOf(error: unknown): string {
  const cause = error instanceof Interrupted ? error.cause : error
  const all = cause instanceof SeveralErrors ? cause.errors : [cause]
  const isTold = (each: unknown): boolean =>
    each instanceof UserError || each instanceof OtherRunWon || each instanceof DiagnosticsError || each instanceof AwsRefusal
  if (!all.every(isTold)) throw error
  return all.map((each) => (each as Error).message).join(' | ')
}

import { Cancelled, Stopped } from '../cancellation.ts'
import type { PlannedChange } from '../change.ts'
import { Interrupted, SeveralErrors, UserError } from '../errors.ts'
import type { Progress } from '../progress.ts'
import { cancelledText, failureMarkdown, resultLines, resultMarkdown } from '../render/index.ts'
import type { Result } from '../service/result.ts'
import type { Announcement } from './announcement.ts'
import { annotateFailure, errorTexts } from './annotations.ts'
import { docsUrl, temporaryFolder, workspace, type Environment, type GitHubEvent } from './event.ts'
import { setOutputs } from './outputs.ts'
import { writeSummary } from './summary.ts'

/** Whom to tell, and where the runner keeps its files. */
export interface ReportContext {
  readonly progress: Progress
  /** The step's environment. */
  readonly env: Environment
  /** What GitHub tells of the run; missing where it has not begun. */
  readonly announcement?: Announcement | undefined
}

/** Tells how a run ended: the last lines of the log, the outputs, the job summary, and what GitHub tells of it. */
export async function reportResult(result: Result, { progress, env, announcement }: ReportContext): Promise<void> {
  // Counted from the start of the process: what GitHub shows as the step's time.
  const seconds = performance.now() / 1000
  resultLines(result, seconds).forEach((line) => progress.info(line))
  try {
    setOutputs(result, temporaryFolder(env), progress)
  } catch (cause) {
    throw new UserError({
      what: 'The run has done its work, but its outputs cannot be written.',
      why: cause instanceof Error ? cause.message : String(cause),
      cure: 'Make room on the disk of the runner, and let this step write to the files that GITHUB_OUTPUT and RUNNER_TEMP name.',
    }, { cause })
  }
  await summarize(resultMarkdown(result, seconds), { progress, env })
  await announcement?.succeed(result, seconds)
}

/** What else is known of a run that failed. */
export interface FailureContext extends ReportContext {
  /** Missing where the event itself could not be read. */
  readonly event?: GitHubEvent | undefined
  /** Which service and stage, as `hello on prod`; missing where the config could not be read. */
  readonly subject?: string | undefined
}

/**
 * Tells why a run failed, and which changes it had made by then: one annotation for each mistake, the same in the job summary, and exit
 * code 1. Never throws.
 */
export async function reportFailure(error: unknown, { progress, env, event, subject, announcement }: FailureContext): Promise<void> {
  const { cause: failure, done } = Interrupted.from(error)
  const cause = inWords(failure, done)
  const context = event ?? { workspace: workspace(env), docsUrl: docsUrl(env) }
  annotateFailure(cause, context)
  const { docsUrl: docs } = context
  const errors = errorTexts(cause, context)
  await summarize(failureMarkdown({ errors, subject, done, docsUrl: docs }), { progress, env })
  await announcement?.fail({ errors, docsUrl: docs }, performance.now() / 1000)
}

/** An order to stop is no defect, and says how far the run had come. */
function inWords(failure: unknown, done: readonly PlannedChange[]): unknown {
  if (failure instanceof SeveralErrors) return new SeveralErrors(failure.errors.map((each) => inWords(each, done)))
  if (!(failure instanceof Cancelled)) return failure
  const begun = failure instanceof Stopped ? failure.begun : []
  return new UserError(cancelledText({ signal: failure.signal, begun, done }))
}

/** What was done is done, and the log says it too: a summary that cannot be written makes no run fail. */
async function summarize(markdown: string, { progress, env }: ReportContext): Promise<void> {
  try {
    await writeSummary(markdown, env)
  } catch (cause) {
    progress.warning(`The job summary could not be written: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

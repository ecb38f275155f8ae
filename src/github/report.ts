import type { PlannedChange } from '../change.ts'
import type { Progress } from '../progress.ts'
import { failureMarkdown, resultLines, resultMarkdown } from '../render/index.ts'
import type { Result } from '../service/result.ts'
import { annotateFailure, errorTexts } from './annotations.ts'
import { docsUrl, temporaryFolder, workspace, type GitHubEvent } from './event.ts'
import { setOutputs } from './outputs.ts'
import { writeSummary } from './summary.ts'

/** Tells how a run ended: the last lines of the log, the outputs and the job summary. */
export async function reportResult(result: Result, { progress }: { readonly progress: Progress }): Promise<void> {
  // Counted from the start of the process: what GitHub shows as the step's time.
  const seconds = performance.now() / 1000
  resultLines(result, seconds).forEach((line) => progress.info(line))
  setOutputs(result, temporaryFolder(process.env), progress)
  await summarize(resultMarkdown(result, seconds), progress)
}

/** Why a run failed, and how far it had come. */
export interface FailureContext {
  readonly progress: Progress
  readonly event?: GitHubEvent
  /** Changes that were carried out before the failure. */
  readonly done?: readonly PlannedChange[]
}

/** Tells why a run failed: one annotation for each mistake, the same in the job summary, and exit code 1. Never throws. */
export async function reportFailure(error: unknown, { progress, event, done = [] }: FailureContext): Promise<void> {
  // The event may be what could not be read; where things lie is known without it.
  const context = event ?? { workspace: workspace(process.env), docsUrl: docsUrl(process.env) }
  annotateFailure(error, context)
  await summarize(failureMarkdown({ errors: errorTexts(error, context), done, docsUrl: context.docsUrl }), progress)
}

/** What was done is done, and the log says it too: a summary that cannot be written makes no run fail. */
async function summarize(markdown: string, progress: Progress): Promise<void> {
  try {
    await writeSummary(markdown, process.env)
  } catch (cause) {
    progress.warning(`The job summary could not be written: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

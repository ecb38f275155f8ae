import type { Reply } from './instance.ts'
import { askedRelease, type Interpreter } from './interpreters.ts'

/** What Invoke answers. */
export interface Outcome {
  readonly payload: Buffer
  readonly functionError: 'Unhandled' | undefined
}

/** Bytes of an answer, as its refusal names them (test_lambda_too_large_response). */
const RESPONSE_LIMIT = 6_291_556

interface Subject {
  readonly requestId: string
  readonly timeoutS: number
}

/** The answer for what the runtime replied; `note` is what Lambda itself adds to the log. */
export function outcomeOf(reply: Reply | undefined, { requestId, timeoutS }: Subject): Outcome & { readonly note: string[] } {
  if (reply === undefined) {
    // test_lambda_invoke_with_timeout; the log line: test_lambda_invoke_timed_out_environment_reuse.
    const text = `Task timed out after ${timeoutS.toFixed(2)} seconds`
    const note = [`${new Date().toISOString()} ${requestId} ${text}\n\n`]
    return { ...unhandled({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${text}` }), note }
  }
  if (reply.kind === 'error') return { ...unhandled(reply.error), note: [] }
  if (reply.kind === 'result') return { ...result(reply.payload), note: [] }
  const reason = reply.kind === 'exit' ? exitReason(reply) : 'Runtime exited without providing a reason'
  const note = [`RequestId: ${requestId} Error: ${reason}\nRuntime.ExitError\n`]
  return { ...unhandled({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${reason}` }), note }
}

/** The answer where nothing on this machine can run the function. */
export function missingRuntime(runtime: string | undefined): Outcome {
  const errorMessage = `Local AWS runs Python and Node with what this machine has, and found nothing for ${runtime ?? 'no runtime'}.`
  return unhandled({ errorType: 'LocalAws.RuntimeMissing', errorMessage })
}

/** Tells the log where another release runs than was asked for. */
export function interpreterNote(runtime: string | undefined, { language, version, release }: Interpreter): string[] {
  const asked = askedRelease(runtime ?? '')
  if (asked === undefined || asked.release === release) return []
  return [`[LOCAL AWS] This machine has no ${runtime}: ${language} ${version} runs instead.\n`]
}

function result(text: string): Outcome {
  const payload = Buffer.from(text)
  if (payload.length <= RESPONSE_LIMIT) return { payload, functionError: undefined }
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT} bytes).`
  return unhandled({ errorMessage, errorType: 'Function.ResponseSizeTooLarge' })
}

/**
 * test_lambda_handler_exit, test_lambda_runtime_wrapper_not_found; the words for a signal: developer guide, "Runtime exited with error:
 * signal: killed".
 */
function exitReason({ code, signal }: { code: number | null; signal: string | null }): string {
  if (signal !== null) return `Runtime exited with error: signal: ${signal === 'SIGKILL' ? 'killed' : signal}`
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`
}

function unhandled(error: unknown): Outcome {
  return { payload: Buffer.from(JSON.stringify(error)), functionError: 'Unhandled' }
}

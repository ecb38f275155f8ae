/** Errors as Lambda's own runtime client shapes them (aws-lambda-ric 3.3.0, Errors.js). */
import util from 'node:util'

export class RuntimeError extends Error {
  constructor(name, cause) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : cause)
    this.name = `Runtime.${name}`
    if (cause instanceof Error && cause.stack) this.stack = `${this.name}: ${this.message}\n${cause.stack}`
  }
}

/** A text with the places that files would have on AWS. */
export function shown(text) {
  return text.replaceAll(process.env.LAMBDA_TASK_ROOT, '/var/task').replaceAll(import.meta.dirname, '/var/runtime')
}

export function errorOf(error) {
  if (util.types.isNativeError(error)) {
    return { errorType: error.name, errorMessage: shown(error.message), trace: shown(error.stack ?? '').split('\n') }
  }
  return { errorType: typeof error, errorMessage: shown(String(error)), trace: [] }
}

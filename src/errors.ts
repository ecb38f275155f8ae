import type { PlannedChange } from './change.ts'

/** A place in one of the user's files; `line` and `column` count from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** What a {@link UserError} is made of: everything a reader needs in order to fix it without asking. */
export interface ErrorText {
  /** What failed, in one sentence. */
  readonly what: string
  /** Why, as far as it is known. */
  readonly why?: string | undefined
  /** What to do about it. */
  readonly cure?: string | undefined
  /** A page of our docs, as a path below `docs/` with an optional anchor. */
  readonly docs?: string | undefined
  readonly place?: Place | undefined
}

/**
 * A user's mistake or AWS's refusal: printed once, as one annotation, without a stack. Everything else is a defect of ours and keeps its
 * stack.
 */
export class UserError extends Error {
  readonly text: ErrorText

  constructor(text: ErrorText, options?: ErrorOptions) {
    super(text.what, options)
    this.name = 'UserError'
    this.text = text
  }
}

/** What things that went on at the same time have failed with; each of them is told. */
export class SeveralErrors extends Error {
  readonly errors: readonly unknown[]

  constructor(errors: readonly unknown[]) {
    super(errors.map((each) => (each instanceof Error ? each.message : String(each))).join('\n'))
    this.name = 'SeveralErrors'
    this.errors = errors
  }
}

/** A run that was stopped: by its cause, and after which changes. */
export class Interrupted extends Error {
  readonly done: readonly PlannedChange[]

  constructor(done: readonly PlannedChange[], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'Interrupted'
    this.done = done
  }

  /** Any error as one; what does not say so has changed nothing. */
  static from(error: unknown): Interrupted {
    return error instanceof Interrupted ? error : new Interrupted([], error)
  }
}

/** The lines of an error as the log, the annotation and the summary show it. */
export function errorLines(text: ErrorText): string[] {
  return [
    text.what,
    ...(text.why === undefined ? [] : [`Why: ${text.why}`]),
    ...(text.cure === undefined ? [] : [`Cure: ${text.cure}`]),
    ...(text.docs === undefined ? [] : [`Docs: ${text.docs}`]),
  ]
}

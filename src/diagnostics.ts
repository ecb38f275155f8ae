import type { ErrorText } from './errors.ts'

/** One finding about the user's config or package. Errors stop the run before the first AWS call, warnings do not. */
export interface Diagnostic extends ErrorText {
  readonly severity: 'error' | 'warning'
}

/** Collects findings, so that a run reports all of them at once instead of the first. */
export class Diagnostics {
  readonly all: Diagnostic[] = []

  error(text: ErrorText): void {
    this.all.push({ ...text, severity: 'error' })
  }

  warning(text: ErrorText): void {
    this.all.push({ ...text, severity: 'warning' })
  }

  get errors(): readonly Diagnostic[] {
    return this.all.filter((d) => d.severity === 'error')
  }

  get warnings(): readonly Diagnostic[] {
    return this.all.filter((d) => d.severity === 'warning')
  }
}

/** Several mistakes of the user's at once; each is annotated on its own place. */
export class DiagnosticsError extends Error {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.what).join('\n'))
    this.name = 'DiagnosticsError'
    this.diagnostics = diagnostics
  }
}

/** Waits for all of it, so that every mistake is told at once; any other failure is thrown as it is. */
export async function allOrDiagnostics<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(work)
  const failures = results.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []))
  const mistakes = failures.filter((each) => each instanceof DiagnosticsError)
  if (failures.length > mistakes.length) throw failures.find((each) => !(each instanceof DiagnosticsError))
  if (mistakes.length > 0) throw new DiagnosticsError(mistakes.flatMap((each) => each.diagnostics))
  return results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

import { UserError, type ErrorText, type Place } from './errors.ts'

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

  /**
   * Ends the run where something is wrong.
   * @throws DiagnosticsError with every finding
   */
  refuse(): void {
    if (this.errors.length > 0) throw new DiagnosticsError(this.all)
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

/**
 * What is wrong with one part of the service; a finding that has no place of its own gets the part's. Other errors are thrown as they
 * are.
 */
export async function findingsAt<T>(place: Place | undefined, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const findings = findingsOf(error)
    throw findings === undefined ? error : new DiagnosticsError(findings.map((each) => ({ ...each, place: each.place ?? place })))
  }
}

/** Waits for all of it, so that every mistake is told at once, and once; an error that is no finding is thrown as it is. */
export async function allOrFindings<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(work)
  const findings = new Map<string, Diagnostic>()
  for (const each of results) {
    if (each.status === 'fulfilled') continue
    const found = findingsOf(each.reason)
    if (found === undefined) throw each.reason
    for (const finding of found) findings.set(JSON.stringify(finding), finding)
  }
  if (findings.size > 0) throw new DiagnosticsError([...findings.values()])
  return results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

function findingsOf(error: unknown): readonly Diagnostic[] | undefined {
  if (error instanceof DiagnosticsError) return error.diagnostics
  return error instanceof UserError ? [{ ...error.text, severity: 'error' }] : undefined
}

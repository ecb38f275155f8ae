import { Diagnostics } from '../diagnostics.ts'
import type { Diagnostic } from '../diagnostics.ts'
import type { ErrorText } from '../errors.ts'

/** Diagnostics without repetition: one value may be read several times, once for each stage that inherits it. */
export class Findings extends Diagnostics {
  readonly #seen = new Set<string>()
  /** How the functions of the file are called there; cures name them. */
  functionKeys: readonly string[] = []

  override error(text: ErrorText): void {
    if (this.#isNew(text, 'error')) super.error(text)
  }

  override warning(text: ErrorText): void {
    if (this.#isNew(text, 'warning')) super.warning(text)
  }

  #isNew(text: ErrorText, severity: Diagnostic['severity']): boolean {
    const key = JSON.stringify([severity, text.what, text.place])
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    return true
  }
}

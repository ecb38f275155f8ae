import { defined } from '../../defined.ts'
import type { SmokeResult } from '../../service/result.ts'

/** What smoke tests were answered, for the end of the run. */
export class SmokeReport {
  readonly #results: Map<number, SmokeResult>

  constructor(lines: readonly string[]) {
    this.#results = new Map(lines.map((line, index) => [index, { line }]))
  }

  /** In the order in which they were written. */
  get results(): readonly SmokeResult[] {
    return [...this.#results.values()]
  }

  /** Notes an answer, in words. */
  note(index: number, answer: Partial<Pick<SmokeResult, 'before' | 'live'>>): void {
    const result = this.#results.get(index)
    if (result !== undefined) this.#results.set(index, defined({ ...result, ...answer }))
  }
}

import { DiagnosticsError, type Diagnostic } from '../../diagnostics.ts'
import { distributionName } from '../python-name.ts'
import { nameIn, UnfitError } from './failure.ts'
import type { Wanted } from './requirements.ts'

/** So many packages that do not fit are told at once. */
const mostTold = 10

/**
 * Runs an installer on a list. Where a package of the list has nothing that fits the target, the rest is tried without it, so that all such
 * packages are told at once: installers stop at the first. Throws what the first run threw, or a DiagnosticsError of several.
 */
export async function tellAllUnfit<T>(wanted: Wanted, attempt: (wanted: Wanted) => Promise<T>): Promise<T> {
  const found: UnfitError[] = []
  for (let rest = wanted; ;) {
    try {
      const result = await attempt(rest)
      if (found.length === 0) return result
      break
    } catch (error) {
      const name = error instanceof UnfitError ? error.distribution : undefined
      const lines = rest.lines.filter((line) => distributionName(nameIn(line)) !== name)
      if (!(error instanceof UnfitError) || lines.length === rest.lines.length) {
        if (found.length === 0) throw error
        break
      }
      found.push(error)
      if (found.length >= mostTold || lines.length === 0) break
      rest = { ...rest, lines }
    }
  }
  const [only] = found
  if (only !== undefined && found.length === 1) throw only
  throw new DiagnosticsError(found.map(({ text }): Diagnostic => ({ ...text, severity: 'error' })))
}

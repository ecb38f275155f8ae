/** What one check or one lane of tests ended with. */
export interface Tally {
  readonly name: string
  readonly passed: number
  /** One entry for each failure. */
  readonly failed: readonly string[]
  readonly skipped: readonly string[]
  readonly seconds: number
  /** CPU seconds of all its processes; undefined where they are not known. */
  readonly cpu?: number | undefined
  /** What a reader needs in order to mend the failures. */
  readonly output: string
  readonly slow: readonly { readonly test: string; readonly seconds: number }[]
  /** How long each test file took; none where there were no tests. */
  readonly files: readonly { readonly file: string; readonly seconds: number }[]
}

/** The last line of a run, the same for people and machines. */
export function totalLine(tallies: readonly Pick<Tally, 'passed' | 'failed' | 'skipped'>[]): string {
  const passed = tallies.reduce((sum, each) => sum + each.passed, 0)
  const failed = tallies.reduce((sum, each) => sum + each.failed.length, 0)
  const skipped = tallies.reduce((sum, each) => sum + each.skipped.length, 0)
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** One line that says how a check or a lane went. */
export function tallyLine(tally: Tally): string {
  const seconds = `${tally.seconds.toFixed(1)} s`.padStart(8)
  const cpu = tally.cpu === undefined ? '' : `, ${tally.cpu.toFixed(0)} s of CPU`
  return `${tally.failed.length > 0 ? 'FAIL' : 'ok  '} ${tally.name.padEnd(34)}${seconds}   ${totalLine([tally])}${cpu}`
}

/** The details below the lines: what failed and what was skipped, by name, and the slowest tests and files. */
export function detailLines(tallies: readonly Tally[]): string[] {
  const slow = tallies.flatMap((tally) => tally.slow).sort((a, b) => b.seconds - a.seconds)
  const files = tallies.flatMap((tally) => tally.files.map((each) => ({ ...each, lane: tally.name }))).sort((a, b) => b.seconds - a.seconds)
  return [
    ...section('Slowest files', files.slice(0, 10).map(({ file, lane, seconds }) => `${seconds.toFixed(1)} s  ${file} (${lane})`)),
    ...section('Slow tests', slow.slice(0, 15).map((each) => `${each.seconds.toFixed(1)} s  ${each.test}`)),
    ...section('Skipped', tallies.flatMap((tally) => tally.skipped)),
    ...section('Failed', tallies.flatMap((tally) => tally.failed)),
  ]
}

const section = (heading: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', `${heading}:`, ...lines.map((line) => `  ${line}`)])

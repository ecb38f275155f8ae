import type { SmokeResult } from '../service/result.ts'
import { code, html, visible } from './escape.ts'
import { count, table } from './format.ts'

/** So many tests are listed in the log's plan, and in the summary; more are one line with their number. */
const listed = 20

/** The tests of a release, as lines below a plan. */
export function smokePlanLines(tests: readonly SmokeResult[]): string[] {
  if (tests.length === 0) return []
  const rest = tests.length - listed
  return [
    '  smoke tests, before the release goes live and after it',
    ...tests.slice(0, listed).map(({ line }) => `    ? ${visible(line)}`),
    ...(rest > 0 ? [`    ? and ${rest} more`] : []),
  ]
}

/** The tests of a release, and what they were answered. */
export function smokeTable(tests: readonly SmokeResult[]): string {
  const rows = tests.slice(0, listed).map(({ line, before, live }) => [code(line), html(before ?? ''), html(live ?? '')])
  const rest = tests.length - listed
  return `${table(['Smoke test', 'Before going live', 'Live'], rows)}${rest > 0 ? `\n<p>and ${count(rest, 'more test')}</p>` : ''}`
}

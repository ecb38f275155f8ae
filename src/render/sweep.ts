import type { SweptPreview } from '../service/result.ts'
import { code, html, visible } from './escape.ts'
import { aligned, count, table } from './format.ts'

/** One sentence about what a sweep has done, or in a dry run would do. */
export function sweepSentence(swept: readonly SweptPreview[]): string {
  const having = (state: SweptPreview['state']): number => swept.filter((each) => each.state === state).length
  const [removed, stale, kept, unknown] = [having('removed'), having('stale'), having('kept'), having('unknown')]
  if (swept.length === 0) return 'There is no preview of this repository'
  const done = stale > 0 ? `Would remove ${count(stale, 'preview')}` : `Removed ${count(removed, 'preview')}`
  const left = unknown === 0 ? '' : `, left ${unknown} of which not all could be read`
  return `${removed + stale === 0 ? 'Nothing to remove' : done}, ${kept} in use${left}`
}

/** A line for each preview, for the log. */
export function sweepLines(swept: readonly SweptPreview[]): string[] {
  return aligned(swept.map((each) => [visible(each.service), each.state, visible(each.reason)]))
}

/** The same as a table for the summary. */
export function sweepTable(swept: readonly SweptPreview[]): string {
  const rows = swept.map((each) => [code(each.service), `${each.pullRequest}`, html(each.state), html(each.reason)])
  return table(['Preview', 'Pull request', 'State', 'Why'], rows)
}

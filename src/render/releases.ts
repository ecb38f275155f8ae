import type { ReleaseResult } from '../service/result.ts'
import { code, html } from './escape.ts'
import { table } from './format.ts'

/** The versions of so many functions are told one by one; of more, only their number is. */
const toldVersions = 6

/** The releases that a stage remembers, so that a rollback's `to` can be chosen. */
export function releaseTable(releases: readonly ReleaseResult[]): string {
  const rows = releases.map((each) => [
    String(each.number),
    each.commit === '' ? '' : code(each.commit),
    each.wentLiveAt === 0 ? '' : html(new Date(each.wentLiveAt * 1000).toISOString().replace(/\.\d+Z$/, 'Z')),
    versionsText(each),
    each.state,
  ])
  return table(['Release', 'Commit', 'Went live', 'Versions', 'State'], rows)
}

function versionsText({ versions }: ReleaseResult): string {
  if (versions.length > toldVersions) return `${versions.length} functions`
  return versions.map(({ name, version }) => code(`${name}:${version}`)).join(' ')
}

import type { ReleaseResult } from '../service/result.ts'
import { code, html, link, visible } from './escape.ts'
import { aligned, table } from './format.ts'

/** The versions of so many functions are told one by one; of more, only their number is. */
const toldVersions = 6

/** The releases that a stage remembers, so that a rollback's `to` can be chosen. */
export function releaseTable(releases: readonly ReleaseResult[], repositoryUrl?: string): string {
  const rows = releases.map((each) => [
    String(each.number), commitLink(each.commit, repositoryUrl), html(moment(each)), versionsText(each, code), each.state,
  ])
  return table(['Release', 'Commit', 'Went live', 'Versions', 'State'], rows)
}

/** The same as lines for the log. */
export function releaseLines(releases: readonly ReleaseResult[]): string[] {
  const rows = releases.map((each) =>
    [`release ${each.number}`, each.state, visible(each.commit), moment(each), visible(versionsText(each, String))])
  return aligned(rows)
}

/** A commit's short id, linked where the repository's page is known; GitHub finds a commit by it. */
export function commitLink(commit: string, repositoryUrl: string | undefined): string {
  const short = code(commit.slice(0, 7))
  if (commit === '') return ''
  return repositoryUrl === undefined ? short : link(`${repositoryUrl}/commit/${encodeURIComponent(commit)}`, short)
}

function moment({ wentLiveAt }: ReleaseResult): string {
  return wentLiveAt === 0 ? '' : new Date(wentLiveAt * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}

function versionsText({ versions }: ReleaseResult, shown: (text: string) => string): string {
  if (versions.length > toldVersions) return `${versions.length} functions`
  return versions.map(({ name, version }) => shown(`${name}:${version}`)).join(' ')
}

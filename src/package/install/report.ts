import { readFileSync } from 'node:fs'
import { distributionName } from '../python-name.ts'

interface Report {
  readonly install: readonly {
    readonly metadata: { readonly name: string, readonly version: string }
    readonly is_direct: boolean
    readonly download_info: {
      readonly url: string
      readonly archive_info?: { readonly hash?: string, readonly hashes?: Readonly<Record<string, string>> }
      readonly vcs_info?: { readonly vcs: string, readonly commit_id: string }
      readonly subdirectory?: string
    }
  }[]
}

/** Reports leave the credentials of URLs out; the lines that asked for them have them. */
export function restoreCredentials(lines: readonly string[], asked: readonly string[]): string[] {
  const users = new Map(asked.flatMap((line) => {
    const [, url, user] = /((?:[a-z]+\+)?[a-z]+:\/\/([^/\s]+)@[^\s;#]+)/.exec(line) ?? []
    return url === undefined || user === undefined ? [] : [[bareSource(url), user] as const]
  }))
  return lines.map((line) => {
    const url = / @ ((?:[a-z]+\+)?[a-z]+:\/\/[^\s#]+)/.exec(line)?.[1]
    const user = url === undefined ? undefined : users.get(bareSource(url))
    return url === undefined || user === undefined ? line : line.replace(url, withoutUser(url).replace('://', `://${user}@`))
  })
}

/**
 * uv resolves without looking at the hashes that a list gives for some of its lines, and writes the index's: those of the list stay,
 * and are held against the file when it is installed.
 */
export function keepHashes(lines: readonly string[], asked: readonly string[]): string[] {
  const given = new Map(asked.flatMap((line) => {
    const hashes = [...line.matchAll(/\s--hash[=\s]\S+/g)].join('')
    return hashes === '' ? [] : [[nameOf(line), hashes] as const]
  }))
  return lines.map((line) => {
    const hashes = given.get(nameOf(line))
    return hashes === undefined ? line : `${line.replace(/\s--hash.*$/, '')}${hashes}`
  })
}

function nameOf(line: string): string {
  return distributionName(/^[A-Za-z0-9._-]+/.exec(line)?.[0] ?? '')
}

/** Without credentials and revision. */
function bareSource(url: string): string {
  return withoutUser(url).replace(/(:\/\/[^/]*\/[^@]*)@.*$/, '$1')
}

function withoutUser(url: string): string {
  return url.replace(/:\/\/[^/\s]+@/, '://')
}

/** pip's installation report (https://pip.pypa.io/en/stable/reference/installation-report/) as requirement lines, sorted. */
export function reportedLines(file: string): string[] {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  return report.install.map(({ metadata: { name, version }, is_direct, download_info: from }) => {
    if (from.vcs_info !== undefined) {
      const folder = from.subdirectory === undefined ? '' : `#subdirectory=${from.subdirectory}`
      return `${name} @ ${from.vcs_info.vcs}+${from.url}@${from.vcs_info.commit_id}${folder}`
    }
    const sha256 = from.archive_info?.hashes?.['sha256'] ?? from.archive_info?.hash?.replace(/^sha256=/, '')
    const what = is_direct ? `${name} @ ${from.url}` : `${name}==${version}`
    return sha256 === undefined ? what : `${what} --hash=sha256:${sha256}`
  }).sort()
}

import type { Diagnostics } from '../../diagnostics.ts'
import { secretNames } from './defaults.ts'
import type { Entry } from './entry.ts'
import { compileRules, lastMatch } from './ignore.ts'
import { contentReason, mayHoldKey, type SizedPath } from './secret-content.ts'

const rules = compileRules(secretNames)
/** Suffixes that certificates share with keys: their content decides. */
const certificate = /\.(?:pem|key)$/

/**
 * Refuses what looks like a secret, by name or by content. An `include` line that spells the whole path (no wildcard) lets one pass:
 * then somebody has meant it.
 */
export function checkSecrets(
  files: readonly (Entry & { readonly secret?: string | undefined })[],
  include: readonly string[],
  diagnostics: Diagnostics,
): void {
  const meant = new Set(include.filter((line) => !/[*?[]/.test(line)).map((line) => line.replace(/^\.?\//, '')))
  for (const file of files) {
    if (file.secret === undefined || meant.has(file.path)) continue
    const entry = { path: file.path, directory: false }
    const broad = include.find((line) => lastMatch(compileRules([line]), entry, -1) >= 0)
    const lists = file.owner === '' ? '.lambdaignore or `exclude`' : '`exclude`'
    diagnostics.error({
      what: `The package would hold ${file.path}.`,
      why: `${file.secret}, and whoever may read the function's code could read it.`,
      cure: (broad === undefined
        ? `Add \`${file.path}\` to ${lists}`
        : `Take the \`include\` line \`${broad}\` out, which brings it back, or narrow it`)
        + '; where it must ship, an `include` line with exactly this path allows it.',
      docs: 'packaging.md#secrets',
      place: file.content.kind === 'disk' ? { file: file.content.file } : undefined,
    })
  }
}

/** Why a file looks like a secret, or nothing. Of the content its first 64 KB are enough. */
export function secretReason(file: SizedPath, content: Buffer): string | undefined {
  if (looksSecret(file.path) && (!certificate.test(file.path) || mayHoldKey(content))) return 'Its name is one that secrets bear'
  return contentReason(file, content)
}

/** Whether a path is one that secrets bear; a certificate's is, too. */
export function looksSecret(path: string): boolean {
  let match = -1
  const segments = path.split('/')
  for (const depth of segments.keys()) {
    const directory = depth < segments.length - 1
    match = lastMatch(rules, { path: segments.slice(0, depth + 1).join('/'), directory }, match)
  }
  return match >= 0 && (rules[match]?.excludes ?? false)
}

import type { Diagnostics } from '../../diagnostics.ts'
import { secretNames } from './defaults.ts'
import type { Entry } from './entry.ts'
import { compileRules, lastMatch } from './ignore.ts'
import { contentReason, holdsPrivateKey } from './secret-content.ts'

const rules = compileRules(secretNames)
/** Suffixes that certificates share with keys: their content decides. */
const certificate = /\.(?:pem|key)$/

/**
 * Refuses what looks like a secret, by name or by content. An `include` line that spells the whole path (no wildcard) lets one pass:
 * then somebody has meant it.
 */
export function checkSecrets(entries: readonly Entry[], include: readonly string[], diagnostics: Diagnostics): void {
  const meant = new Set(include.filter((line) => !/[*?[]/.test(line)).map((line) => line.replace(/^\.?\//, '')))
  for (const entry of entries) {
    const reason = meant.has(entry.path) ? undefined : secretReason(entry)
    if (reason === undefined) continue
    diagnostics.error({
      what: `The package would hold ${entry.path}.`,
      why: `${reason}, and whoever may read the function's code could read it.`,
      cure: `Add \`${entry.path}\` to .lambdaignore or \`exclude\`; where it must ship, an \`include\` line with exactly this path allows it.`,
      docs: 'packaging.md#secrets',
      ...(entry.content.kind === 'disk' ? { place: { file: entry.content.file } } : {}),
    })
  }
}

/** Why an entry looks like a secret, or nothing. */
export function secretReason(entry: Entry): string | undefined {
  if (looksSecret(entry.path) && (!certificate.test(entry.path) || holdsPrivateKey(entry))) return 'Its name is one that secrets bear'
  return contentReason(entry)
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

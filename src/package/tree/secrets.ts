import { openSync, readSync, closeSync } from 'node:fs'
import type { Diagnostics } from '../../diagnostics.ts'
import { secretNames } from './defaults.ts'
import type { Entry } from './entry.ts'
import { compileRules, lastMatch } from './ignore.ts'

const rules = compileRules(secretNames)
/** Suffixes that certificates share with keys: their content decides. */
const certificate = /\.(?:pem|key)$/
const sniffed = 16 * 1024
const privateKey = /^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/m
/** Code (and its bytecode) and prose that quote a key block (tests, examples) are not key files. */
const sourceCode = /\.(?:py|pyc|pyi|js|mjs|cjs|ts|mts|cts|jsx|tsx|md|rst|html)$/

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
  if (byName(entry.path) && (!certificate.test(entry.path) || holdsPrivateKey(entry))) return 'Its name is one that secrets bear'
  if (/credential|service.?account|secret|key/i.test(entry.path) && entry.path.endsWith('.json') && holdsServiceAccount(entry)) {
    return 'It holds the private key of a service account'
  }
  if (entry.size <= sniffed && !sourceCode.test(entry.path) && privateKey.test(headOf(entry))) return 'It holds a private key'
  return undefined
}

function byName(path: string): boolean {
  let match = -1
  const segments = path.split('/')
  for (const depth of segments.keys()) {
    const directory = depth < segments.length - 1
    match = lastMatch(rules, { path: segments.slice(0, depth + 1).join('/'), directory }, match)
  }
  return match >= 0 && (rules[match]?.excludes ?? false)
}

function holdsPrivateKey(entry: Entry): boolean {
  const head = headOf(entry)
  // A certificate bundle is public; a binary .key or an encrypted key file is not known to be, so it counts as a key.
  return privateKey.test(head) || !/-----BEGIN (?:CERTIFICATE|PUBLIC KEY|TRUSTED CERTIFICATE|X509 CRL|DH PARAMETERS)/.test(head)
}

function holdsServiceAccount(entry: Entry): boolean {
  return /"private_key"\s*:\s*"-----BEGIN/.test(headOf(entry))
}

function headOf(entry: Entry): string {
  if (entry.content.kind === 'bytes') return entry.content.bytes.subarray(0, sniffed).toString('latin1')
  if (entry.content.kind === 'link') return ''
  const file = openSync(entry.content.file, 'r')
  try {
    const head = Buffer.alloc(sniffed)
    return head.subarray(0, readSync(file, head, 0, sniffed, 0)).toString('latin1')
  } finally {
    closeSync(file)
  }
}

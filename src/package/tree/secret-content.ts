/** A file of a package, as far as its name and size say what may be in it. */
export interface SizedPath {
  readonly path: string
  /** Bytes. */
  readonly size: number
}

/** Keys and settings are small: what is larger is data, and reading all of it would cost more than the rest of the checks. */
const sniffed = 64 * 1024
/**
 * Code (and its bytecode) and prose that quote a key block (tests, examples) are not key files; pictures, fonts and archives hold no text.
 */
const code = 'py|pyc|pyi|js|mjs|cjs|ts|mts|cts|jsx|tsx|map|so|node|dll|wasm'
const prose = 'md|rst|html?|css|csv|mo|pdf'
const media = 'svg|png|jpe?g|gif|webp|ico|woff2?|ttf|otf|eot|mp3|mp4'
const archives = 'zip|gz|bz2|xz|br|zst|whl|parquet|npy'
const noText = new RegExp(`\\.(?:${code}|${prose}|${media}|${archives})$`, 'i')
/** What every kind of secret below holds: looking for these in the bytes spares making a text of most files. */
const marks = ['PRIVATE KEY', 'PuTTY-User-Key-File-', 'aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY']

const label = '-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----'
const atLineStart = new RegExp(`^${label}`, 'm')
/** Indented, as in a YAML file, or within quotes: only with a key behind it, because prose names the first line, too. */
const elsewhere = new RegExp(`${label}(?:[ \\t]*\\r?\\n[ \\t]*|(?:\\\\r)?\\\\n)(?:[\\w-]+: |[A-Za-z0-9+/]{16})`)
const serviceAccount = /"private_key"\s*:\s*"-----BEGIN/
const putty = /^PuTTY-User-Key-File-\d+:/
const awsKey = /aws_secret_access_key["']?\s*[=:]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi

/** Why a file's content makes it a secret, or nothing. */
export function contentReason({ path, size }: SizedPath, content: Buffer): string | undefined {
  if (size > sniffed || noText.test(path) || !marks.some((mark) => content.includes(mark))) return undefined
  const text = content.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
  if (path.endsWith('.json') && serviceAccount.test(text)) return 'It holds the private key of a service account'
  if (atLineStart.test(text) || elsewhere.test(text) || putty.test(text)) return 'It holds a private key'
  return [...text.matchAll(awsKey)].some(([, key]) => isRandom(key as string)) ? 'It holds a secret access key of AWS' : undefined
}

/**
 * Whether a file named like a key or a certificate may hold a key: what says of itself that it is public does not. A binary .key, or a file
 * that says nothing, is not known to be public, so it counts as a key.
 */
export function mayHoldKey(content: Buffer): boolean {
  const text = content.subarray(0, sniffed).toString('latin1')
  const labels = [...text.matchAll(pemLabel)].map(([, name]) => name as string)
  if (labels.length > 0) return labels.some((name) => name.includes('PRIVATE'))
  return !publicLine.test(text) && !text.startsWith(keynote)
}

/** The label of a PEM block (RFC 7468), of PGP's armour (RFC 9580) and of SSH's own form (RFC 4716), whose dashes are four. */
const pemLabel = /^-{4,5} ?BEGIN ([A-Z0-9 ]+?) ?-{4,5}/gm
/** A public key as OpenSSH writes it. */
const publicLine = /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) [A-Za-z0-9+/]{16}/m
/** Slides of Apple's Keynote end in .key as well, and are zips. */
const keynote = 'PK\x03\x04'

/** AWS's own examples say EXAMPLE, and what somebody types in the place of a key is of one kind of letters. */
function isRandom(key: string): boolean {
  return !/EXAMPLE/i.test(key) && /\d/.test(key) && /[a-z]/.test(key) && /[A-Z]/.test(key)
}

import { closeSync, openSync, readSync } from 'node:fs'
import type { Entry } from './entry.ts'

/** Keys and settings are small: what is larger is data, and reading all of it would cost more than the rest of the checks. */
const sniffed = 64 * 1024
/** Code (and its bytecode) and prose that quote a key block (tests, examples) are not key files; pictures, fonts and archives hold no text. */
const noText = /\.(?:py|pyc|pyi|js|mjs|cjs|ts|mts|cts|jsx|tsx|map|md|rst|html?|css|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|otf|eot|so|node|dll|wasm|zip|gz|bz2|xz|br|zst|whl|pdf|parquet|npy|mp3|mp4|mo|csv)$/i
/** What every kind of secret below holds: looking for these in the bytes spares making a text of most files. */
const marks = ['PRIVATE KEY', 'PuTTY-User-Key-File-', 'aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY']

const label = '-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----'
const atLineStart = new RegExp(`^${label}`, 'm')
/** Indented, as in a YAML file, or within quotes: only with a key behind it, because prose names the first line, too. */
const elsewhere = new RegExp(`${label}(?:[ \\t]*\\r?\\n[ \\t]*|(?:\\\\r)?\\\\n)(?:[\\w-]+: |[A-Za-z0-9+/]{16})`)
const serviceAccount = /"private_key"\s*:\s*"-----BEGIN/
const putty = /^PuTTY-User-Key-File-\d+:/
const awsKey = /aws_secret_access_key["']?\s*[=:]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi

/** Why a file's content makes it a secret, or nothing. */
export function contentReason(entry: Entry): string | undefined {
  if (entry.size > sniffed || entry.content.kind === 'link' || noText.test(entry.path)) return undefined
  const bytes = bytesOf(entry)
  if (!marks.some((mark) => bytes.includes(mark))) return undefined
  const text = bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
  if (entry.path.endsWith('.json') && serviceAccount.test(text)) return 'It holds the private key of a service account'
  if (atLineStart.test(text) || elsewhere.test(text) || putty.test(text)) return 'It holds a private key'
  return [...text.matchAll(awsKey)].some(([, key]) => isRandom(key as string)) ? 'It holds a secret access key of AWS' : undefined
}

/** Whether a file named like a key or a certificate holds a key. */
export function holdsPrivateKey(entry: Entry): boolean {
  const text = bytesOf(entry).toString('latin1')
  // A certificate bundle is public; a binary .key or an encrypted key file is not known to be, so it counts as a key.
  return atLineStart.test(text) || !/-----BEGIN (?:CERTIFICATE|PUBLIC KEY|TRUSTED CERTIFICATE|X509 CRL|DH PARAMETERS)/.test(text)
}

/** AWS's own examples say EXAMPLE, and what somebody types in the place of a key is of one kind of letters. */
function isRandom(key: string): boolean {
  return !/EXAMPLE/i.test(key) && /\d/.test(key) && /[a-z]/.test(key) && /[A-Z]/.test(key)
}

const room = Buffer.alloc(sniffed)

/** The first bytes of an entry, good until the next call. */
function bytesOf(entry: Entry): Buffer {
  if (entry.content.kind === 'bytes') return entry.content.bytes.subarray(0, sniffed)
  if (entry.content.kind === 'link') return room.subarray(0, 0)
  const file = openSync(entry.content.file, 'r')
  try {
    return room.subarray(0, readSync(file, room, 0, sniffed, 0))
  } finally {
    closeSync(file)
  }
}

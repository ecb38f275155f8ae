import { statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A requirement that is a folder or file of the repository. */
export interface LocalPath {
  /** Absolute: a folder with a project, a wheel or a source archive. */
  readonly path: string
  /** `[extra]` and `; marker` as written. */
  readonly extras: string
  readonly marker: string
  /** `sha256:...` that the list gives for the file. */
  readonly hashes?: readonly string[]
}

/**
 * A requirement that is a path, in every form that pip, uv and the locks have: `./shared`, `libs/core`, `../lib[extra] ; marker`,
 * `shared.whl --hash=sha256:...`, `file:.`, `file:///...#egg=x`, `name @ file:./shared`, `.\shared` of a list from Windows.
 */
export function localPath(text: string, folder: string): LocalPath | undefined {
  const hashes = [...text.matchAll(/\s--hash[=\s]\s*(\S+)/g)].map(([, hash]) => hash as string)
  const [, head = '', marker = ''] = /^(.*?)(?:\s+;\s*|\s;|;\s+)(.*)$/.exec(withoutOptions(text)) ?? ['', withoutOptions(text)]
  const named = /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[[^\]]*\])?\s*@\s*(\S.*)$/.exec(head)
  const written = (named?.[2] ?? head).trim().replace(/#(?:egg|subdirectory)=.*$/, '')
  const extras = named?.[1] ?? /\[[^\]]*\]$/.exec(written)?.[0] ?? ''
  const bare = named === null ? written.replace(/\[[^\]]*\]$/, '') : written
  const place = bare.startsWith('file:')
    ? fileUrl(bare, folder)
    : isPath(bare, folder) ? path.resolve(folder, bare.replaceAll('\\', '/')) : undefined
  return place === undefined ? undefined : { path: place, extras, marker: marker.trim(), ...(hashes.length === 0 ? {} : { hashes }) }
}

/** A path as a lock writes it, relative to the lock's folder. */
export function lockedPath(written: string, lock: string): string {
  const folder = path.dirname(lock)
  return written.startsWith('file:') ? fileUrl(written.replace(/#.*$/, ''), folder) : path.resolve(folder, written.replaceAll('\\', '/'))
}

/** Without what stands behind a requirement for the installer alone. */
export function withoutOptions(text: string): string {
  return text.replace(/\s--(?:hash|config-settings?|global-option|install-option)(?=[=\s]).*$/, '').trim()
}

/** `file:` with a relative path is no URL by the letter of RFC 8089, and pip takes it all the same. */
function fileUrl(url: string, folder: string): string {
  const rest = url.replace(/^file:(?:\/\/(?:localhost(?=\/))?)?/, '')
  if (!rest.startsWith('/')) return path.resolve(folder, decodeURIComponent(rest.replace(/^\$\{PROJECT_ROOT\}\/?/, '')))
  return /^\/\$\{PROJECT_ROOT\}/.test(rest)
    ? path.resolve(folder, decodeURIComponent(rest.replace(/^\/\$\{PROJECT_ROOT\}\/?/, '')))
    : fileURLToPath(`file://${rest}`)
}

/** pip's rule: it begins like a path or names a folder or file that is there; the name of an archive is one anyhow. */
function isPath(text: string, folder: string): boolean {
  if (/^\.{0,2}[\\/]|^\.{1,2}$|^[A-Za-z]:[\\/]/.test(text)) return true
  if (/[@<>=!~\s]|:\/\//.test(text)) return false
  return /\.(?:whl|tar\.gz|tgz|zip)$/.test(text)
    || /[\\/]/.test(text) && statSync(path.resolve(folder, text.replaceAll('\\', '/')), { throwIfNoEntry: false }) !== undefined
}

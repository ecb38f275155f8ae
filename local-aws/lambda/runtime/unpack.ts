import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { listZip, readEntry, type ZipEntry } from '../zip.ts'

const TYPE = 0o170000
const SYMLINK = 0o120000
const WORKERS = 8

/** Unpacks a zip as Lambda does: into an existing or new folder, with the modes and symlinks of the zip. */
export async function unpack(zip: Buffer, folder: string): Promise<void> {
  const entries = listZip(zip).filter(({ path: name }) => isInside(name))
  const folders = new Set(entries.map(({ path: name }) => path.join(folder, name.endsWith('/') ? name : path.dirname(name))))
  for (const each of [folder, ...folders]) await mkdir(each, { recursive: true })
  const files = entries.filter(({ path: name }) => !name.endsWith('/'))[Symbol.iterator]()
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      for (const entry of files) await write(zip, entry, path.join(folder, entry.path))
    }),
  )
}

async function write(zip: Buffer, entry: ZipEntry, file: string): Promise<void> {
  const content = await readEntry(zip, entry)
  if ((entry.mode & TYPE) === SYMLINK) return symlink(content.toString(), file)
  await writeFile(file, content)
  const mode = entry.mode & 0o777
  if (mode !== 0 && mode !== 0o644) await chmod(file, mode)
}

/** Whether the path stays in the folder: unpacking must never write elsewhere. */
function isInside(name: string): boolean {
  return !path.isAbsolute(name) && !name.split('/').includes('..')
}

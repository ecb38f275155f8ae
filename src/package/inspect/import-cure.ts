import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { writtenFrom } from '../../paths.ts'
import { distributionName } from '../python-name.ts'
import { distributionsOf } from './known-modules.ts'

/** An import that nothing answers, and where people may have what it means. */
export interface UnansweredImport {
  /** `a.b`, absolute. */
  readonly name: string
  /** The file that imports it, in the package. */
  readonly file: string
  /** Every path of the package. */
  readonly paths: readonly string[]
  /** The source folder on the disk; nothing for a zip that somebody else made. */
  readonly source: string | undefined
  /** The folder that the user writes paths from. */
  readonly base: string
}

/** How far above the source folder the repository is looked through. */
const reach = 4

/**
 * What to do about an import that nothing answers: it is looked for under another spelling, beside the file, elsewhere, above the
 * source and in lists that are not read.
 */
export function importCure(missing: UnansweredImport): string {
  const top = missing.name.split('.', 1)[0] as string
  return otherSpelling(missing) ?? beside(missing, top) ?? above(missing, top) ?? below(missing, top) ?? unreadList(missing, top)
    ?? `Add ${distributionOf(top)} to ${listOf(missing)}.`
}

/** The list that a package belongs into: the one that is read, or the one to make. */
function listOf({ source }: UnansweredImport): string {
  const found = source === undefined ? undefined : addedTo.find((name) => existsSync(path.join(source, name)))
  if (found === 'pyproject.toml') return '`dependencies` of pyproject.toml, and lock again'
  return found ?? 'requirements.txt, beside the code'
}

/** Lists that people write into; a lock is made from one of them. */
const addedTo = ['requirements.txt', 'Pipfile', 'pyproject.toml']

/** The distribution that a module is known to come from, as a cure names it. */
function distributionOf(top: string): string {
  const known = distributionsOf(top)[0]
  return known === undefined ? `the package that brings \`${top}\`` : `${known}, which brings \`${top}\`,`
}

/** Windows and macOS do not tell `Utils` from `utils`, nor one form of an accent from another. */
function otherSpelling({ name, paths }: UnansweredImport): string | undefined {
  const folded = (text: string): string => text.normalize('NFC').toLowerCase()
  const stem = folded(name.replaceAll('.', '/'))
  const found = paths.find((file) => [`${stem}.py`, `${stem}/__init__.py`].includes(folded(file)))
  return found === undefined
    ? undefined
    : `${found} is there, and its name differs in case or accents, which Linux tells apart: write both alike.`
}

function beside({ file, paths, name }: UnansweredImport, top: string): string | undefined {
  const folder = path.posix.dirname(file)
  if (folder === '.' || !paths.some((each) => isModule(each, `${folder}/${top}`))) return undefined
  const inner = name === top ? `from . import ${top}` : `from .${name} import ...`
  return `It lies beside the file, in ${folder}/: write \`${inner}\`, or \`from ${folder.replaceAll('/', '.')} import ${top}\`.`
}

/** Folders of the repository that hold the module, outside of what ships. */
function above({ source, base }: UnansweredImport, top: string): string | undefined {
  const folder = foldersAbove(source).find((each) => existsSync(path.join(each, `${top}.py`))
    || existsSync(path.join(each, top)) && path.join(each, top) !== source)
  if (folder === undefined || source === undefined) return undefined
  const place = path.relative(source, path.join(folder, existsSync(path.join(folder, `${top}.py`)) ? `${top}.py` : top))
  return `It lies in ${place}, outside of the source folder, so it does not ship: set \`source: ${writtenFrom(base, folder)}\` `
    + "with the handler's path from there, or make it a package and list its folder in the requirements."
}

/** A folder inside the package that should have been its root, as `src/`. */
function below({ paths }: UnansweredImport, top: string): string | undefined {
  const found = paths.find((each) => isModule(
    each, each.split('/').slice(0, each.endsWith('/__init__.py') ? -2 : -1).concat(top).join('/')
  ) && each.includes('/') && !each.includes('site-packages/'))
  const folder = found?.slice(0, found.length - (found.endsWith('/__init__.py') ? `${top}/__init__.py` : `${top}.py`).length - 1)
  return folder === undefined || folder === '' || found === undefined
    ? undefined
    : `It lies in ${found}, and imports begin at the root of the package: write \`${folder.replaceAll('/', '.')}.${top}\`, `
      + `or make \`${folder}\` the source folder.`
}

function isModule(file: string, stem: string): boolean {
  return file === `${stem}.py` || file === `${stem}/__init__.py`
}

const lists = ['requirements.txt', 'uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock', 'pyproject.toml']

/** A list above the source is not read, and a project may ask for more than its lock has. */
function unreadList({ source, base }: UnansweredImport, top: string): string | undefined {
  if (source === undefined) return undefined
  if (mentions(path.join(source, 'pyproject.toml'), top) || mentions(path.join(source, 'Pipfile'), top))
    return `${existsSync(path.join(source, 'pyproject.toml')) ? 'pyproject.toml' : 'Pipfile'} asks for it, and the list that was `
      + 'read has it not: lock again (`uv lock`, `poetry lock`, ...) and commit the lock.'
  const listsAbove = foldersAbove(source).flatMap((folder) => lists.map((name) => path.join(folder, name)))
    .filter((file) => existsSync(file))
  const list = listsAbove.find((file) => mentions(file, top))
  if (list !== undefined) return `${path.relative(source, list)} has it, and is not read, because it lies above the source folder: `
    + `set \`requirements: ${writtenFrom(base, list)}\`.`
  const [first] = listsAbove
  // What brings a module need not bear its name.
  return first === undefined || lists.some((name) => existsSync(path.join(source, name)))
    ? undefined
    : `${path.relative(source, first)} lies above the source folder, so it is not read: where it brings \`${top}\`, set `
      + `\`requirements: ${writtenFrom(base, first)}\`; else add ${distributionOf(top)} to a requirements.txt in the source folder.`
}

/** Whether a list names a distribution that brings the module, in whatever spelling. */
function mentions(file: string, top: string): boolean {
  if (!existsSync(file)) return false
  const text = readFileSync(file, 'utf8')
  return [top, ...distributionsOf(top)].some((each) => {
    const name = distributionName(each).split('-').join('[-_.]+')
    return new RegExp(`(?:^|["'\\s,[])${name}(?:["'\\s<>=!~;,[\\]@]|$)`, 'im').test(text)
  })
}

/** The folders above the source up to the repository's own. */
function foldersAbove(source: string | undefined): readonly string[] {
  const folders: string[] = []
  for (let folder = source; folder !== undefined && folders.length < reach && !existsSync(path.join(folder, '.git'))
    && path.dirname(folder) !== folder; folder = path.dirname(folder)) folders.push(path.dirname(folder))
  return folders
}

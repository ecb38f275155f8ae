import { readdirSync, readlinkSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../../diagnostics.ts'
import { isInside } from '../../paths.ts'
import { byPath, executableMode, linkMode, plainMode, type Entry } from './entry.ts'
import { lastMatch, mayBringBack, type Rule } from './ignore.ts'

export interface WalkOptions {
  /** In gitignore's order: the last rule that matches decides. */
  readonly rules: readonly Rule[]
  /** Absolute folders that are never entered: our own cache and work folders. */
  readonly never: readonly string[]
  /** Links that point outside the root but inside this folder are followed. */
  readonly workspace: string
  /** Relative links inside the tree stay links (Node), else their content is copied (Python). */
  readonly keepLinks: boolean
  readonly owner: string
  readonly diagnostics: Diagnostics
}

/** One folder that is being walked, with the real folders above it, which tell a loop of links. */
interface Folder {
  readonly disk: string
  readonly path: string
  readonly inherited: number
  readonly above: readonly string[]
}

/** A file of the disk, and where a link to it leads below the workspace. */
interface Followed {
  readonly stats: Stats
  readonly target?: string
}

/** Folders that are followed through links: a few links in each of a few levels would be millions. */
const mostFollowed = 1000

/**
 * Lists what lies below `root` as entries in byte order. Nothing but names, content and the x bit is taken from the disk.
 * What a zip cannot hold (sockets, broken links, names that are no UTF-8, ...) becomes an error in `options.diagnostics`.
 */
export function walk(root: string, options: WalkOptions): readonly Entry[] {
  const found: Entry[] = []
  let followed = 0
  const real = realpathSync(root)
  // A link's end is a real path, so it is held against real ones.
  const workspace = realpath(options.workspace) ?? options.workspace
  visit({ disk: path.resolve(root), path: '', inherited: -1, above: [real] })
  return found.sort(byPath)

  function visit(folder: Folder): void {
    for (const child of readdirSync(folder.disk, { withFileTypes: true })) visitChild(folder, child)
  }

  function visitChild(folder: Folder, child: Dirent): void {
    const name = child.name
    const disk = `${folder.disk}/${name}`
    const relative = folder.path === '' ? name : `${folder.path}/${name}`
    const directory = child.isDirectory()
    const match = lastMatch(options.rules, { path: relative, directory }, folder.inherited)
    const excluded = match >= 0 && (options.rules[match] as Rule).excludes
    if (options.never.includes(disk) || (excluded && !directory)) return
    if (excluded && !mayBringBack(options.rules, relative, match)) return
    if (!isUtf8Name(folder.disk, name)) {
      options.diagnostics.error({
        what: `The name of ${disk} is not valid UTF-8.`, why: 'A zip for Lambda holds UTF-8 names only.',
        cure: 'Rename the file or exclude it.',
      })
    } else if (directory) {
      visit({ disk, path: relative, inherited: match, above: [...folder.above, path.join(folder.above.at(-1) as string, name)] })
    } else if (child.isSymbolicLink()) {
      visitLink({ ...folder, inherited: match }, disk, relative)
    } else if (child.isFile()) {
      addFile(disk, relative, { stats: statSync(disk) })
    } else {
      refuse(disk, 'is no file, folder or link (a socket, pipe or device)', 'Delete it or add it to `exclude`.')
    }
  }

  function visitLink(folder: Folder, disk: string, relative: string): void {
    const target = readlinkSync(disk)
    const resolved = realpath(disk)
    if (resolved === undefined) {
      if (target.startsWith('/opt/')) return addLink(relative, target)
      return refuse(disk, `is a link to ${target}, which does not exist`, 'Fix the link, or add it to `exclude`. Only a link '
        + 'to a layer\'s file below /opt/ may point to nothing.')
    }
    if (!isInside(real, resolved) && !isInside(workspace, resolved)) {
      return refuse(disk, `is a link to ${target}, which lies outside the workspace`, 'Copy the file into the source folder, '
        + 'or add the link to `exclude`.')
    }
    if (options.keepLinks && !path.isAbsolute(target) && isInside(real, resolved)) return addLink(relative, target)
    const behind = path.relative(workspace, resolved)
    if (behind.split(path.sep).includes('.git')) {
      return refuse(disk, `is a link to ${target}, into the repository's .git`, 'Remove the link, or add it to `exclude`. '
        + 'What git keeps there (the checkout\'s token, say) is not for a package.')
    }
    const stats = statSync(disk)
    if (!stats.isDirectory()) return addFile(disk, relative, { stats, target: behind })
    if (++followed > mostFollowed) {
      if (followed === mostFollowed + 1)
        refuse(
          disk,
          `is one of more than ${mostFollowed} links to folders`,
          'Links that lead to each other multiply what is packed: remove them, or add them to `exclude`.',
        )
      return
    }
    if (folder.above.includes(resolved))
      return refuse(disk, `is a link to ${target}, a folder that it lies in`, 'Remove the loop, or add the link to `exclude`.')
    visit({ disk, path: relative, inherited: folder.inherited, above: [...folder.above, resolved] })
  }

  function addFile(disk: string, relative: string, { stats, target }: Followed): void {
    const mode = (stats.mode & 0o111) === 0 ? plainMode : executableMode
    found.push({
      path: relative, mode, size: stats.size, owner: options.owner,
      content: { kind: 'disk', file: disk, ...(target === undefined ? {} : { target }) },
    })
  }

  function addLink(relative: string, target: string): void {
    found.push({ path: relative, mode: linkMode, size: Buffer.byteLength(target), owner: options.owner, content: { kind: 'link', target } })
  }

  function refuse(disk: string, what: string, cure: string): void {
    options.diagnostics.error({ what: `${disk} ${what}.`, cure, place: { file: disk }, docs: 'packaging.md#links-and-special-files' })
  }
}

/** Whether the name is what the disk has: bytes that are no UTF-8 are decoded to U+FFFD, which may also be in a name by itself. */
function isUtf8Name(folder: string, name: string): boolean {
  return !name.includes('\ufffd') || !readdirSync(folder, { encoding: 'buffer' }).some((raw) => raw.toString() === name
    && !Buffer.from(name).equals(raw))
}

function realpath(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    return undefined
  }
}

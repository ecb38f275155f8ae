import { readFileSync } from 'node:fs'
import path from 'node:path'
import { UserError, type Place } from '../../errors.ts'
import { defined } from '../../defined.ts'
import type { Env } from '../env.ts'
import { distributionName } from '../python-name.ts'
import { checkListFile } from './list-file.ts'
import { BinaryChoice, buildSettings, optionsIn, type ListOption } from './list-options.ts'
import { localPath, lockedPath, type LocalPath } from './local-path.ts'
import { conflictMark } from './locks/parse.ts'
import { checkRequirementLine } from './requirement-line.ts'

/** What a Python package is wanted from, whatever file said so. */
export interface Wanted {
  /** Requirement lines for an index, with markers and `--hash` options. */
  readonly lines: readonly string[]
  /** Folders and files of the repository; they are built, and never hashed. */
  readonly locals: readonly LocalRequirement[]
  /** `name @ git+https://...`: built from a repository. */
  readonly repositories: readonly string[]
  readonly constraints: readonly string[]
  /** Index options, one a line: `--index-url ...`, `--find-links ...`. */
  readonly options: readonly string[]
  /** Names that `--no-binary` allows to be built from source; `:all:` for all. */
  readonly buildable: readonly string[]
  /** Names that are taken as wheels although all others may be built. */
  readonly wheelsOnly?: readonly string[]
  /** What the lines say to the builds of packages: `name:KEY=VALUE`. */
  readonly settings?: readonly string[]
  /** Every file that was read, absolute. */
  readonly files: readonly string[]
  /** Whether every line for an index carries a hash. */
  readonly hashed: boolean
  /** Where lines for an index are written, as far as that is known. */
  readonly places?: ReadonlyMap<string, Place>
}

export interface LocalRequirement extends LocalPath {
  readonly place?: Place
  /** What the line says to its build, `KEY=VALUE` each. */
  readonly settings?: readonly string[]
}

interface Line {
  readonly text: string
  readonly place: Place
}

const indexOptions = ['index-url', 'extra-index-url', 'find-links', 'no-index', 'trusted-host', 'pre', 'prefer-binary']

/**
 * Reads a requirements file of pip's with all files it names (https://pip.pypa.io/en/stable/reference/requirements-file-format/).
 * Throws a UserError with the place for an option that a package cannot honour.
 */
export function readRequirements(file: string, env: Env): Wanted {
  const found = { lines: [] as string[], locals: [] as LocalRequirement[], repositories: [] as string[], constraints: [] as string[],
    options: [] as string[], settings: [] as string[], files: [] as string[], places: new Map<string, Place>() }
  const binaries = new BinaryChoice()
  let hashesFrom: Place | undefined
  read(file, false)
  const unhashed = found.lines.find((line) => !line.includes('--hash'))
  if (hashesFrom !== undefined && unhashed !== undefined) throw withoutHash(unhashed, found.places.get(unhashed) ?? hashesFrom)
  const { buildable, wheelsOnly } = binaries
  return { ...found, buildable, wheelsOnly, hashed: unhashed === undefined }

  function read(from: string, constraint: boolean): void {
    if (found.files.includes(from)) return
    checkListFile(from, file, env)
    found.files.push(from)
    for (const line of logicalLines(from)) take({ ...line, text: expand(line.text, env) }, path.dirname(from), constraint)
  }

  function take(line: Line, folder: string, constraint: boolean): void {
    const mark = conflictMark(line.text, line.place)
    if (mark !== undefined) throw mark
    const options = /^-(?!e\b|-editable\b)/.test(line.text) ? optionsIn(line.text) : []
    if (typeof options === 'string') throw notHere(options, line.place)
    for (const option of options) takeOption(option, { line, folder, constraint })
    if (options.length > 0) return
    if (constraint) found.constraints.push(line.text)
    else addRequirement(line, folder)
  }

  function takeOption(
    { name, value }: ListOption,
    { line, folder, constraint }: { readonly line: Line; readonly folder: string; readonly constraint: boolean },
  ): void {
    if (name === 'requirement' || name === 'constraint') {
      const limits = constraint || name === 'constraint'
      // A list on the web is left to the installer, which reads it on every run.
      if (/^https?:\/\//.test(value)) (limits ? found.constraints : found.lines).push(`${name === 'constraint' ? '-c' : '-r'} ${value}`)
      else read(path.resolve(folder, value), limits)
    } else if (indexOptions.includes(name)) found.options.push(absoluteLinks(value === '' ? `--${name}` : `--${name} ${value}`, folder))
    else if (name === 'no-binary' || name === 'only-binary') binaries.take(name, value)
    else if (name === 'require-hashes') hashesFrom ??= line.place
  }

  function addRequirement(line: Line, folder: string): void {
    sortRequirement(line.text.replace(/^(?:-e|--editable)(?:\s+|=)/, ''), { folder, place: line.place }, found)
  }
}

function notHere(option: string, place: Place): UserError {
  return new UserError({
    what: `The option ${option} cannot be used here.`,
    why: 'A package for Lambda is installed for another machine, with the options that it needs.',
    cure: 'Take the line out.', place, docs: 'packaging.md#python-dependencies',
  })
}

function withoutHash(line: string, place: Place): UserError {
  return new UserError({
    what: `\`${line}\` has no hash, and the list says \`--require-hashes\`.`,
    cure: 'Make the list with `pip-compile --generate-hashes` or `uv pip compile --generate-hashes`, or take `--require-hashes` out.',
    place, docs: 'packaging.md#python-dependencies',
  })
}

/** Puts a requirement (PEP 508, or a path below `folder`) where it belongs: a local one, a repository, or a line for an index. */
export function sortRequirement(text: string, { folder, place }: { readonly folder: string, readonly place?: Place },
  into: {
    readonly lines: string[]
    readonly locals: LocalRequirement[]
    readonly repositories: string[]
    readonly places?: Map<string, Place>
    readonly settings?: string[]
  }): void {
  const { plain, settings } = buildSettings(text)
  const local = localPath(plain, folder)
  const named = /^[A-Za-z0-9._-]+/.exec(plain)?.[0]
  const noteSettings = (): void => {
    if (named !== undefined) into.settings?.push(...settings.map((each) => `${distributionName(named)}:${each}`))
  }
  if (local !== undefined) into.locals.push({ ...local, ...defined({ place, settings: settings.length === 0 ? undefined : settings }) })
  else if (/(?:^|@\s*)(?:git|hg|svn|bzr)\+/.test(text)) {
    noteSettings()
    into.repositories.push(plain)
  }
  else {
    if (place !== undefined) {
      checkRequirementLine(plain, place)
      into.places?.set(plain, place)
    }
    noteSettings()
    into.lines.push(plain)
  }
}

/** The file's lines without comments, continuations joined. */
function logicalLines(file: string): Line[] {
  const lines: Line[] = []
  let start: number | undefined
  let text = ''
  for (const [index, raw] of readText(file).split(/\r?\n/).entries()) {
    start ??= index + 1
    const bare = raw.replace(/(^|\s+)#.*$/, '')
    text += bare.endsWith('\\') ? bare.slice(0, -1) : bare
    if (bare.endsWith('\\')) continue
    if (text.trim() !== '') lines.push({ text: text.trim().replace(/\s+/g, ' '), place: { file, line: start } })
    start = undefined
    text = ''
  }
  return text.trim() === '' ? lines : [...lines, { text: text.trim().replace(/\s+/g, ' '), place: { file, line: start ?? 1 } }]
}

function readText(file: string): string {
  try {
    return decodeText(readFileSync(file))
  } catch (error) {
    throw new UserError({
      what: `The requirements file ${file} cannot be read.`, why: (error as Error).message,
      cure: 'Fix the path, or take out the line that names it.', place: { file },
    })
  }
}

/** UTF-8, or what Windows' PowerShell writes (`pip freeze > requirements.txt`): UTF-16 with a byte order mark, which pip reads, too. */
function decodeText(bytes: Buffer): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString('utf16le')
  if (first === 0xfe && second === 0xff) return Buffer.from(bytes.subarray(2, bytes.length - bytes.length % 2)).swap16().toString('utf16le')
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}

/** pip replaces `${NAME}` alone, upper case, and leaves what is not set as it is. */
function expand(text: string, env: Env): string {
  return text.replace(/\$\{([A-Z0-9_]+)\}/g, (whole, name: string) => env[name] ?? whole)
}

function absoluteLinks(option: string, folder: string): string {
  return option.replace(/^(-f|--find-links)(?:\s+|=)(\S+)$/, (whole, _flag, where: string) =>
    /^(?!file:)[a-z]+:\/\//.test(where) ? whole : `--find-links ${lockedPath(where, path.join(folder, 'list'))}`)
}

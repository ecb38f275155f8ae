import path from 'node:path'
import type { ErrorText, Place } from '../../errors.ts'
import { nearest } from '../../suggest.ts'
import { builtinModules } from '../stdlib.ts'
import { moduleIndex } from './modules.ts'
import { normalName } from './python-names.ts'
import type { PythonSource } from './python-source.ts'

export interface HandlerCheck {
  readonly handler: string
  /** Where the handler is written. */
  readonly place: Place | undefined
  /** All paths of the package, as far as they are known. */
  readonly paths: readonly string[]
  /** True when dependencies that are not in `paths` may hold the handler. */
  readonly more: boolean
  readonly read: (path: string) => PythonSource | undefined
  /** Whether a file is the app's own. */
  readonly isOwn: (path: string) => boolean
}

/**
 * Whether the runtime will find a Python handler, by the rules of its client (aws-lambda-python-runtime-interface-client, bootstrap.py
 * `_get_handler`): split at the last dot, slashes count as dots, no builtin module, then the attribute.
 */
export function checkPythonHandler(check: HandlerCheck): ErrorText | undefined {
  const where = check.place === undefined ? {} : { place: check.place }
  const dot = check.handler.lastIndexOf('.')
  const [file, name] = [check.handler.slice(0, dot), check.handler.slice(dot + 1)]
  if (dot <= 0 || name === '' || /\s/.test(check.handler)) {
    return {
      what: `\`${check.handler}\` is no handler.`,
      why: 'A handler is a module, a dot and a function, as in `lambda_function.lambda_handler`.', ...where,
    }
  }
  const module = file.replaceAll('/', '.')
  if (builtinModules.has(module.split('.', 1)[0] as string)) {
    return {
      what: `The handler's module \`${module}\` has the name of a module that is built into Python.`,
      cure: 'Rename the file.', ...where,
    }
  }
  if (module === '__main__') {
    return {
      what: 'The handler\'s module `__main__` is the name of the program that runs, which is Lambda\'s own.',
      cure: 'Rename the file to `app.py`, say, and the handler with it.', ...where,
    }
  }
  // Any name will do between the dots, a hyphen's too: the client hands it to importlib, which is no import statement.
  if (module.split('.').includes('')) {
    return {
      what: `\`${file}\` is no module that Python can import.`,
      why: 'A module\'s path begins at the root of the package, and no part of it is empty.',
      cure: 'Write it like `app.handler` or `handlers/app.handler`.', ...where,
    }
  }
  const found = moduleIndex(check.paths).find(module)
  if (found === undefined || found.endsWith('/')) return check.more ? undefined : missingModule(check, module, where)
  const hidden = `${module.replaceAll('.', '/')}.py`
  if (found.endsWith('/__init__.py') && !check.isOwn(found) && check.isOwn(hidden)) {
    return {
      what: `The package ${path.posix.dirname(found)}/ of a dependency hides ${hidden}, which the handler \`${check.handler}\` names.`,
      why: 'Python takes a package before a module of the same name.',
      cure: `Rename ${hidden}, and the handler with it.`, ...where,
    }
  }
  const source = check.read(found)
  if (source === undefined || source.open || source.defines.has(normalName(name))) return undefined
  const close = nearest(name, [...source.defines]) ?? handlerNames(source)[0]
  return {
    what: `${found} defines no \`${name}\`, which the handler \`${check.handler}\` names.`,
    ...(name === 'py' ? { why: 'A handler is a module, a dot and a function, not a file.' } : {}),
    cure: close === undefined ? `Define \`${name}\` there, or name another function as the handler.` : `Did you mean \`${file}.${close}\`?`,
    ...where,
  }
}

function missingModule(check: HandlerCheck, module: string, where: object): ErrorText {
  const file = `${module.replaceAll('.', '/')}.py`
  const base = file.slice(file.lastIndexOf('/') + 1)
  // The whole path below some folder is what was meant more likely than the bare name, which a library may well have, too.
  const below = check.paths.filter((candidate) => candidate.endsWith(`/${file}`))
  const [tail, elsewhere] = below.length > 0 ? [file, below] : [
    base, check.paths.filter((candidate) => candidate.endsWith(`/${base}`) || candidate === base),
  ]
  const modules = check.paths.filter((candidate) => /^[^/]+\.py$/.test(candidate)).map((candidate) => candidate.slice(0, -3))
  const close = nearest(module, modules)
  const function_ = check.handler.slice(check.handler.lastIndexOf('.') + 1)
  const cure = elsewhere[0] !== undefined ? movedCure(elsewhere[0], tail, function_)
    : close === undefined
    ? otherHandlers(check) ?? 'Set `handler:` to a function in the source folder, or set `source:`.'
    : `Did you mean \`${close}.${function_}\`?`
  return {
    what: `The package holds no ${file}, which the handler \`${check.handler}\` names.`,
    why: 'The content of the source folder lies at the root of the package.', cure, ...where,
  }
}

/** Names that a function which Lambda is to call bears most often. */
const usualNames = ['lambda_handler', 'handler', 'main', 'handle', 'app']

function handlerNames({ defines }: PythonSource): string[] {
  return [...usualNames, ...[...defines].filter((name) => /handler$/i.test(name)).sort()].filter((name) => defines.has(name))
}

/** So many handlers are named. */
const named = 3

/** Where the app defines what looks like a handler, with the line to write. */
function otherHandlers(check: HandlerCheck): string | undefined {
  const files = check.paths.filter((file) => file.endsWith('.py') && check.isOwn(file) && !/(^|\/)(test|conftest|setup)/.test(file))
  const found = files.flatMap((file) => {
    const source = check.read(file)
    const [name] = source === undefined ? [] : handlerNames(source)
    return name === undefined ? [] : [`\`handler: ${file.slice(0, -3).replace(/\/__init__$/, '').replaceAll('/', '.')}.${name}\``]
  })
  if (found.length === 0) return undefined
  const more = found.length > named ? `; ${found.length - named} more files define one` : ''
  return `Write ${found.slice(0, named).join(' or ')}${more}.`
}

/** `tail` is what of the found path was meant as the module's own. */
function movedCure(found: string, tail: string, name: string): string {
  const folder = found.slice(0, Math.max(0, found.length - tail.length - 1))
  const handler = `${found.slice(0, -3).replaceAll('/', '.')}.${name}`
  if (folder === '') return `It lies in ${found}: write \`${handler}\`.`
  // In this layout the code imports its package by a path that begins below `src`.
  const list = 'and, where the list of dependencies lies beside that folder, `requirements` to the list'
  return folder === 'src'
    ? `It lies in ${found}: set \`source\` to the folder \`src\`, ${list}.`
    : `It lies in ${found}: write \`${handler}\`, or make \`${folder}\` the source folder.`
}

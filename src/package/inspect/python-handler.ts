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
    return { what: `\`${check.handler}\` is no handler.`, why: 'A handler is a module, a dot and a function, as in `lambda_function.lambda_handler`.', ...where }
  }
  const module = file.replaceAll('/', '.')
  if (builtinModules.has(module.split('.', 1)[0] as string)) {
    return { what: `The handler's module \`${module}\` has the name of a module that is built into Python.`, cure: 'Rename the file.', ...where }
  }
  // Any name will do between the dots, a hyphen's too: the client hands it to importlib, which is no import statement.
  if (module.split('.').includes('')) {
    return { what: `\`${file}\` is no module that Python can import.`, why: 'A module\'s path begins at the root of the package, and no part of it is empty.', cure: 'Write it like `app.handler` or `handlers/app.handler`.', ...where }
  }
  const found = moduleIndex(check.paths).find(module)
  if (found === undefined || found.endsWith('/')) return check.more ? undefined : missingModule(check, module, where)
  const source = check.read(found)
  if (source === undefined || source.open || source.defines.has(normalName(name))) return undefined
  const close = nearest(name, [...source.defines])
  return {
    what: `${found} defines no \`${name}\`, which the handler \`${check.handler}\` names.`,
    cure: close === undefined ? `Define \`${name}\` there, or name another function as the handler.` : `Did you mean \`${file}.${close}\`?`, ...where,
  }
}

function missingModule(check: HandlerCheck, module: string, where: object): ErrorText {
  const path = `${module.replaceAll('.', '/')}.py`
  const base = path.slice(path.lastIndexOf('/') + 1)
  // The whole path below some folder is what was meant more likely than the bare name, which a library may well have, too.
  const below = check.paths.filter((candidate) => candidate.endsWith(`/${path}`))
  const [tail, elsewhere] = below.length > 0 ? [path, below] : [base, check.paths.filter((candidate) => candidate.endsWith(`/${base}`) || candidate === base)]
  const modules = check.paths.filter((candidate) => /^[^/]+\.py$/.test(candidate)).map((candidate) => candidate.slice(0, -3))
  const close = nearest(module, modules)
  const function_ = check.handler.slice(check.handler.lastIndexOf('.') + 1)
  const cure = elsewhere[0] !== undefined
    ? `It lies in ${elsewhere[0]}: write \`${elsewhere[0].slice(0, -3).replaceAll('/', '.')}.${function_}\`, or make \`${elsewhere[0].slice(0, -tail.length - 1)}\` the source folder.`
    : close === undefined ? 'Set `handler:` to a function in the source folder, or set `source:`.' : `Did you mean \`${close}.${function_}\`?`
  return { what: `The package holds no ${path}, which the handler \`${check.handler}\` names.`, why: 'The content of the source folder lies at the root of the package.', cure, ...where }
}

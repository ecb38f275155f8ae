import { existsSync } from 'node:fs'
import path from 'node:path'
import type { ErrorText } from '../../errors.ts'
import type { PythonRuntime } from '../runtimes.ts'
import type { DependencySource } from './dependency-source.ts'
import { readToml, table, text } from './locks/toml.ts'

/** What to say of a lock that was made for other Pythons than the function's: its packages may not be those that this one needs. */
export function wrongPython(source: DependencySource, runtime: PythonRuntime): ErrorText | undefined {
  const range = rangeOf(source)
  if (range === undefined || allows(range, runtime.minor)) return undefined
  const setting = source.kind === 'poetry' ? 'python' : 'requires-python'
  return {
    what: `${path.basename(source.file)} is for Python ${range}, and the function runs ${runtime.name}.`,
    cure: `Set \`runtime\` to a Python that it is for, or widen \`${setting}\` in pyproject.toml and lock again.`,
    docs: 'packaging.md#python-dependencies',
    place: { file: source.file },
  }
}

function rangeOf({ kind, file }: DependencySource): string | undefined {
  switch (kind) {
    case 'uv': case 'pylock': return text(readToml(file), 'requires-python')
    case 'poetry': return text(table(readToml(file), 'metadata'), 'python-versions')
    case 'pyproject': return text(table(readToml(file), 'project'), 'requires-python')
    // The lock names no Python: the project beside it does.
    case 'pdm': {
      const project = path.join(path.dirname(file), 'pyproject.toml')
      return existsSync(project) ? text(table(readToml(project), 'project'), 'requires-python') : undefined
    }
    default: return undefined
  }
}

/** Whether some patch of Python 3.`minor` fits (PEP 440, and the spellings of Poetry). What is not understood fits. */
export function allows(range: string, minor: number): boolean {
  return range.split(/\s*\|\|?\s*/).some((part) => part.split(',').every((each) => fits(each.trim(), minor)))
}

function fits(single: string, minor: number): boolean {
  const [, operator = '', digits = '', star] = /^(~=|\^|~|[<>=!]=?=?)?\s*v?(\d+(?:\.\d+)*)(\.\*)?/.exec(single) ?? []
  if (digits === '') return true
  const [major = 0, wanted, patch] = digits.split('.').map(Number)
  const has = (lowest: number, highest: number): boolean => minor >= lowest && minor <= highest
  // 3.12 as a whole is 3.12.0 and all that follow; a bound in its middle leaves some of it.
  const [floor, isWhole] = [wanted ?? 0, patch === undefined || patch === 0]
  if (major !== 3) return operator.startsWith('<') || operator === '!='
    ? major > 3 || operator === '!='
    : operator.startsWith('>') ? major < 3 : major === 3
  switch (operator) {
    case '>=': return minor >= floor
    case '>': return isWhole && patch === undefined ? minor > floor || wanted === undefined : minor >= floor
    case '<': return isWhole ? minor < floor : minor <= floor
    case '<=': return minor <= floor
    case '!=': return !(star !== undefined && minor === floor)
    case '^': return minor >= floor
    case '~': case '~=': return operator === '~=' && patch === undefined ? minor >= floor : wanted === undefined || has(floor, floor)
    default: return wanted === undefined || has(floor, floor)
  }
}

import type { Diagnostics } from '../../diagnostics.ts'
import type { Env } from '../env.ts'
import { interpreterOf, type Interpreter } from '../install/interpreter.ts'
import { installerEnv } from '../install/installer-env.ts'
import { run } from '../install/process.ts'
import type { Unread } from './python-parser.ts'

/** One of the app's own files that the handler loads. */
export interface LoadedFile {
  /** Its path in the package. */
  readonly path: string
  /** On the disk. */
  readonly file: string
  readonly minor: number
  /** The minor is the function's own; else it is a guess, where nobody named the runtime. */
  readonly isCertain: boolean
  readonly when: 'always' | 'maybe'
  /** Where the parser stopped, which knows the syntax of every minor. */
  readonly unread?: Unread | undefined
}

/** Whole compilation in memory, as an import does it: parsing alone passes over a `return` outside of a function. */
const script = `
import json, sys
found = []
for file in json.loads(sys.stdin.buffer.read()):
    try:
        with open(file, "rb") as opened:
            compile(opened.read(), file, "exec", dont_inherit=True)
    except SyntaxError as error:
        found.append([file, error.lineno, error.offset, error.msg])
    except ValueError as error:
        found.append([file, None, None, str(error)])
    except Exception:
        pass
print(json.dumps(found))
`

/** The newest minor that is looked for, and the oldest that knows today's syntax well enough to be asked. */
const [newest, oldest] = [15, 8]

/**
 * Has a Python compile the files that handlers load, all of one minor in one process. What the function's own minor refuses is an error.
 * Another minor's word alone is a warning, because syntax comes (and, once, went) with the minors; where the parser cannot read the file
 * either, and no Python that knows as much as the function's can, it is an error all the same.
 */
export async function checkPythonSyntax(files: readonly LoadedFile[], env: Env, diagnostics: Diagnostics): Promise<void> {
  const minors = [...new Set(files.map((file) => file.minor))]
  await Promise.all(minors.map(async (minor) => {
    const loaded = new Map<string, LoadedFile>()
    for (const file of files.filter((each) => each.minor === minor))
      if (loaded.get(file.file)?.when !== 'always') loaded.set(file.file, file)
    const python = await interpreterNear(minor, env)
    const refused = python === undefined ? undefined : new Map((await refusedBy(python, [...loaded.keys()], env)).map((refusal) => [
      refusal[0], refusal,
    ]))
    for (const [file, each] of loaded) {
      const refusal = refused?.get(file)
      const isUnread = each.unread !== undefined && !each.unread.isLong
      // An older Python that reads it shows that the parser lacks something; a newer one's word is the function's own.
      if (refusal === undefined && (refused !== undefined || !isUnread)) continue
      tell(
        {
          loaded: each, python, line: refusal?.[1] ?? each.unread?.line ?? null, column: refusal?.[2] ?? null,
          message: refusal?.[3], isUnread,
        },
        diagnostics
      )
    }
  }))
}

/** Looks for the Pythons already, so that they answer while the files are read. */
export function lookForPythons(minors: readonly number[], env: Env): void {
  for (const minor of new Set(minors)) void interpreterNear(minor, env)
}

/** The runtime's own minor; else the next newer one, which knows what older ones know; else the next older one. */
async function interpreterNear(minor: number, env: Env): Promise<Interpreter | undefined> {
  const newer = Array.from({ length: Math.max(0, newest - minor) }, (_, index) => minor + 1 + index)
  const older = Array.from({ length: Math.max(0, minor - oldest) }, (_, index) => minor - 1 - index)
  for (const candidate of [minor, ...newer, ...older]) {
    const found = await interpreterOf(candidate, installerEnv(env))
    if (found !== undefined) return found
  }
  return undefined
}

type Refusal = readonly [file: string, line: number | null, column: number | null, message: string]

async function refusedBy(python: Interpreter, files: readonly string[], env: Env): Promise<readonly Refusal[]> {
  const options = { cwd: '/', env: installerEnv(env), input: JSON.stringify(files) }
  const { code, stdout } = await run(python.program, ['-I', '-S', '-W', 'ignore', '-c', script], options)
  return code === 0 ? JSON.parse(stdout) as Refusal[] : []
}

interface Finding {
  readonly loaded: LoadedFile
  /** Who was asked, where there is one. */
  readonly python: Interpreter | undefined
  readonly line: number | null
  readonly column: number | null
  /** What that Python says. */
  readonly message: string | undefined
  /** The parser cannot read the file either. */
  readonly isUnread: boolean
}

function tell({ loaded, python, line, column, message, isUnread }: Finding, diagnostics: Diagnostics): void {
  const { path, file, minor, isCertain, when } = loaded
  const place = { file, ...(line === null || line < 1 ? {} : { line, ...(column === null || column < 1 ? {} : { column }) }) }
  const where = line === null ? '' : ` (line ${line})`
  const what = message === undefined
    ? `${path} cannot be read as Python${where}.`
    : `Python 3.${python?.minor ?? minor} cannot load ${path}: ${message}${where}.`
  const cure = 'Fix the file; `python -m py_compile` shows the place.'
  const docs = 'packaging.md#syntax'
  const isOwn = python?.minor === minor
  if (!isCertain || !isOwn && !isUnread) {
    const why = isCertain
      ? `The function runs on Python 3.${minor}, which is not here to be asked.`
      : 'The function\'s runtime is not named, so another minor may run it.'
    diagnostics.warning({
      what, why, cure: `${cure} With the function's own minor on the runner (actions/setup-python) it is certain.`,
      place, docs,
    })
  } else if (when === 'maybe') {
    diagnostics.warning({
      what, why: 'It is imported in a function, a condition or `try`, so the handler may live without it.', cure, place,
      docs,
    })
  } else diagnostics.error({ what, why: 'The handler loads it, so every call would fail.', cure, place, docs })
}

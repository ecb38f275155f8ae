import type { Diagnostics } from '../../diagnostics.ts'
import { interpreterOf, type Interpreter } from '../install/interpreter.ts'
import { installerEnv } from '../install/installer-env.ts'
import { run } from '../install/process.ts'

/** One of the app's own files that the handler loads. */
export interface Loaded {
  /** Its path in the package. */
  readonly path: string
  /** On the disk. */
  readonly file: string
  readonly minor: number
  /** The minor is the function's own; else it is a guess, where nobody named the runtime. */
  readonly isCertain: boolean
  readonly when: 'always' | 'maybe'
}

type Env = Readonly<Record<string, string | undefined>>

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
 * Has a Python compile the files that handlers load, all of one minor in one process. What the function's own minor refuses is an error;
 * another minor's word is a warning, because syntax comes (and, once, went) with the minors.
 */
export async function checkPythonSyntax(files: readonly Loaded[], env: Env, diagnostics: Diagnostics): Promise<void> {
  const minors = [...new Set(files.map((file) => file.minor))]
  await Promise.all(minors.map(async (minor) => {
    const python = await interpreterNear(minor, env)
    if (python === undefined) return
    const loaded = new Map<string, Loaded>()
    for (const file of files.filter((each) => each.minor === minor)) if (loaded.get(file.file)?.when !== 'always') loaded.set(file.file, file)
    for (const [file, line, column, message] of await refusedBy(python, [...loaded.keys()], env)) {
      tell({ loaded: loaded.get(file) as Loaded, python, line, column, message }, diagnostics)
    }
  }))
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

type Refused = readonly [file: string, line: number | null, column: number | null, message: string]

async function refusedBy(python: Interpreter, files: readonly string[], env: Env): Promise<readonly Refused[]> {
  const { code, stdout } = await run(python.program, ['-I', '-S', '-W', 'ignore', '-c', script], { cwd: '/', env: installerEnv(env), input: JSON.stringify(files) })
  return code === 0 ? JSON.parse(stdout) as Refused[] : []
}

interface Finding {
  readonly loaded: Loaded
  readonly python: Interpreter
  readonly line: number | null
  readonly column: number | null
  readonly message: string
}

function tell({ loaded, python, line, column, message }: Finding, diagnostics: Diagnostics): void {
  const { path, file, minor, isCertain, when } = loaded
  const place = { file, ...(line === null || line < 1 ? {} : { line, ...(column === null || column < 1 ? {} : { column }) }) }
  const what = `Python 3.${python.minor} cannot load ${path}: ${message}${line === null ? '' : ` (line ${line})`}.`
  const cure = 'Mend the file; `python -m py_compile` shows the place.'
  const docs = 'packaging.md#syntax'
  if (python.minor !== minor || !isCertain) {
    const why = isCertain ? `The function runs on Python 3.${minor}, which is not here to be asked.` : 'The function\'s runtime is not named, so another minor may run it.'
    diagnostics.warning({ what, why, cure: `${cure} With the function's own minor on the runner (actions/setup-python) it is certain.`, place, docs })
  } else if (when === 'maybe') diagnostics.warning({ what, why: 'It is imported in a function, a condition or `try`, so the handler may live without it.', cure, place, docs })
  else diagnostics.error({ what, why: 'The handler loads it, so every call would fail.', cure, place, docs })
}

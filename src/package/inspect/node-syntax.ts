import type { Diagnostics } from '../../diagnostics.ts'
import type { Env } from '../env.ts'
import { installerEnv } from '../install/installer-env.ts'
import { run } from '../install/process.ts'

/** A handler's own file. */
export interface Script {
  /** Its path in the package. */
  readonly path: string
  /** On the disk. */
  readonly file: string
  readonly text: string
  readonly kind: 'module' | 'commonjs' | 'unsaid'
  readonly major: number
  /** The major is the function's own; else it is a guess, where nobody named the runtime. */
  readonly isCertain: boolean
}

/** The Node that this runs on, which is the only one at hand. */
const ours = Number(process.versions.node.split('.', 1)[0])

/**
 * Has Node look at each handler's file, as a script or module as its name and package.json say. Another major's word is a warning: little
 * syntax ever went (`assert` of imports did).
 */
export async function checkNodeSyntax(scripts: readonly Script[], env: Env, diagnostics: Diagnostics): Promise<void> {
  const once = [...new Map(scripts.map((script) => [`${script.major} ${script.file}`, script])).values()]
  await Promise.all(once.map(async (script) => {
    const refusal = await refusalOf(script, env)
    if (refusal !== undefined) tell(script, refusal, diagnostics)
  }))
}

interface Refusal {
  readonly message: string
  readonly line: number | undefined
}

/** Where nothing says what a file is, it is sound as either. */
async function refusalOf({ text, kind }: Script, env: Env): Promise<Refusal | undefined> {
  const asCommon = kind === 'module' ? undefined : await checked(text, 'commonjs', env)
  if (kind === 'commonjs' || (kind === 'unsaid' && asCommon === undefined)) return asCommon
  const asModule = await checked(text, 'module', env)
  return asModule === undefined || asCommon === undefined || /\b(?:import|export|await)\b/.test(asCommon.message) ? asModule : asCommon
}

async function checked(text: string, type: 'module' | 'commonjs', env: Env): Promise<Refusal | undefined> {
  const { code, stderr } = await run(process.execPath, ['--check', `--input-type=${type}`, '-'], {
    cwd: '/',
    env: installerEnv(env),
    input: text,
  })
  const message = /^SyntaxError: (.*)$/m.exec(stderr)?.[1]
  return code === 0 || message === undefined ? undefined : { message, line: lineOf(stderr) }
}

/** `[stdin]:3` or `file:///[stdin]:3` above the line that is quoted. */
function lineOf(stderr: string): number | undefined {
  const line = /^\S.*:(\d+)$/m.exec(stderr)?.[1]
  return line === undefined ? undefined : Number(line)
}

function tell({ path, file, major, isCertain }: Script, { message, line }: Refusal, diagnostics: Diagnostics): void {
  const isOwn = major === ours && isCertain
  const text = {
    what: `Node ${ours} cannot load ${path}: ${message}${line === undefined ? '' : ` (line ${line})`}.`,
    why: isOwn
      ? 'The handler lies in it, so every call would fail.'
      : isCertain
        ? `The function runs on Node ${major}, which is not here to be asked.`
        : 'The function\'s runtime is not named, so another Node may run it.',
    cure: 'Fix the file; `node --check` shows the place.', docs: 'packaging.md#syntax', place: { file, ...(line === undefined
      ? {}
      : { line }) },
  }
  if (isOwn) diagnostics.error(text)
  else diagnostics.warning(text)
}

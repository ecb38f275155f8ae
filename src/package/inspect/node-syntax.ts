import type { Diagnostics } from '../../diagnostics.ts'
import { installerEnv } from '../install/installer-env.ts'
import { run } from '../install/process.ts'

/** A handler's own file. */
export interface Script {
  /** Its path in the package. */
  readonly path: string
  /** On the disk. */
  readonly file: string
  readonly major: number
  /** The major is the function's own; else it is a guess, where nobody named the runtime. */
  readonly isCertain: boolean
}

/** The Node that this runs on, which is the only one at hand. */
const ours = Number(process.versions.node.split('.', 1)[0])

/** Has Node look at each handler's file, as a script or module as its name and package.json say. Another major's word is a warning: little syntax ever went (`assert` of imports did). */
export async function checkNodeSyntax(scripts: readonly Script[], env: Readonly<Record<string, string | undefined>>, diagnostics: Diagnostics): Promise<void> {
  const once = [...new Map(scripts.map((script) => [`${script.major} ${script.file}`, script])).values()]
  await Promise.all(once.map(async (script) => {
    const { code, stderr } = await run(process.execPath, ['--check', script.file], { cwd: '/', env: installerEnv(env) })
    const message = /^SyntaxError: (.*)$/m.exec(stderr)?.[1]
    if (code !== 0 && message !== undefined) tell(script, { message, line: lineOf(stderr) }, diagnostics)
  }))
}

/** `/app/index.js:3` or `file:///app/index.mjs:3` above the line that is quoted. */
function lineOf(stderr: string): number | undefined {
  const line = /^\S.*:(\d+)$/m.exec(stderr)?.[1]
  return line === undefined ? undefined : Number(line)
}

function tell({ path, file, major, isCertain }: Script, { message, line }: { readonly message: string, readonly line: number | undefined }, diagnostics: Diagnostics): void {
  const isOwn = major === ours && isCertain
  const text = {
    what: `Node ${ours} cannot load ${path}: ${message}${line === undefined ? '' : ` (line ${line})`}.`,
    why: isOwn ? 'The handler lies in it, so every call would fail.' : isCertain ? `The function runs on Node ${major}, which is not here to be asked.` : 'The function\'s runtime is not named, so another Node may run it.',
    cure: 'Mend the file; `node --check` shows the place.', docs: 'packaging.md#syntax', place: { file, ...(line === undefined ? {} : { line }) },
  }
  if (isOwn) diagnostics.error(text)
  else diagnostics.warning(text)
}

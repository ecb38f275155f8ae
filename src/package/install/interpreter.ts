import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Env } from '../env.ts'
import { run } from './process.ts'

/** A Python on this machine that has been asked who it is. */
export interface Interpreter {
  readonly program: string
  readonly minor: number
  /** `x86_64`, `aarch64`, `arm64` (macOS). */
  readonly machine: string
  readonly platform: string
  /** pip's version, where it has pip. */
  readonly pip?: string
}

const asked = new Map<string, Promise<Interpreter | undefined>>()
const question = `
import importlib.util, json, os, re, sys
spec = importlib.util.find_spec("pip")
version = None
if spec and spec.origin:
    found = re.search(r'__version__\\s*=\\s*"([^"]+)"', open(spec.origin, encoding="utf-8").read())
    version = found and found.group(1)
major, minor = sys.version_info[:2]
machine = os.uname().machine if hasattr(os, "uname") else ""
print(json.dumps({
    "program": sys.executable, "major": major, "minor": minor,
    "machine": machine, "platform": sys.platform, "pip": version,
}))
`

/** The Python of the runtime's own minor, where this machine has one. */
export async function interpreterOf(minor: number, env: Env): Promise<Interpreter | undefined> {
  for (const program of candidates(minor, env)) {
    const found = await ask(program, env)
    if (found?.minor === minor) return found
  }
  return undefined
}

/** Any Python with pip that is new enough to fetch uv with. */
export async function anyInterpreter(env: Env): Promise<Interpreter | undefined> {
  for (const program of everyCandidate(env)) {
    const found = await ask(program, env)
    if (found !== undefined && found.minor >= 8 && found.pip !== undefined) return found
  }
  return undefined
}

/** Whether there is any Python 3 for uv to work with. */
export async function hasPython(env: Env): Promise<boolean> {
  for (const program of everyCandidate(env)) if (await ask(program, env) !== undefined) return true
  return false
}

function everyCandidate(env: Env): string[] {
  return [...named(['python3', 'python'], env), ...[14, 13, 12, 11, 10, 9, 8].flatMap((minor) => candidates(minor, env))]
}

/** Programs that may be that Python, the likely ones first; each is asked, because a name proves little. */
function candidates(minor: number, env: Env): string[] {
  const own = env['pythonLocation']
  return [
    ...(own === undefined ? [] : [path.join(own, 'bin', 'python')]),
    ...named([`python3.${minor}`], env),
    ...installed(path.join(env['PYENV_ROOT'] ?? path.join(env['HOME'] ?? '/', '.pyenv'), 'versions'), minor, 'bin/python'),
    ...installed(path.join(env['RUNNER_TOOL_CACHE'] ?? '/opt/hostedtoolcache', 'Python'), minor, `${process.arch}/bin/python`),
    ...named(['python3', 'python'], env),
  ]
}

function named(names: readonly string[], env: Env): string[] {
  // pyenv's shims refuse a version that is not switched on, slowly; the versions themselves are looked up below.
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '' && !folder.endsWith('/shims'))
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).filter((program) => existsSync(program))
}

/** `<folder>/3.13.1/<program>`, the newest patch first. */
function installed(folder: string, minor: number, program: string): string[] {
  if (!existsSync(folder)) return []
  const patch = (version: string): number => Number(version.split('.')[2])
  const versions = readdirSync(folder).filter((version) => new RegExp(`^3\\.${minor}\\.\\d+$`).test(version))
  return versions.sort((
    a, b
  ) => patch(b) - patch(a)).map((version) => path.join(folder, version, program)).filter((file) => existsSync(file))
}

function ask(program: string, env: Env): Promise<Interpreter | undefined> {
  const known = asked.get(program)
  if (known !== undefined) return known
  const asking = askAfresh(program, env)
  asked.set(program, asking)
  return asking
}

async function askAfresh(program: string, env: Env): Promise<Interpreter | undefined> {
  const { code, stdout } = await run(program, ['-I', '-c', question], { cwd: '/', env })
  if (code !== 0) return undefined
  const answer = JSON.parse(stdout) as {
    program: string
    major: number
    minor: number
    machine: string
    platform: string
    pip: string | null
  }
  if (answer.major !== 3) return undefined
  const { program: real, minor, machine, platform } = answer
  return { program: real === '' ? program : real, minor, machine, platform, ...(answer.pip === null ? {} : { pip: answer.pip }) }
}

// The engine's own Python environment. Plain Node 20 and no imports from the project: set-up runs this before anything is installed.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = dirname(fileURLToPath(import.meta.url))
const requirements = join(here, 'requirements.txt')
const sdkRequirements = join(here, 'sdk-requirements.txt')
const folder = join(here, '..', '..', '.cache', 'engine')
const lock = join(folder, 'lock')
const lockMaxAgeMs = 300_000

/** Where the environment is; it exists after {@link ensureEngineVenv}. */
export const engineVenv = join(folder, 'venv')

/** The environment's interpreter. */
export const enginePython = join(engineVenv, 'bin', 'python')

/**
 * The SDK that Lambda's Python runtimes bring with them, in a folder that holds nothing else: handlers see it, and nothing of the engine's.
 */
export const pythonSdk = join(engineVenv, 'python-sdk')

/**
 * Makes the engine's environment and the SDK of Python handlers, or makes them anew when their requirements or the interpreter have
 * changed; several processes may call it at once.
 * Throws an Error that names the cure when Python 3.10 or newer with venv is missing or the package index cannot be reached.
 */
export async function ensureEngineVenv() {
  const wanted = await marker(await findPython())
  if (await isCurrent(wanted.mark)) return
  await mkdir(folder, { recursive: true })
  await takeLock()
  try {
    if (!(await isCurrent(wanted.mark))) await build(wanted)
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
}

async function build({ python, mark }) {
  // No build in a side folder and rename: a venv's scripts hold its absolute path. The mark, written last, says that it is whole.
  await rm(engineVenv, { recursive: true, force: true })
  await run(python, ['-m', 'venv', engineVenv]).catch((cause) => {
    throw new Error(
      `Local AWS needs Python's venv module, and "${python} -m venv" failed: ${firstLine(cause)}\nInstall it (Debian, Ubuntu: apt-get install python3-venv) and try again.`,
      { cause },
    )
  })
  await install('its engine', ['-r', requirements])
  await install('the SDK of Python handlers', ['--no-deps', '--target', pythonSdk, '-r', sdkRequirements])
  await writeFile(`${markFile()}.new`, mark)
  await rename(`${markFile()}.new`, markFile())
}

async function install(what, args) {
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-input',
    '--require-hashes',
    '--only-binary',
    ':all:',
    ...args,
  ]
  await run(enginePython, pip, { maxBuffer: 1 << 26 }).catch((cause) => {
    throw new Error(
      `Local AWS could not install ${what} from the package index: ${lastLine(cause)}\nCheck the network and pip's index settings (pip config list), then try again.`,
      { cause },
    )
  })
}

async function isCurrent(mark) {
  return (await readFile(markFile(), 'utf8').catch(() => '')) === mark
}

function markFile() {
  return join(engineVenv, 'installed-from')
}

async function marker({ python, version }) {
  const digest = createHash('sha256').update(await readFile(requirements)).update(await readFile(sdkRequirements)).digest('hex')
  return { python, mark: `${digest} ${version} ${python}\n` }
}

/** The first interpreter that is new enough; PYTHON names one by hand. */
async function findPython() {
  const found = []
  for (const candidate of [
    process.env.PYTHON,
    'python3',
    'python3.14',
    'python3.13',
    'python3.12',
    'python3.11',
    'python3.10',
    'python',
  ].filter(Boolean)) {
    const answer = await run(candidate, ['-c', 'import sys; print(sys.executable, *sys.version_info[:2])']).catch(() => undefined)
    const [, python, major, minor] = /^(.+) (\d+) (\d+)\s*$/.exec(answer?.stdout ?? '') ?? []
    if (python === undefined) continue
    if (Number(major) === 3 && Number(minor) >= 10) return { python, version: `${major}.${minor}` }
    found.push(`${candidate} is ${major}.${minor}`)
  }
  const seen = found.length > 0 ? ` (${found.join(', ')})` : ''
  throw new Error(
    `Local AWS needs Python 3.10 or newer with venv, and none was found in PATH${seen}.\nInstall it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python), or name one in the variable PYTHON.`,
  )
}

/** A folder is the lock: making it is atomic everywhere. One that is older than any installation takes is left over from a killed run. */
async function takeLock() {
  for (;;) {
    try {
      await mkdir(lock)
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const held = await stat(lock).catch(() => undefined)
    if (held !== undefined && Date.now() - held.mtimeMs > lockMaxAgeMs) await rm(lock, { recursive: true, force: true })
    else await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function firstLine(error) {
  return String(error.stderr || error.message).trim().split('\n')[0]
}

function lastLine(error) {
  return String(error.stderr || error.message).trim().split('\n').at(-1)
}

// @ts-check
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { withLock } from './lib/lock.mjs'
import { installPackages } from './lib/packages.mjs'
import { checkNode, findNode24, findPython, root, SetUpError } from './lib/requirements.mjs'

/**
 * Makes the clone ready to run: npm packages, a Node 24, and the virtual environment of local AWS's engine.
 * Quiet and quick when everything is there; several at once wait for each other.
 * @returns {Promise<{ node: string }>} the absolute path of a Node that is 24 or newer
 * @throws {SetUpError} when the machine lacks something; the message says what to do
 */
export async function setUp() {
  checkNode()
  await findPython()
  return withLock(join(root, '.cache', 'set-up.lock'), async () => {
    await installPackages()
    const node = findNode24()
    await prepareEngine()
    return { node }
  })
}

async function prepareEngine() {
  const { ensureEngineVenv } = await import(pathToFileURL(join(root, 'local-aws', 'engine', 'venv.mjs')).href)
  // Checking takes some tenths of a second, installing several seconds: only the latter is worth a word.
  const word = setTimeout(() => process.stderr.write("Installing local AWS's engine into .cache/engine ...\n"), 1000)
  try {
    await ensureEngineVenv()
  } catch (error) {
    throw new SetUpError(error instanceof Error ? error.message : String(error))
  } finally {
    clearTimeout(word)
  }
}

// @ts-check
import { join } from 'node:path'
import { setUp } from '../set-up.mjs'
import { start } from './children.mjs'
import { end, endWithNpm } from './lifetime.mjs'
import { root } from './requirements.mjs'

/**
 * Sets the clone up, then runs one of the project's TypeScript programs on Node 24 until it ends, and ends with its exit code.
 * @param {string} program path below the project
 * @param {readonly string[]} [args]
 */
export async function runTypeScript(program, args = process.argv.slice(2)) {
  endWithNpm()
  try {
    const { node } = await setUp()
    // The channel tells the program when this process is gone.
    const child = start(node, [join(root, program), ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const { code } = await child.ended
    await end(code ?? 1)
  } catch (error) {
    process.stderr.write(`${error instanceof Error && error.name === 'SetUpError' ? error.message : String(error instanceof Error ? error.stack : error)}\n`)
    await end(1)
  }
}

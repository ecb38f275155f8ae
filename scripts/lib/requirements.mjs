// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './children.mjs'

/** The folder of the project, wherever the script was started. */
export const root = join(import.meta.dirname, '..', '..')

/** A requirement that the machine does not meet; the message names the cure. */
export class SetUpError extends Error {
  /** @override */
  name = 'SetUpError'
}

/** Throws unless this very process runs on Node 20 or newer. */
export function checkNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return
  throw new SetUpError(`Node ${process.versions.node} is too old: 20 or newer is needed. Install it from https://nodejs.org and start again.`)
}

/** Prints the version and fails where `venv` or the pip that it installs is missing (Debian ships them apart). */
const probe = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])'

/**
 * Finds a Python that can make virtual environments; the variable PYTHON names one by hand.
 * @returns {Promise<{ command: string, version: string }>} the first that fits, and its version such as `3.12`
 */
export async function findPython() {
  const seen = []
  const named = process.env.PYTHON === undefined ? [] : [process.env.PYTHON]
  for (const command of [...named, 'python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const { code, output } = await run(command, ['-c', probe])
    const version = output.trim()
    if (code === 0 && isAtLeast310(version)) return { command, version }
    if (code !== 127) seen.push(code === 0 ? `${command} is ${version}` : `${command} says: ${lastLine(output)}`)
  }
  throw new SetUpError(
    `Python 3.10 or newer with venv was not found (${seen.join('; ') || 'no python3 in PATH'}).` +
      ' Install it: on Debian and Ubuntu `apt-get install python3 python3-venv`, elsewhere from https://www.python.org.',
  )
}

/** @param {string} version */
function isAtLeast310(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 3 && minor >= 10
}

/** @param {string} output */
const lastLine = (output) => output.trim().split('\n').at(-1) ?? ''

/**
 * Finds the Node that runs the project's TypeScript and the built action: GitHub's runners use 24, too.
 * @returns {string} an absolute path
 */
export function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const installed = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(installed)) return installed
  throw new SetUpError(
    `Node 24 is needed, this is ${process.versions.node}, and the package node-${process.platform}-${process.arch} that carries it is not installed.` +
      ' Run `npm ci --include=optional` (the package exists for Linux on x64 and arm64), or start again with Node 24 from https://nodejs.org.',
  )
}

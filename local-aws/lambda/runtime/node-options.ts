import type { Configuration } from '../configuration.ts'
import { askedRelease, type Interpreter } from './interpreters.ts'

/** Features that Node.js has on by default and Lambda switches off, by the releases for which it does. */
const switchedOff = [
  { feature: 'experimental-require-module', runtimes: [20, 22] },
  { feature: 'experimental-detect-module', runtimes: [22] },
] as const

/**
 * The options with which Lambda starts Node.js: it takes one back where the function's NODE_OPTIONS asks for the feature (developer guide,
 * "Building Lambda functions with Node.js", experimental features). A Node.js that is too old for an option has not got the feature either.
 */
export function nodeOptions({ Runtime = '', Environment }: Configuration, interpreter: Interpreter): readonly string[] {
  if (interpreter.language !== 'node' || !takes(interpreter)) return []
  const release = askedRelease(Runtime)?.release
  const own = (Environment?.Variables['NODE_OPTIONS'] ?? '').split(/\s+/)
  const off = switchedOff.filter(({ feature, runtimes }) => runtimes.some((each) => each === release) && !own.includes(`--${feature}`))
  return off.map(({ feature }) => `--no-${feature}`)
}

/** Node.js knows both options from 20.17 and 22.7 on (Node.js changelogs). */
function takes({ version }: Interpreter): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 7) || (major === 20 && minor >= 17)
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/requirements.mjs'

/** Test files that run together; paths are relative to the project. */
export interface Lane {
  readonly name: string
  readonly files: readonly string[]
  /** What its jest finds in the environment beside the machine's own. */
  readonly environment?: Readonly<Record<string, string>>
}

/** The first lane whose pattern fits takes the file; the last one takes whatever is left, so that no file is forgotten. */
const patterns: readonly (readonly [string, RegExp])[] = [
  ['installs', /\.installs\.test\.ts$|\/installs?\//],
  ['kill matrix', /\/kill[^/]*\.test\.ts$|\/kill\//],
  ['bundle', /^__tests__\/(bundle|examples)\//],
  ['local AWS', /^local-aws\//],
  ['units', /./],
]

/**
 * Run once more before a local AWS without the rules for which there is no evidence: the product must not live from them.
 * Not those that take longer than all others together and only combine what the others do; and not those that are about packages,
 * proxies and signals, whose calls of AWS are those of any deploy.
 */
const documentedOnly =
  /^__tests__\/bundle\/(?!least-privilege|two-runs|requests|cancelled|bad-packages|large-package|layer-sizes|private-index|proxy|start|preview-)/

/** Every test file of the project in its lane, the quickest lane first; `pattern` picks files by their path, as jest does. */
export function lanes(pattern?: RegExp): Lane[] {
  const files = testFiles().filter((file) => pattern === undefined || pattern.test(file))
  const laneOf = (file: string): string | undefined => patterns.find(([, fits]) => fits.test(file))?.[0]
  const all: Lane[] = patterns.map(([name]) => ({ name, files: files.filter((file) => laneOf(file) === name) })).reverse()
  all.push({ name: 'bundle by documented rules', files: files.filter((file) => documentedOnly.test(file)), environment: { LOCAL_AWS_DOCUMENTED_ONLY: 'true' } })
  return all.filter((lane) => lane.files.length > 0)
}

/** Where tests stand: the product's, and each workspace's own. */
const testFolders = ['__tests__', 'local-aws/__tests__']

function testFiles(): string[] {
  const all = testFolders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`))
  return all.filter((path) => path.endsWith('.test.ts')).sort()
}

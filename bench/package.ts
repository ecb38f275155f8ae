import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { measure, median, type Measured } from './package/measure.ts'
import { rebuild, trees, vendored, type Tree } from './package/trees.ts'
import { unchangedRuns } from './package/unpinned.ts'

/**
 * How long a zip takes: ours beside `zip -r -6`, archiver's `directory()`, Python's zipfile and the limit of two cores, each run a fresh
 * process, candidates interleaved, the median of several rounds. V: the whole build of a folder that has its packages beside the handler, checks included.
 * U: the whole action where nothing changed with an unpinned list. `npm run bench -- package [rounds] [S, L, N, V, U or several]`
 */
const root = path.join(import.meta.dirname, '..')
const folder = path.join(root, '.cache', 'bench-package')
const [rounds = '3', names = 'SLNVU'] = process.argv.slice(2)
// The action runs a bundle of plain JavaScript: kept compiled, the sources cost no more to load than that.
process.env['NODE_COMPILE_CACHE'] = path.join(root, '.cache', 'compiled')
const node = (name: string) => (tree: string, zip: string): string[] => [
  process.execPath, path.join(root, 'bench', 'package', 'candidate.ts'), name, tree, zip,
]

const zipCommand = (_tree: string, zip: string): string[] => ['zip', '-r', '-q', '-6', zip, '.']

const candidates: Readonly<Record<string, (tree: string, zip: string) => string[]>> = {
  'ours': node('ours'),
  'ours, public API': node('ours, public API'),
  'zip -r -6': zipCommand,
  'archiver directory()': node('archiver directory()'),
  'Python zipfile': (tree, zip) => ['python3', '-c', pythonZip, tree, zip],
  'deflate on 2 cores': node('deflate on 2 cores'),
  'digest only': node('digest only'),
}

const pythonZip = `
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED, compresslevel=6) as z:
    for folder, _, names in os.walk(sys.argv[1]):
        for name in names: z.write(os.path.join(folder, name), os.path.relpath(os.path.join(folder, name), sys.argv[1]))
`

function measureTree(tree: Tree): void {
  const place = rebuild(tree, folder)
  const results = compared(place, candidates)
  report(tree, results)
}

/** The middle run of each, with the size of what it wrote. */
type Results = ReadonlyMap<string, Measured & { readonly size: number }>

function compared(place: string, among: typeof candidates): Results {
  const zip = path.join(folder, 'out.zip')
  const runs = new Map<string, Measured[]>(Object.keys(among).map((name) => [name, []]))
  const sizes = new Map<string, number>()
  for (let round = 0; round < Number(rounds); round++) {
    for (const [name, command] of Object.entries(among)) {
      rmSync(zip, { force: true })
      runs.get(name)?.push(measure(command(place, zip), place))
      sizes.set(name, statSync(zip, { throwIfNoEntry: false })?.size ?? 0)
    }
  }
  return new Map([...runs].map(([name, measured]) => [name, { ...median(measured), size: sizes.get(name) ?? 0 }]))
}

function measureVendored(): void {
  const place = rebuild(vendored, folder)
  writeFileSync(path.join(place, 'app.py'), 'import boto3, django, requests, scipy\n\n\ndef handler(event, context):\n    return 1\n')
  const results = compared(place, { 'whole build': node('whole build'), 'zip -r -6': zipCommand })
  table(vendored, results)
  target('whole build / zip -r -6', (results.get('whole build')?.wall ?? NaN) / (results.get('zip -r -6')?.wall ?? NaN), 1.5)
}

function table(tree: Tree, results: Results): void {
  console.log(`\n${tree.name}: ${tree.about}`)
  console.log('| | wall s | CPU s | memory MB | zip MB |\n|---|---|---|---|---|')
  for (const [name, { wall: seconds, cpu, memory, size }] of results)
    console.log(`| ${name} | ${seconds.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} | ${(size / 1e6).toFixed(2)} |`)
}

function report(tree: Tree, results: Results): void {
  const wall = (name: string): number => results.get(name)?.wall ?? NaN
  table(tree, results)
  const against = { S: [1, 2.4], L: [1, 2], N: [1.6, Infinity], V: [1.5, Infinity] }[tree.name]
  target('ours / zip -r -6', wall('ours') / wall('zip -r -6'), against[0] as number)
  target('ours / deflate on 2 cores', wall('ours') / wall('deflate on 2 cores'), against[1] as number)
  target('ours, public API / ours', wall('ours, public API') / wall('ours'), Infinity)
  target('digest only / ours', wall('digest only') / wall('ours'), 0.25)
  if (tree.name === 'L') target('peak memory, MB', results.get('ours')?.memory ?? NaN, 240)
}

async function measureUnchanged(): Promise<void> {
  console.log('\nU: nothing changed with an unpinned list (`requests`), warm caches, against local AWS; the second and later runs of dist/')
  const { seconds, writes } = await unchangedRuns(Number(rounds))
  console.log(`seconds: ${seconds.map((each) => each.toFixed(2)).join(', ')}`)
  target('median, s', [...seconds].sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? NaN, 2)
  target('writes', writes, 0)
}

function target(what: string, value: number, limit: number): void {
  console.log(`${what}: ${value.toFixed(2)}${limit === Infinity ? '' : value <= limit ? `, within ${limit}` : `, MISSES ${limit}`}`)
}

mkdirSync(folder, { recursive: true })
for (const tree of trees.filter((candidate) => names.includes(candidate.name))) measureTree(tree)
if (names.includes('V')) measureVendored()
if (names.includes('U')) await measureUnchanged()
// Local AWS ends with this process.
process.exit()

import { mkdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { measure, median, type Measured } from './package/measure.ts'
import { rebuild, trees, type Tree } from './package/trees.ts'
import { unchangedRuns } from './package/unpinned.ts'

/**
 * How long a zip takes: ours beside `zip -r -6`, archiver's `directory()`, Python's zipfile and the limit of two cores, each run a fresh
 * process, candidates interleaved, the median of several rounds. Then U: the whole action where nothing changed with an unpinned list.
 * `npm run bench -- package [rounds] [S, L, N, U or several]`
 */
const root = path.join(import.meta.dirname, '..')
const folder = path.join(root, '.cache', 'bench-package')
const [rounds = '3', names = 'SLNU'] = process.argv.slice(2)
// The action runs a bundle of plain JavaScript: kept compiled, the sources cost no more to load than that.
process.env['NODE_COMPILE_CACHE'] = path.join(root, '.cache', 'compiled')
const node = (name: string) => (tree: string, zip: string): string[] => [
  process.execPath, path.join(root, 'bench', 'package', 'candidate.ts'), name, tree, zip,
]

const candidates: Readonly<Record<string, (tree: string, zip: string) => string[]>> = {
  'ours': node('ours'),
  'ours, public API': node('ours, public API'),
  'zip -r -6': (_tree, zip) => ['zip', '-r', '-q', '-6', zip, '.'],
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
  const zip = path.join(folder, 'out.zip')
  const runs = new Map<string, Measured[]>(Object.keys(candidates).map((name) => [name, []]))
  const sizes = new Map<string, number>()
  for (let round = 0; round < Number(rounds); round++) {
    for (const [name, command] of Object.entries(candidates)) {
      rmSync(zip, { force: true })
      runs.get(name)?.push(measure(command(place, zip), place))
      sizes.set(name, statSync(zip, { throwIfNoEntry: false })?.size ?? 0)
    }
  }
  report(tree, new Map([...runs].map(([name, measured]) => [name, median(measured)])), sizes)
}

function report(tree: Tree, results: ReadonlyMap<string, Measured>, sizes: ReadonlyMap<string, number>): void {
  const wall = (name: string): number => results.get(name)?.wall ?? NaN
  console.log(`\n${tree.name}: ${tree.about}`)
  console.log('| | wall s | CPU s | memory MB | zip MB |\n|---|---|---|---|---|')
  for (const [name, { wall: seconds, cpu, memory }] of results) {
    console.log(`| ${name} | ${seconds.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} | `
      + `${((sizes.get(name) ?? 0) / 1e6).toFixed(2)} |`)
  }
  const against = { S: [1, 2.4], L: [1, 2], N: [1.6, Infinity] }[tree.name]
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
if (names.includes('U')) await measureUnchanged()
// Local AWS ends with this process.
process.exit()

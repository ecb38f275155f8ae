import { execFileSync } from 'node:child_process'
import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import { Diagnostics } from '../../src/diagnostics.ts'
import { entryBytes, type Entry } from '../../src/package/tree/entry.ts'
import type { CodeSpec } from '../../src/service/service.ts'
import { readTree } from '../../src/package/tree/tree.ts'
import { walk } from '../../src/package/tree/walk.ts'

/** Run as a process of its own: `candidate.ts <name> <tree> <zip>`. What one candidate needs is loaded for it alone, as in the action. */
const candidates: Readonly<Record<string, (tree: string, zip: string) => Promise<void>>> = {
  async ours(tree, zip) {
    const { writeZip } = await import('../../src/package/zip/write.ts')
    await writeZip(zip, entriesOf(tree))
  },
  /** The same entries through archiver's documented API alone: what the replaced method in zip/engine.ts saves. */
  async 'ours, public API'(tree, zip) {
    const { writeZip } = await import('../../src/package/zip/write.ts')
    await writeZip(zip, entriesOf(tree), 'public')
  },
  async 'archiver directory()'(tree, zip) {
    const { ZipArchive } = await import('archiver')
    const archive = new ZipArchive({ zlib: { level: 6 } })
    const out = createWriteStream(zip)
    archive.pipe(out)
    archive.directory(tree, false)
    await archive.finalize()
    await finished(out)
  },
  /** All that the action does with a folder: checks, digest, checks of the package, zip. */
  async 'whole build'(tree, zip) {
    const { buildPackage, checkSources, digestInputs, openSources } = await import('../../src/package/index.ts')
    const { silent } = await import('../../src/progress.ts')
    const [cacheDir, env] = [`${zip}.cache`, process.env]
    const sources = openSources({ env, cacheDir })
    const options = { functionName: 'bench', layers: [], cacheDir, workDir: cacheDir, progress: silent, env, sources }
    const minor = execFileSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }).trim()
    const runtime = `python3.${minor}`
    const code: CodeSpec = {
      source: tree, base: tree, handler: 'app.handler', runtime, architecture: 'x86_64', include: [], exclude: [], places: {},
    }
    const diagnostics = new Diagnostics()
    await checkSources([{ name: 'bench', code, settings: { layers: [] } }], options, diagnostics)
    if (diagnostics.errors.length > 0) throw new Error(diagnostics.errors.map(({ what }) => what).join('\n'))
    renameSync((await buildPackage(code, await digestInputs(code, options), options)).path, zip)
    rmSync(cacheDir, { recursive: true })
  },
  async 'digest only'(tree) {
    readTree(tree, { rules: [], never: [], workspace: tree, keepLinks: true }, { keeps: () => false })
  },
  /** What no zip on two cores can beat: all bytes deflated at level 6, read before. Prints its own seconds, without reading. */
  async 'deflate on 2 cores'(tree) {
    const buffers = entriesOf(tree).map((entry) => entryBytes(entry)).sort((a, b) => b.length - a.length)
    const halves: Buffer[][] = [[], []]
    const loads = [0, 0]
    for (const bytes of buffers) {
      const lighter = (loads[0] as number) <= (loads[1] as number) ? 0 : 1
      halves[lighter]?.push(bytes)
      loads[lighter] = (loads[lighter] as number) + bytes.length
    }
    const source = 'const { parentPort, workerData } = require("node:worker_threads"); const { deflateRawSync } = '
      + 'require("node:zlib"); parentPort.once("message", () => { const start = performance.now(); for (const bytes of '
        + 'workerData) if (bytes.length > 0) deflateRawSync(bytes, { level: 6 }); parentPort.postMessage(performance.now() - '
          + 'start) }); parentPort.postMessage("ready")'
    const workers = halves.map((workerData) => new Worker(source, { eval: true, workerData }))
    await Promise.all(workers.map((worker) => message(worker)))
    const spent = await Promise.all(workers.map((worker) => {
      worker.postMessage('go')
      return message(worker)
    }))
    process.stdout.write(JSON.stringify({ wall: Math.max(...spent.map(Number)) / 1000 }))
    await Promise.all(workers.map((worker) => worker.terminate()))
  },
}

function entriesOf(tree: string): readonly Entry[] {
  return walk(tree, { rules: [], never: [], workspace: tree, keepLinks: true, owner: '', diagnostics: new Diagnostics() })
}

function message(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

const [name = '', tree = '', zip = ''] = process.argv.slice(2)
await candidates[name]?.(tree, zip)

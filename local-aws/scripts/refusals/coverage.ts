import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Site } from './sites.ts'

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

/** What V8 writes under NODE_V8_COVERAGE (V8's inspector protocol, Profiler.ScriptCoverage): one file a process. */
interface Report {
  readonly result: readonly { readonly url: string; readonly functions: readonly { readonly ranges: readonly Range[] }[] }[]
}

/** Says of a place whether any of the processes that wrote into `folder` ran through it. */
export function readCoverage(folder: string): (file: string, offset: number) => boolean {
  const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report)
  const scripts = reports.flatMap(({ result }) => result.filter(({ url }) => url.startsWith('file:')))
  const byFile = new Map<string, (readonly Range[])[]>()
  for (const { url, functions } of scripts) {
    const file = fileURLToPath(url)
    byFile.set(file, [...(byFile.get(file) ?? []), functions.flatMap(({ ranges }) => ranges)])
  }
  return (file, offset) => (byFile.get(file) ?? []).some((ranges) => countAt(ranges, offset) > 0)
}

/** Ranges nest, and the innermost one tells how often the place was run. */
function countAt(ranges: readonly Range[], offset: number): number {
  const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)
  const innermost = around.reduce<Range | undefined>((least, range) => (least === undefined || width(range) <= width(least) ? range : least), undefined)
  return innermost?.count ?? 0
}

const width = ({ startOffset, endOffset }: Range): number => endOffset - startOffset

/** The sites that no process ran through. */
export function unreached(sites: readonly Site[], root: string, folder: string): Site[] {
  const isReached = readCoverage(folder)
  return sites.filter(({ path, offset }) => !isReached(join(root, path), offset))
}

import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { CodeSpec } from '../service/service.ts'
import { largestOf } from './inspect/largest.ts'
import type { InputDigest, Package, PackageOptions } from './types.ts'
import { readZip } from './zip/read.ts'

/** A zip that the user made: taken as it is, checked like our own. */
export async function buildPrebuilt(code: CodeSpec, inputs: InputDigest, options: PackageOptions): Promise<Package> {
  const source = code.package ?? ''
  const place = path.join(options.workDir, `${options.functionName}.zip`)
  const bytes = readFileSync(source)
  const entries = readZip(bytes, source)
  mkdirSync(options.workDir, { recursive: true })
  copyFileSync(source, place)
  return {
    path: place, sha256: createHash('sha256').update(bytes).digest('base64'), size: bytes.length, unzippedSize: entries.reduce((sum, entry) => sum + entry.size, 0),
    files: entries.length, inputDigest: inputs.digest, largest: largestOf(entries), resolved: [], reused: false,
  }
}

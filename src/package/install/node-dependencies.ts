import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { DependencySource } from '../types.ts'

/** Hex digest over the lock, the package.json files beside it and of the app, and what decides for which target they are installed. */
export function digestNodeInputs(source: DependencySource, project: string): string {
  const root = path.dirname(source.file)
  const hash = createHash('sha256').update(`${source.kind}\0${path.relative(root, project)}\n`)
  for (const file of [source.file, path.join(root, 'package.json'), path.join(project, 'package.json'), path.join(root, '.npmrc')]) {
    if (existsSync(file)) hash.update(readFileSync(file, 'utf8').replace(/\r\n/g, '\n')).update('\0')
  }
  return hash.digest('hex')
}

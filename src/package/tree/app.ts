import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { isInside } from '../../paths.ts'
import type { CodeSpec } from '../../service/service.ts'
import type { Env } from '../env.ts'
import type { Runtime } from '../runtimes.ts'
import { defaultExcludes, nodeExcludes, nodeLists, pythonExcludes, pythonLists } from './defaults.ts'
import { compileRules, includeRules, type Rule } from './ignore.ts'

/** Patterns that begin with one of these speak of the dependencies, not of the app's own files. */
const dependencyPrefix = /^!?\/?(?:site-packages|node_modules)\//

/** The rules for the app's files, the later ones stronger. */
export function appRules(code: CodeSpec, family: Runtime['family']): readonly Rule[] {
  const defaults = { python: [...pythonExcludes, ...pythonLists], node: [...nodeExcludes, ...nodeLists], other: [] }[family]
  const ignoreFile = path.join(code.source, '.lambdaignore')
  const ignored = isFile(ignoreFile) ? readFileSync(ignoreFile, 'utf8').split(/\r?\n/) : []
  const own = (line: string): boolean => !dependencyPrefix.test(line)
  return [
    ...compileRules([...defaultExcludes, ...defaults]),
    ...compileRules([...ignored, ...code.exclude].filter(own)),
    ...includeRules(code.include.filter(own)),
  ]
}

/** The rules for the dependencies' files: only what the user says of them, behind `site-packages/` or `node_modules/`. */
export function dependencyRules(code: Pick<CodeSpec, 'exclude' | 'include'>): readonly Rule[] {
  const theirs = (lines: readonly string[]): string[] =>
    lines.filter((line) => dependencyPrefix.test(line)).map((line) => line.replace(/^(!?)\/?site-packages\//, '$1/')
      .replace(/^(!?)\/?node_modules\//, '$1/node_modules/'))
  return [...compileRules(theirs(code.exclude)), ...includeRules(theirs(code.include))]
}

/** The checked-out repository: the runner names it, else it is the nearest folder with `.git`, else the source itself. */
export function workspaceOf(source: string, env: Env): string {
  const named = env['GITHUB_WORKSPACE']
  if (named !== undefined && named !== '' && isInside(named, source)) return named
  for (let folder = source; path.dirname(folder) !== folder; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder
  }
  return source
}

/** A pipe of that name would be waited for, for ever; it and a folder are told where the tree is walked. */
function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { isInside } from '../../paths.ts'

/** Where a Python package says how it is built. */
const settings = ['pyproject.toml', 'setup.cfg', 'setup.py', 'MANIFEST.in', 'Cargo.toml']

/** Tools that make a version out of git's tags. */
const byTags = new RegExp([
  'setuptools[_-]scm|setuptools-git-versioning|hatch-vcs|hatch[_-]vcs|versioningit|versioneer|dunamai|dynamic-versioning|\\bpbr\\b',
  'source\\s*=\\s*["\'](?:vcs|scm)["\']',
].join('|'), 'i')

/**
 * The files and folders outside of a package's folder that its build reads, as far as its settings name them: `../VERSION`,
 * `'..', 'VERSION'`, `.parent.parent / 'VERSION'`. What a setup.py computes in other ways is not found.
 */
export function namedOutside(folder: string): readonly string[] {
  const found = settingsOf(folder).flatMap((text) => [
    // Parts of a path that are joined count as one path.
    ...[...text.replace(/["']\s*[,/]\s*["']/g, '/').matchAll(/(?:\.\.\/)+[\w@.+-]+(?:\/[\w@.+-]+)*/g)].map(([way]) => way),
    ...[...text.matchAll(/((?:\.parent)+)\s*\/\s*["']([^"']+)["']/g)]
      .map(([, ups = '', name = '']) => '../'.repeat(ups.split('.parent').length - 2) + name),
    ...[...text.matchAll(/\.parents\[(\d+)\]\s*\/\s*["']([^"']+)["']/g)].map(([, ups = '', name = '']) => '../'.repeat(Number(ups)) + name),
  ])
  const places = found.map((way) => path.resolve(folder, way)).filter((place) => !isInside(folder, place) && !isInside(place, folder))
  return [...new Set(places)].filter((place) => existsSync(place)).sort()
}

/** The state of the repository that a version out of git's tags is made of; empty where no tool asks for it, or git does not tell. */
export function gitState(folder: string): string {
  if (!settingsOf(folder).some((text) => byTags.test(text))) return ''
  const told = spawnSync('git', ['describe', '--tags', '--always', '--long', '--dirty'], {
    cwd: folder, encoding: 'utf8', env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  })
  return told.status === 0 ? told.stdout.trim() : ''
}

function settingsOf(folder: string): readonly string[] {
  return settings.map((name) => path.join(folder, name)).filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .map((file) => readFileSync(file, 'utf8'))
}

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../../diagnostics.ts'
import type { CodeSpec } from '../../service/service.ts'
import type { Entry } from '../tree/entry.ts'
import { compileRules, lastMatch } from '../tree/ignore.ts'

/**
 * What somebody's work leaves behind and no build makes on purpose. Being ignored by git is not enough to be warned of: build output
 * (`dist/`, generated clients, compiled extensions) is ignored as a rule, and must ship.
 */
const folders = /(?:^|\/)(?:logs|tmp|\.cache|coverage|\.nyc_output|\.ipynb_checkpoints)\//
const names = new RegExp(`(?:${[
  '\\.(?:log|pid|bak|orig|dump|sqlite3?|db|db-journal|tfvars|local)|\\.local\\.[^/]*',
  '(?:^|/)(?:local_settings\\.py|\\.envrc|coverage\\.xml)',
  '(?:secret|credential)[^/]*\\.(?:json|ya?ml|toml|ini|cfg|txt)',
].join('|')})$`, 'i')
const shown = 10

/**
 * Warns of files that git ignores, that look like local state, and that would ship. An `include` line that matches one says that it is
 * meant. git is asked only where there is such a name and the source lies in a work tree.
 */
export function checkLocalState(code: CodeSpec, app: readonly Pick<Entry, 'path'>[], diagnostics: Diagnostics): void {
  const meant = compileRules(code.include)
  const environments = app.filter((entry) => entry.path.endsWith('/pyvenv.cfg')).map((entry) => path.posix.dirname(entry.path))
  const files = app.map((entry) => entry.path).filter((file) => (folders.test(file)
    || names.test(file)) && !environments.some((folder) => file.startsWith(`${folder}/`)))
  const candidates = [...environments.map((folder) => `${folder}/`), ...files].filter((candidate) => !matches(meant, candidate
    .replace(/\/$/, '')))
  if (candidates.length === 0 || !inWorkTree(code.source)) return
  const ignored = ignoredByGit(candidates, code.source)
  if (ignored.length === 0) return
  const subject = ignored.length === 1 ? 'A file that git ignores and that looks' : `${ignored.length} files that git ignores and that look`
  const more = ignored.length > shown ? `, and ${ignored.length - shown} more` : ''
  diagnostics.warning({
    what: `${subject} like local state would ship: ${ignored.slice(0, shown).join(', ')}${more}.`,
    why: 'Everything in the source folder ships, whatever .gitignore says, because build output is often ignored.',
    cure: 'Add them to .lambdaignore or `exclude`; where they are meant, an `include` line that matches them ends this warning.',
    docs: 'packaging.md#what-ships',
  })
}

/** Whether a path, or a folder above it, is matched. */
function matches(rules: ReturnType<typeof compileRules>, file: string): boolean {
  const parts = file.split('/')
  return parts.some((_, index) => lastMatch(rules, {
    path: parts.slice(0, index + 1).join('/'), directory: index < parts.length - 1,
  }, -1) >= 0)
}

function inWorkTree(folder: string): boolean {
  return existsSync(path.join(folder, '.git')) || (path.dirname(folder) !== folder && inWorkTree(path.dirname(folder)))
}

/** Those of the paths that git ignores; files that are committed all the same are none. No git, or one that refuses: none. */
function ignoredByGit(candidates: readonly string[], source: string): string[] {
  const asked = spawnSync('git', ['check-ignore', '-z', '--stdin'], {
    cwd: source, input: candidates.join('\0'), encoding: 'utf8', timeout: 10_000, maxBuffer: 64 * 1024 * 1024,
  })
  return asked.status === 0 ? asked.stdout.split('\0').filter((file) => file !== '') : []
}

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Env } from '../env.ts'

/** Where pip looks for its settings, the weakest first (https://pip.pypa.io/en/stable/topics/configuration/#location). */
export function pipConfigFiles(env: Env): readonly string[] {
  const named = env['PIP_CONFIG_FILE']
  if (named === '/dev/null') return []
  const home = env['HOME'] ?? '/'
  const shared = (env['XDG_CONFIG_DIRS'] ?? '/etc/xdg').split(':').map((folder) => path.join(folder, 'pip', 'pip.conf'))
  return [
    ...shared, '/etc/pip.conf', path.join(home, '.pip', 'pip.conf'),
    path.join(env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'pip', 'pip.conf'),
    ...(named === undefined ? [] : [named]),
  ]
}

/** What pip's files say for installs, by option (`extra-index-url`); lines of one value are joined by spaces. The later file wins. */
export function readPipConfig(env: Env): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const file of pipConfigFiles(env).filter((candidate) => existsSync(candidate))) {
    const sections = sectionsOf(readFileSync(file, 'utf8'))
    // A command's own section is stronger than the one for all commands.
    for (const name of ['global', 'install']) for (const [key, value] of sections.get(name) ?? []) values.set(key, value)
  }
  return values
}

/** Python's configparser, as far as pip uses it: `key = value` or `key: value`, and indented lines that go on with the value. */
function sectionsOf(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let [section, key] = [new Map<string, string>(), '']
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\[(.+)\]\s*$/.exec(line)?.[1]
    const pair = /^([^\s=:#;][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line)
    if (heading !== undefined) sections.set(heading, section = sections.get(heading) ?? new Map<string, string>())
    else if (pair !== null) section.set(key = (pair[1] as string).toLowerCase().replaceAll('_', '-'), pair[2] as string)
    else if (/^\s+[^\s#;]/.test(line) && key !== '') section.set(key, `${section.get(key) ?? ''} ${line.trim()}`.trim())
  }
  return sections
}

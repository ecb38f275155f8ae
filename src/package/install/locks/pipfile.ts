import type { Env } from '../../env.ts'
import { lockedPath } from '../local-path.ts'
import type { LocalRequirement, Wanted } from '../requirements.ts'
import { readJson } from './parse.ts'
import { recordedOptions } from './recorded-indexes.ts'
import { repositoryLine } from './repository.ts'

interface Locked {
  readonly version?: string
  readonly hashes?: readonly string[]
  readonly markers?: string
  readonly path?: string
  readonly file?: string
  readonly git?: string
  readonly ref?: string
  readonly subdirectory?: string
  readonly extras?: readonly string[]
}

interface Lock {
  readonly _meta?: { readonly sources?: readonly { readonly url?: string, readonly name?: string }[] }
  readonly default?: Readonly<Record<string, Locked>>
}

/** Pipfile.lock: the packages of `default`, hashes kept; its sources become index options. */
export function readPipfileLock(file: string, env: Env): Wanted {
  const lock = readJson(file, 'Run `pipenv lock` and commit the lock file.') as Lock
  const wanted = { lines: [] as string[], locals: [] as LocalRequirement[], repositories: [] as string[] }
  for (const [name, locked] of Object.entries(lock.default ?? {})) {
    const marker = locked.markers ?? ''
    const extras = locked.extras === undefined ? '' : `[${locked.extras.join(',')}]`
    const local = locked.path ?? (locked.file === undefined || /^(?!file:)[a-z+]+:\/\//.test(locked.file) ? undefined : locked.file)
    if (local !== undefined) wanted.locals.push({ path: lockedPath(local, file), extras, marker })
    else if (locked.git !== undefined) wanted.repositories.push(repositoryLine({
      name, kind: 'git', url: locked.git, revision: locked.ref ?? '', subdirectory: locked.subdirectory,
    }))
    else {
      const what = locked.file === undefined ? `${name}${extras}${locked.version ?? ''}` : `${name} @ ${locked.file}`
      wanted.lines.push(`${what}${marker === '' ? '' : ` ; ${marker}`}${(locked.hashes ?? []).map((hash) => ` --hash=${hash}`).join('')}`)
    }
  }
  const sources = (lock._meta?.sources ?? []).map(({ url = '', name }) => ({ url, name }))
  return {
    ...wanted, constraints: [], options: recordedOptions(sources, env), buildable: [], files: [file],
    hashed: wanted.lines.every((line) => line.includes('--hash')),
  }
}

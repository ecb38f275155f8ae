import type { SyntaxNode } from '@lezer/common'
import type { ImportedModule } from './python-names.ts'

/** A call that fails where the package has no metadata of a distribution. */
export interface MetadataQuery {
  /** As it is called: `version`, `metadata.version`. */
  readonly callee: string
  readonly distribution: string
  /** From 1. */
  readonly line: number
  /** As of an import. */
  readonly when: 'always' | 'sometimes' | 'tried' | 'never'
}

const asking = new RegExp([
  '^(?:(?:importlib\\.|importlib_)?metadata\\.)?(?:version|distribution|metadata|requires|files)$', '^pkg_resources\\.get_distribution$',
].join('|'))

/** What a call asks for, where it may be such a call and names one distribution. */
export function queryIn(call: SyntaxNode, text: string): Pick<MetadataQuery, 'callee' | 'distribution'> | undefined {
  const [callee, list] = [call.firstChild, call.getChild('ArgList')]
  if (callee === null || list === null || callee.to - callee.from > 40) return undefined
  const name = text.slice(callee.from, callee.to)
  const distribution = /^\(\s*(['"])([A-Za-z0-9._-]+)\1\s*\)$/.exec(text.slice(list.from, Math.min(list.to, list.from + 200)))?.[2]
  return distribution === undefined || !asking.test(name) ? undefined : { callee: name, distribution }
}

/** Whether the file has the name from where it means that. */
export function isOfMetadata({ callee }: MetadataQuery, imports: readonly ImportedModule[]): boolean {
  const parts = callee.split('.')
  const from = (module: string, name: string): boolean => imports.some((each) => each.module === module && each.names.includes(name))
  const plain = (module: string): boolean => imports.some((each) => each.module === module && each.names.length === 0)
  if (parts.length === 1) return ['importlib.metadata', 'importlib_metadata'].some((module) => from(module, callee))
  if (callee.startsWith('metadata.')) return from('importlib', 'metadata')
  return plain(parts.slice(0, -1).join('.'))
}

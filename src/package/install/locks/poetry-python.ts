/**
 * Poetry's constraint on Python (`^3.8`, `~3.10`, `>=3.8,<3.11 || 3.13.*`; https://python-poetry.org/docs/dependency-specification/)
 * as a marker; `''` for any Python.
 */
export function pythonMarker(constraint: string): string {
  const alternatives = constraint.split(/\s*\|\|?\s*/).map((part) =>
    part
      .split(/\s*,\s*|\s+(?=[<>=!~^])/)
      .filter((each) => each !== '')
      .flatMap(comparisons)
      .join(' and '),
  )
  if (alternatives.some((alternative) => alternative === '')) return ''
  return alternatives.length === 1 ? alternatives[0] as string : alternatives.map((alternative) => `(${alternative})`).join(' or ')
}

function comparisons(single: string): string[] {
  const [, operator = '', version = ''] = /^(\^|~=?|[<>=!]=?=?)?\s*(.+)$/.exec(single) ?? []
  if (version === '*') return []
  if (version.endsWith('.*')) {
    const bare = version.slice(0, -2)
    return operator.startsWith('!') ? [`python_version != "${bare}"`] : range(bare, bare.includes('.') ? 1 : 0)
  }
  if (operator === '^') return range(version, 0)
  if (operator === '~') return range(version, version.includes('.') ? 1 : 0)
  return [compare(operator === '' ? '==' : operator, version)]
}

/** From a version up to, and without, the next one at that place. */
function range(version: string, place: number): string[] {
  const parts = version.split('.').slice(0, place + 1)
  const next = [...parts.slice(0, place), String(Number(parts[place]) + 1)].join('.')
  return [compare('>=', version), compare('<', next)]
}

/** `python_version` has two numbers; a third one is in `python_full_version`. */
function compare(operator: string, version: string): string {
  return `${version.split('.').length > 2 ? 'python_full_version' : 'python_version'} ${operator} "${version}"`
}

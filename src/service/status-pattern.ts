/** Values of `$context` variables that have a form of their own; any other may hold anything, a caller's own words, too. */
const forms: Readonly<Record<string, string>> = {
  status: '(\\d{3}|-)',
  protocol: '(?:[A-Z]+/[\\d.]+|-)',
  httpMethod: '[A-Z-]+',
  requestId: '[\\w-]+',
  extendedRequestId: '[\\w=+/-]+',
  responseLength: '[\\d-]+',
  responseLatency: '[\\d-]+',
  integrationLatency: '[\\d-]+',
  'integration.status': '[\\d-]+',
}

const variable = /\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g

/**
 * What finds the status in a line of an access log of this format, as its first group; undefined where the format does not have it.
 * The whole line is matched, so that nothing that a caller sends is taken for it.
 */
export function statusPattern(format: string): RegExp | undefined {
  const names = [...format.matchAll(variable)].map(([, name = '']) => name)
  if (!names.includes('status')) return undefined
  const texts = format.replace(/\r?\n$/, '').split(/\$context\.[A-Za-z]+(?:\.[A-Za-z]+)*/).map(literally)
  const first = names.indexOf('status')
  const parts = texts.flatMap((text, index) => {
    const name = names[index]
    if (name === undefined) return [text]
    const form = forms[name] ?? '.*?'
    // A status that is written twice is read once.
    return [text, name === 'status' && index !== first ? '(?:\\d{3}|-)' : form]
  })
  return new RegExp(`^${parts.join('')}$`, 's')
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

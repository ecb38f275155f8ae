import type { Counts } from './count.ts'

const start = '<!-- conformance:start -->'
const end = '<!-- conformance:end -->'

/** The counts as a section in Markdown. */
export function section({ operations, differing, uncovered }: Counts): string {
  const sum = (key: 'recorded' | 'covered' | 'agreeing'): number => operations.reduce((total, each) => total + each[key], 0)
  const share = (part: number): string => `${((100 * part) / Math.max(1, sum('recorded'))).toFixed(1)} %`
  return [
    `Of the ${sum('recorded')} recorded answers of the operations that \`src/\` calls, ${sum('covered')} (${share(sum('covered'))}) are covered by a row, and in ${sum('agreeing')} (${share(sum('agreeing'))}) local AWS agrees.`,
    '',
    '| operation | recorded | covered | agreeing |',
    '|---|---|---|---|',
    ...operations.map(({ operation, recorded, covered, agreeing }) => `| ${operation} | ${recorded} | ${covered} | ${agreeing} |`),
    '',
    'Where local AWS differs, and why:',
    '',
    ...grouped(differing.map(({ source, call, reason }) => ({ key: reason, value: `${call} (${shortened(source)})` }))),
    '',
    'What no row covers, and why:',
    '',
    ...grouped(uncovered.map(({ source, operation, reason }) => ({ key: reason, value: `${operation} (${shortened(source)})` }))),
  ].join('\n')
}

/** The page with its section between the markers made anew; the markers are added at the end where there are none. */
export function withSection(page: string, text: string): string {
  const block = `${start}\n${text}\n${end}`
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from === -1 || to === -1) return `${page.trimEnd()}\n\n## How true it is\n\n${block}\n`
  return page.slice(0, from) + block + page.slice(to + end.length)
}

function grouped(items: readonly { readonly key: string; readonly value: string }[]): string[] {
  const keys = [...new Set(items.map(({ key }) => key))]
  return keys.map((key) => `- ${key}: ${items.filter((item) => item.key === key).map(({ value }) => value).join(', ')}`)
}

const shortened = (source: string): string => `\`${source.replace(/^test_/, '').replace(/::Test\w+::/, '::')}\``

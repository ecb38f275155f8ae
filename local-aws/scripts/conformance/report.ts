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
    ...nested(differing.map(({ source, call, reason }) => ({ reason, source, operation: call }))),
    '',
    'What no row covers, and why:',
    '',
    ...nested(uncovered),
  ].join('\n')
}

/** The page with its section between the markers made anew; the markers are added at the end where there are none. */
export function withSection(page: string, text: string): string {
  const block = `${start}\n${text}\n${end}`
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from === -1 || to === -1) return `${page.trimEnd()}\n\n## How true it is\n\n${block}\n`
  return page.slice(0, from) + block + page.slice(to + end.length)
}

interface Answer {
  readonly reason: string
  /** `file::Class::test row` */
  readonly source: string
  readonly operation: string
}

/** A list of reasons, below each the recorded tests, and in a line with each test its answers. */
function nested(answers: readonly Answer[]): string[] {
  return grouped(answers, ({ reason }) => reason).flatMap(([reason, ofReason]) => [
    `- ${reason} (${ofReason.length})`,
    ...grouped(ofReason, ({ source }) => source.split(' ')[0] ?? '').map(([test, ofTest]) => `  - ${shortened(test)}: ${ofTest.map(answerIn).join(', ')}`),
  ])
}

function grouped(answers: readonly Answer[], key: (answer: Answer) => string): (readonly [string, readonly Answer[]])[] {
  return [...new Set(answers.map(key))].map((name) => [name, answers.filter((answer) => key(answer) === name)] as const)
}

const answerIn = ({ operation, source }: Answer): string => `${operation} \`${source.split(' ').slice(1).join(' ')}\``

const shortened = (test: string): string => `\`${test.replace(/^test_/, '').replace(/::Test\w+::/, '::')}\``

import { statusText, type Answer, type Expectation } from './smoke-test.ts'

/** So much of an answer is shown. */
const shownCharacters = 400

/** What an answer lacks, each in a few words: `status 200 was expected, and it is 500`. None where it is as expected. */
export function shortcomings({ status, text, pattern, json, within }: Expectation, answer: Answer): string[] {
  const isStatus = status.some(({ from, to }) => answer.status >= from && answer.status <= to)
  const differing = json === undefined ? undefined : difference(json, parsed(answer.body), '')
  return [
    ...(isStatus ? [] : [`status ${statusText(status)} was expected, and it is ${answer.status}`]),
    ...(text === undefined || answer.body.includes(text) ? [] : [`the text ${JSON.stringify(text)} is not in it`]),
    ...(pattern === undefined || pattern.test(answer.body) ? [] : [`nothing in it matches ${String(pattern)}`]),
    ...(differing === undefined ? [] : [differing]),
    ...(within === undefined || answer.took <= within ? [] : [tooSlow(within, answer)]),
  ]
}

/** Whether an answer comes too late and is right otherwise. */
export function isOnlyLate(expected: Expectation, answer: Answer): boolean {
  return shortcomings(expected, answer).length > 0 && shortcomings(expected, { ...answer, took: 0 }).length === 0
}

/** An answer for a reader: `500 in 35 ms: {"message": …}`, without what is secret. */
export function answerText({ status, body, took, reason }: Answer, secrets: readonly string[]): string {
  const text = withoutSecrets(body, secrets).replace(/\s+/g, ' ').trim()
  const cut = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}… (${text.length} characters)` : text
  return `${status} in ${Math.round(took)} ms${reason === undefined ? '' : `, because ${reason}`}${cut === '' ? '' : `: ${cut}`}`
}

/** A text with every secret in it replaced, as it is and as JSON writes it. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const spellings = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]).filter((each) => each !== '')
  return spellings.sort((a, b) => b.length - a.length).reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
}

function tooSlow(within: number, { took }: Answer): string {
  return `an answer within ${within} ms was expected, and it took ${Math.round(took)} ms`
}

/** Where a JSON value first lacks what is expected of it: objects may have more members, lists must be as long. */
function difference(expected: unknown, actual: unknown, path: string): string | undefined {
  if (typeof expected !== 'object' || expected === null) {
    return expected === actual ? undefined : `${path === '' ? 'its JSON' : path} should be ${shown(expected)}, and is ${shown(actual)}`
  }
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) {
    const found = Array.isArray(actual) ? `a list of ${actual.length}` : shown(actual)
    return `${path === '' ? 'its JSON' : path} should be a list of ${expected.length}, and is ${found}`
  }
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) {
    return `${path === '' ? 'its JSON' : path} should be an object, and is ${shown(actual)}`
  }
  const entries = Object.entries(expected).map(([key, value]) => {
    const below = Array.isArray(expected) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    return difference(value, Object.hasOwn(actual, key) ? (actual as Readonly<Record<string, unknown>>)[key] : undefined, below)
  })
  return entries.find((each) => each !== undefined)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

import { describe, expect, test } from '@jest/globals'
import type { Diagnostic } from '../../src/diagnostics.ts'
import { tables } from '../../src/config/settings/tables.ts'
import { errorsOf, runner, shortForm, type Source } from './support.ts'
import { pullRequest } from '../readme/workflow.ts'

/** What people write who guess, who come from another tool, or whose finger slips. */
const wrong = [
  'abc', '12', '-1', '0', '9999999', 'true', 'True', 'yes', 'off', 'none', 'never', 'enabled', 'a b', 'UPPER', '10 GB', '1 parsec', '5m', '1.5', '50%',
  'arn:aws:iam::123456789012:user/x', 'arn:aws:lambda:us-east-1:123456789012:layer:x:1', '/', '..', '../x', 'x'.repeat(600), 'Active', 'passthrough',
  'JSON', 'amd64', 'aarch64', 'python3', 'python2.7', 'node 12', 'py3.13', 'nodejs22', 'app:handler', 'app.py:main', 'text/plain', 'GET /x', 'get /x/:id',
  'a;b', '1111-2222-3333', 'EU-WEST-1', 'eu-west-1b', '$context.status', 'regional', 'private', 'delete', 'dry-run', 'http://x', 'x@y', 'später',
] as const
/** The same in the file, where YAML has more to offer than text. */
const wrongInFile = [
  ...wrong.map((each) => (/^[\w./ -]+$/.test(each) ? each : JSON.stringify(each))), '', '~', '""', '[abc]', '[1, 2]', '[]', '{ a: b }', '{}', '[{ a: 1 }]',
  '2024-01-01', '0x10', '1e3', '.5', '[true]', '"12"', '"true"',
]

/** Settings that only make sense beside others. */
const beside: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'vpc-subnet-ids': { 'vpc-security-group-ids': 'sg-1' }, 'vpc-security-group-ids': { 'vpc-subnet-ids': 'subnet-1' }, 'adopt-routes': { 'api-id': 'a1b2c3d4e5' },
  'from-stage': { command: 'promote', stage: 'dev' }, command: { confirm: 'greeting' }, to: { command: 'rollback' }, 'bake-time': { 'canary-percent': '10' }, alarms: { 'canary-percent': '10' },
  confirm: { command: 'destroy' }, 'max-age': { command: 'sweep' }, 'dry-run': { command: 'sweep' }, 'github-token': {}, force: { command: 'deploy' },
}

/** What is no thing to write: somebody has to look, or to choose. */
const toDo = [
  /^Check the path, and that actions\/checkout runs/, /^Name a path inside the workspace\./, /^Name a version of the layer that lies in/, /^Give the input confirm: \w+\.$/,
  /^Name the stage whose release/, /^Run aws-actions\/configure-aws-credentials/, /^Move large values into/, /^Take one of the two/,
]

/** What a cure says to write in place of `old`, as it is to be written; `out` is to take it out. */
function written(cure: string, old: string): string | undefined {
  if (/\btake (?:it|the line|[\w-]+) out\b/i.test(cure)) return 'out'
  if (cure === 'Shorten it.') return old.replaceAll('"', '').slice(0, 30)
  if (cure === 'Add $context.requestId.') return `"${old.replaceAll('"', '')} $context.requestId"`
  const patterns = [
    /in quotes: ("[^"]*")\.$/, /^Write it like ("\d+"), in quotes\.$/, /^Write it like ([^:\s]+): ms, s, m or h\.$/, /^Write it like (.+)\.$/, /, or the whole ARN: (.+)\.$/,
    /unit and quotes: (\d+)\.$/, /^Write a whole number (?:from|of) (\d+)/, /^Write (true) or false, in small/, /^Write (\S+), for example\.$/,
    /^Write a JSON list, such as (.+)\.$/, /^Write one (KEY=value) a line/, /^Rename it, for example to (\w+)\.$/, /^Write ("\d+"), in quotes\.$/,
    /^Write (\w+ \/\S*)\.$/, /^Write ([\w/.-]+)(?:, [\w/.-]+)*(?: or \S+)?\.$/, /^Write (json), clf/, /^Write METHOD.*such as (.+)\.$/, /^Write (\S+ \/\S* -> \d+)\.$/,
    /^Write one line for each route, such as (.+)\.$/, /^Write each on a line of its own(?:, [^:]+)?: (.+)$/, /^Write each as (KEY: value), without a dash\.$/, /^Write (\d+(?:ms|s|m|h)|hold)\b/, /^Write (\{.+\})\.$/,
  ]
  return patterns.map((pattern) => pattern.exec(cure)?.[1]).find((found) => found !== undefined)
}

type Group = keyof typeof tables
const group = (name: Group): string => (name === 'function' ? 'defaults' : name)

/** A file with a setting as it is written, at its place. */
function fileWith(of: Group, name: string, text: string): Source {
  const route = /^[A-Z]+ \/\S*(?:: .*)?$/.exec(text)?.[0]
  const written = name === 'routes' && route !== undefined && route !== 'GET /x' ? `\n    ${route.includes(': ') ? route : `${route}: shop`}` : text
  const value = text === 'out' ? '' : `  ${name}: ${written}\n`
  const others = Object.entries(text === 'out' ? {} : (beside[name] ?? {})).map(([key, other]) => `  ${key}: ${other}\n`).join('')
  const runtime = of === 'function' && name !== 'runtime' ? '  runtime: python3.13\n' : ''
  const functions = of === 'function' ? '' : 'defaults: { runtime: python3.13 }\n'
  const entries = `${runtime}${others}${value}`
  return { file: `service: shop\n${functions}${entries === '' ? '' : `${group(of)}:\n${entries}`}`, ...(name === 'runtime' && text === 'out' ? { inputs: { runtime: 'python3.13' } } : {}) }
}

function inputWith(_of: Group, name: string, text: string): Source {
  const plain = text.replace(/^"(.*)"$/s, '$1')
  const base = { 'function-name': 'greeting', runtime: 'python3.13', ...beside[name], ...(beside[name]?.['command'] === 'destroy' ? { confirm: 'greeting' } : {}) }
  return { inputs: text === 'out' ? { 'function-name': 'greeting', runtime: 'python3.13' } : { ...base, [name]: plain }, env: runner, event: { name: 'pull_request', pullRequest, isOffline: false } }
}

/** Follows the cure of an error. */
function cured(error: Diagnostic | undefined, old: string): string | undefined {
  const cure = error?.cure ?? ''
  const found = written(cure, old)
  if (found === 'KEY: value' || (found !== undefined && cure.startsWith('Rename it'))) return found.includes(':') ? '{ KEY: value }' : `{"${found}": "x"}`
  return found
}

/** Every value of a setting that is refused with a cure that leads nowhere; `count` is how many cures were followed. */
async function leadingNowhere(values: readonly string[], sourceOf: (text: string) => Source): Promise<{ readonly found: string[]; readonly count: number }> {
  const found: string[] = []
  let count = 0
  for (const value of values) {
    const [error] = await errorsOf(sourceOf(value))
    if (error === undefined || toDo.some((pattern) => pattern.test(error.cure ?? ''))) continue
    const right = cured(error, value)
    const again = right === undefined ? [] : await errorsOf(sourceOf(right))
    count++
    if (right === undefined) found.push(`${value.slice(0, 40)}: ${error.what.slice(0, 90)} -> ${error.cure} -> no thing to write`)
    else if (again.length > 0) found.push(`${value.slice(0, 40)}: ${error.cure} -> ${right} -> ${again.map(shortForm).join()}`)
  }
  return { found, count }
}

const all = Object.entries(tables).flatMap(([of, table]) => Object.keys(table).map((name) => [name, of as Group] as const))

describe('issue 13: whatever is wrong with a setting, the cure that is printed is taken when it is written', () => {
  const followed = new Map<string, number>()
  test.each(all)('input %s', async (name, of) => {
    const { found, count } = await leadingNowhere(wrong, (text) => inputWith(of, name, text))
    followed.set(name, count)
    expect(found).toEqual([])
  })
  test.each(all.filter(([, of]) => of !== 'run' && of !== 'service'))('%s in the file', async (name, of) => {
    const path = (tables[of] as Readonly<Record<string, { readonly path?: string }>>)[name]?.path
    if (path !== undefined) return
    expect((await leadingNowhere(wrongInFile, (text) => fileWith(of, name, text))).found).toEqual([])
  })
  test('most settings refuse something, so that there was a cure to follow', () => {
    expect([...followed.values()].filter((count) => count > 0).length).toBeGreaterThan(all.length * 0.75)
  })
})

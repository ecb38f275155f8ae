import { expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unreached } from '../../scripts/refusals/coverage.ts'
import { refusalSites } from '../../scripts/refusals/sites.ts'

const source = `
export function bad(message: string): AwsError {
  return new AwsError('Bad', message)
}
export function check(name: string, refusals: string[]): void {
  if (name === '') throw bad('empty')
  if (name === 'x') refusals.push('x')
  const later = bad('later')
  if (name === 'y') throw later
  try {
    call()
  } catch (error) {
    if (name === 'z') throw new AwsError('InternalFailure', 'a mistake')
    throw error
  }
  throw new Error('a mistake of our own')
}
`
const sites = refusalSites([{ path: 'local-aws/a.ts', text: source }])

test('a refusal is made by an error class, by a function that gives one, by a list of refusals, or thrown later', () => {
  expect(sites.map(({ line, text }) => `${line}: ${text}`)).toEqual(["3: new AwsError('Bad', message)", "6: bad('empty')", "7: refusals.push('x')", "8: bad('later')", '9: throw later'])
})

test('the innermost range of any process says whether a place was run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-refusals-'))
  const url = pathToFileURL(join(folder, 'local-aws/a.ts')).href
  const at = (text: string): number => source.indexOf(text)
  const whole = { startOffset: 0, endOffset: source.length, count: 1 }
  const report = (...ranges: object[]): string => JSON.stringify({ result: [{ url, functions: [{ ranges: [whole, ...ranges] }] }, { url: 'node:fs', functions: [] }] })
  const branch = (text: string): object => ({ startOffset: at(text), endOffset: at(text) + text.length, count: 0 })
  writeFileSync(join(folder, 'one.json'), report(branch("throw bad('empty')"), branch('throw later')))
  const linesOf = (): number[] => unreached(sites, folder, folder).map(({ line }) => line)
  try {
    expect(linesOf()).toEqual([6, 9])
    writeFileSync(join(folder, 'two.json'), report(branch("throw bad('empty')")))
    expect(linesOf()).toEqual([6])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a file that no process loaded was not run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-refusals-'))
  try {
    expect(unreached(sites, folder, folder)).toHaveLength(5)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

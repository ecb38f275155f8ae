import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { generate } from '../../scripts/generate/index.ts'
import { fileSchema } from '../../scripts/generate/schema.ts'
import { outputs } from '../../src/github/output-table.ts'
import { inputNames, tables } from '../../src/config/settings/tables.ts'

const root = join(import.meta.dirname, '../..')

test('every generated file is current', async () => {
  expect(await generate({ root, check: true })).toEqual([])
})

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly runs: unknown
}

test('action.yml declares every setting, and defaults only for what no file can say', () => {
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action
  expect(Object.keys(action.inputs)).toEqual(inputNames)
  expect(Object.keys(action.outputs)).toEqual(Object.keys(outputs))
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  const defaults = Object.entries(action.inputs).flatMap(([name, input]) => (input.default === undefined ? [] : [[name, input.default]]))
  expect(defaults).toEqual([
    ['command', 'deploy'],
    ['stage', 'prod'],
    ['preview', 'false'],
    ['dry-run', 'false'],
    ['force', 'false'],
    ['allow-older', 'false'],
    ['github-token', '${{ github.token }}'],
    ['comment', 'true'],
    ['allow-foreign-changes', 'false'],
    ['delete-logs', 'false'],
  ])
})

test('no two settings share a name', () => {
  expect(new Set(inputNames).size).toBe(inputNames.length)
})

test('the schema of the file knows the keys of the tables, at their places', () => {
  const schema = fileSchema() as { readonly $defs: Readonly<Record<string, { readonly properties: object }>> }
  expect(Object.keys(schema.$defs['function']?.properties ?? {})).toEqual(Object.keys(tables.function))
  const first = Object.entries(tables.api).map(([name, { path }]) => (path ?? name).split('.')[0])
  expect(Object.keys(schema.$defs['api']?.properties ?? {})).toEqual([...new Set(first)])
})

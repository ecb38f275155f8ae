import { expect, test } from '@jest/globals'
import { join } from 'node:path'
import { root } from '../../scripts/lib/requirements.mjs'
import { withoutProven } from '../../scripts/test/evidence.ts'
import { runLane } from '../../scripts/test/jest.ts'
import { lanes } from '../../scripts/test/lanes.ts'

test('every test file is in one lane, and what the product does is run once more by documented rules', () => {
  const all = lanes()
  const usual = all.filter(({ environment }) => environment === undefined).flatMap(({ files }) => files)
  expect(new Set(usual).size).toBe(usual.length)
  const again = all.filter(({ environment }) => environment?.['LOCAL_AWS_DOCUMENTED_ONLY'] === 'true')
  expect(again).toHaveLength(1)
  const files = again.flatMap((lane) => lane.files)
  expect(usual).toEqual(expect.arrayContaining(files))
  expect(files).toEqual(expect.arrayContaining(['life', 'stages', 'functions', 'refusals', 'by-hand', 'examples', 'rules'].map((name) => `__tests__/bundle/${name}.test.ts`)))
})

test('what was not treated otherwise because of a rule without evidence is not run again; what failed, or cannot know, is', () => {
  const file = (name: string): string => `__tests__/bundle/${name}.test.ts`
  const note = (name: string, accounts: number, met: boolean) => ({ file: join(root, file(name)), accounts, met })
  const notes = [note('life', 2, false), note('stages', 2, true), note('start', 0, false), note('rules', 1, false)]
  expect(withoutProven(['life', 'stages', 'start', 'rules', 'silent'].map(file), notes)).toEqual(['stages', 'start', 'rules', 'silent'].map(file))
})

test('a pattern leaves out the lanes in which no file fits it', () => {
  expect(lanes(/config\/routes/)).toEqual([{ name: 'units', files: ['__tests__/config/routes.test.ts'] }])
  expect(lanes(/no such file/)).toEqual([])
})

test('a lane of which nothing is to be run again runs nothing, and not everything', async () => {
  expect(await runLane({ name: 'bundle by documented rules', files: [] })).toMatchObject({ passed: 0, failed: [], files: [] })
})

import { describe, expect, test } from '@jest/globals'
import { replay } from './replay.ts'
import { readScenarios } from './rows.ts'

describe.each([...readScenarios()])('%s', (_, scenarios) => {
  test.concurrent.each(scenarios.map((scenario) => [scenario.source, scenario] as const))('%s', async (_source, scenario) => {
    const results = await replay(scenario)
    expect(results.length).toBeGreaterThan(0)
    const wrong = results.filter(({ step, difference }) => step.differs === undefined && difference !== undefined)
    expect(wrong.map(({ step, difference }) => `${step.row ?? ''}: ${difference ?? ''}`)).toEqual([])
    // A row that agrees by now loses its excuse.
    const mended = results.filter(({ step, difference }) => step.differs !== undefined && difference === undefined)
    expect(mended.map(({ step }) => `${step.row ?? ''} agrees now: remove its "differs"`)).toEqual([])
  })
})

import { afterAll, describe, expect, test } from '@jest/globals'
import path from 'node:path'
import { DiagnosticsError } from '../../src/diagnostics.ts'
import { goodNode, goodPython, type GoodPackage } from './good-packages.ts'
import { build, codeOf, findings, listener, optionsOf, removeFolders, write } from './support.ts'

afterAll(removeFolders)

/** Refusing what Lambda would run is worse than missing what it would not: so these are as many as the bad ones. */
async function saysOf({ files, code = {} }: GoodPackage): Promise<{ readonly errors: readonly string[], readonly warnings: string }> {
  const spec = codeOf(write(files), code)
  const described = { ...spec, source: code.source === undefined ? spec.source : path.join(write(files), code.source) }
  const said = listener()
  const found = await findings(described, optionsOf({ progress: said }))
  const errors = found.filter(({ severity }) => severity === 'error').map(({ what }) => what)
  if (errors.length === 0) await build(described, optionsOf({ progress: said })).catch((error: unknown) => { if (!(error instanceof DiagnosticsError)) throw error })
  return { errors, warnings: [...found.filter(({ severity }) => severity === 'warning').map(({ what }) => what), ...said.lines].join('\n') }
}

describe.each([['Python', goodPython], ['Node', goodNode]] as const)('%s', (_name, rows) => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', async (_title, row) => {
    const { errors, warnings } = await saysOf(row)
    expect(errors).toEqual([])
    if (row.warns === undefined) expect(warnings).not.toMatch(/imports|handler|defines|exports/)
    else expect(warnings).toMatch(row.warns)
  })
})

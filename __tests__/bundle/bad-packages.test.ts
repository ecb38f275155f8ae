import { afterAll, expect, test } from '@jest/globals'
import { stringify } from 'yaml'
import { write } from '../package/support.ts'
import { badFiles, badHandlers, badImports, badNatives, badSettings, type BadPackage } from '../package/bad-packages.ts'
import type { Annotation } from '../support/runner.ts'
import { makeService, type Deployable } from '../support/service.ts'

const services: Deployable[] = []
afterAll(() => services.forEach((each) => each.remove()))

const rows = [badHandlers, badImports, badFiles, badNatives, badSettings].flat()

/** The function that stands for a row. */
function nameOf(row: BadPackage): string {
  return `bad-${rows.indexOf(row)}x`
}

function settingsOf(row: BadPackage): object {
  const { package: zip, ...others } = { source: nameOf(row), runtime: 'python3.13', handler: 'app.handler', architecture: 'x86_64', ...row.code }
  return zip === undefined ? others : { runtime: others.runtime, handler: others.handler, package: zip }
}

function configOf(left: ReadonlySet<BadPackage>): string {
  const functions = Object.fromEntries([...left].map((row) => [nameOf(row), settingsOf(row)]))
  return stringify({ service: 'bad', functions, api: { routes: { 'GET /': nameOf([...left][0] as BadPackage) } } })
}

/** The function that an error is shown at: by the folder of the file, or by the line of the config. */
function functionAt({ file, line }: Annotation, config: string): string | undefined {
  if (file !== 'lambda-api.yml') return file?.split('/')[0]
  return config.split('\n').slice(0, line).findLast((each) => /^ {2}bad-\d+x:$/.test(each))?.trim().slice(0, -1)
}

test('a service of nothing but bad packages: each is told where it is wrong, and nothing is written', async () => {
  const service = makeService({ 'cloudwatch-role': 'create', stage: 'prod' })
  services.push(service)
  for (const row of rows) write(row.files, `${service.workspace}/${nameOf(row)}`)
  const left = new Set(rows)
  // What the files show is told first, what only a build finds in a run without these.
  for (let runs = 0; left.size > 0 && runs < 3; runs++) {
    const config = configOf(left)
    service.write('lambda-api.yml', config)
    const result = await service.run()
    expect(result.exitCode).toBe(1)
    expect(await service.writes()).toEqual([])
    const told = new Set(result.annotations.filter(({ level }) => level === 'error').map((each) => functionAt(each, config)))
    for (const row of left) if (told.has(nameOf(row))) left.delete(row)
  }
  expect([...left].map(({ name }) => name)).toEqual([])
})

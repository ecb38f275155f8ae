import { describe, expect, test } from '@jest/globals'
import { loadConfig } from '../../src/config/index.ts'
import type { EventSource } from '../../src/config/event.ts'
import { DiagnosticsError } from '../../src/diagnostics.ts'
import { pullRequest } from '../readme/workflow.ts'
import { greeting, loadWell, runner, workspace } from './support.ts'

type Inputs = Readonly<Record<string, string>>
const opened: EventSource = { name: 'pull_request', pullRequest, isOffline: false }
const closed: EventSource = { ...opened, pullRequest: { ...pullRequest, action: 'closed' } }

function source(inputs: Inputs, event: EventSource | undefined, file?: string) {
  return {
    inputs: (name: string) => inputs[name] ?? '', env: runner, workspace, ...(event === undefined ? {} : { event }),
    readFile: async (path: string) => (path === `${workspace}/lambda-api.yml` ? file : undefined), listFolder: async () => [],
  }
}
const errorOf = async (inputs: Inputs, event: EventSource | undefined): Promise<string> =>
  loadWell(source(inputs, event)).then(() => 'none', (error: unknown) => (error instanceof DiagnosticsError ? error.message : String(error)))

const file = `
service: shop
defaults: { runtime: python3.13 }
functions:
  read: { handler: read.handler, reserved-concurrency: 5, function-name: reader }
  book: { handler: book.handler, role: 'arn:aws:iam::111122223333:role/book' }
  own: { handler: own.handler, role: create }
api: { api-id: a1b2c3d4e5, api-name: Shop API, access-log: { group: /shop/access }, routes: { GET /items: read, POST /items: book, GET /own: own } }
release: { canary-percent: 10, smoke-test: auto }
stages: { preview: { functions: { book: { memory-size: 512 } } }, prod: { defaults: { timeout: 9 } } }
`

test('a preview is the service with the number in every name, and without what is shared or costs', async () => {
  const { service, options } = await loadWell(source({ preview: 'true', stage: 'prod' }, opened, file))
  expect(options).toMatchObject({ command: 'deploy', preview: 12 })
  expect(service).toMatchObject({ name: 'shop-pr-12', stage: 'preview', preview: 12, api: { name: 'Shop API-pr-12' } })
  expect(service.functions.map(({ name, roleOf, role }) => [name, roleOf, role.kind])).toEqual([
    ['reader-pr-12', 'reader', 'create'], ['shop-book-pr-12', undefined, 'given'], ['shop-own-pr-12', undefined, 'create'],
  ])
  expect(service.functions.map(({ settings }) => [settings.memorySize, settings.timeout])).toEqual([[undefined, undefined], [512, undefined], [undefined, undefined]])
  expect(service.functions.some(({ reservedConcurrency, join }) => reservedConcurrency !== undefined || join !== undefined)).toBe(false)
  expect(service.api.routes.map(({ functionName }) => functionName)).toEqual(['reader-pr-12', 'shop-book-pr-12', 'shop-own-pr-12'])
  expect([service.api.joined, service.accessLog.group, service.release.canary]).toEqual([undefined, undefined, undefined])
  expect(service.release.smokeTests.length).toBeGreaterThan(0)
})

test('a name that grows too long keeps the number', async () => {
  const long = 'x'.repeat(62)
  const { service } = await loadWell(source({ ...greeting, 'function-name': long, preview: 'true' }, opened))
  const [name = ''] = service.functions.map((each) => each.name)
  expect([name.length, name.endsWith('-pr-12')]).toEqual([64, true])
})

test('closing removes it, with or without a name, and asks for no confirmation', async () => {
  const named = await loadWell(source({ ...greeting, preview: 'true' }, closed))
  expect([named.options.command, named.options.sweep.service, named.buildable]).toEqual(['destroy', 'greeting', []])
  const nameless = await loadWell(source({ preview: 'true' }, closed))
  expect([nameless.options.command, nameless.options.preview, nameless.options.sweep.service]).toEqual(['destroy', 12, undefined])
  const broken = await loadConfig(source({ preview: 'true', 'function-name': 'shop' }, closed, 'functions: ['))
  expect(broken.findings.errors).toEqual([])
})

describe('what makes no sense', () => {
  test.each([
    [{ preview: 'true' }, { name: 'push', isOffline: false }, 'input "preview" is true, but there is no pull request.'],
    [{ preview: 'true' }, undefined, 'input "preview" is true, but there is no pull request.'],
    [{ preview: 'true', command: 'rollback' }, opened, 'input "preview" makes no sense with command: rollback.'],
    [{ preview: 'true', command: 'sweep' }, opened, 'input "preview" makes no sense with command: sweep.'],
    [{ preview: 'true' }, { ...opened, name: 'pull_request_target' }, 'input "preview" is true on pull_request_target, where no preview is deployed.'],
    [{ 'max-age': '14d' }, opened, 'input "max-age" makes no sense with command: deploy.'],
    [{ 'dry-run': 'true' }, opened, 'input "dry-run" makes no sense with command: deploy.'],
    [{ command: 'sweep', 'max-age': '2w' }, opened, 'input "max-age": "2w" is not a time of hours or days, such as 36h or 14d.'],
  ] as const)('%j', async (inputs, event, message) => {
    expect(await errorOf({ ...greeting, ...inputs }, event)).toBe(message)
  })
})

test('a sweep needs no name, and takes ages in hours and days', async () => {
  const { options } = await loadWell(source({ command: 'sweep', 'max-age': '14d', 'dry-run': 'true' }, undefined))
  expect(options.sweep).toEqual({ maxAge: 14 * 86_400_000, isDryRun: true })
  expect((await loadWell(source({ command: 'sweep', 'max-age': '36h', service: 'shop' }, undefined))).options.sweep).toEqual({ maxAge: 36 * 3_600_000, isDryRun: false, service: 'shop' })
})

test('without credentials no Region is asked for', async () => {
  expect(await errorOf({ ...greeting, preview: 'true' }, { ...opened, isOffline: true })).toBe('none')
})

/*
 * Run as a child under the clock of an account (random-trees.test.ts): FOREIGN_SEED, FOREIGN_CASES and the variables of the SDK.
 * Each case makes an API of somebody else's, joins it, changes the routes, and destroys, by the commands themselves and without a bundle.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { connect as control } from '../../local-aws/client.ts'
import { connect } from '../../src/aws/clients.ts'
import { commandOf, Stopwatch, type Run } from '../../src/commands/index.ts'
import { CommitHistory, GitHub } from '../../src/github/index.ts'
import { openSources } from '../../src/package/index.ts'
import { silent } from '../../src/progress.ts'
import type { Command } from '../../src/service/run-options.ts'
import type { Service } from '../../src/service/service.ts'
import { foreignIn, gatewayOf } from '../support/foreign-dump.ts'
import { route, serviceOf, specOf } from '../support/wanted.ts'
import { makeRandomApi, makeRole, removeApi } from './account.ts'
import { Random } from '../support/random.ts'
import { randomRoutes, randomTree } from './tree.ts'

const env = process.env
const [endpoint = '', account = '', region = ''] = [env['AWS_ENDPOINT_URL'], env['AWS_ACCESS_KEY_ID'], env['AWS_REGION']]
const [seed, count] = [Number(env['FOREIGN_SEED']), Number(env['FOREIGN_CASES'])]
const client = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' }, maxAttempts: 1, forcePathStyle: true }
const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-cases-'))
const source = join(folder, 'source')
mkdirSync(source)
writeFileSync(join(source, 'app.py'), 'def handler(event, context):\n    return {"statusCode": 200}\n')

const aws = connect({ region, env, progress: silent })
const api = new APIGatewayClient(client)
const here = { control: control(endpoint, account) }
await here.control.configure({ rates: false })
const role = await makeRole(client)

let failures = 0
for (let index = 0; index < count; index++) {
  const caseSeed = seed * 10_000 + index
  const problem = await playCase(new Random(caseSeed)).catch((error: unknown) => `failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`)
  if (problem === undefined) continue
  failures++
  process.stdout.write(`case ${index} of seed ${seed}: ${problem}\n`)
}
rmSync(folder, { recursive: true })
process.stdout.write(`${count} cases of seed ${seed}, ${failures} failed\n`)

/** What is wrong with a case; undefined where nothing is. */
async function playCase(random: Random): Promise<string | undefined> {
  const tree = randomTree(random)
  const restApiId = await makeRandomApi(api, random, tree)
  try {
    const before = await gatewayOf(here)
    const [first, more] = [randomRoutes(random, tree), randomRoutes(random, tree)]
    const second = [...random.some(first, 0.6), ...more]
    const steps: readonly (readonly [Command, readonly string[]])[] = [['deploy', first], ['deploy', compatible(second)], ['destroy', first]]
    for (const [command, routes] of steps) {
      const run = runOf(command, serviceWith(restApiId, routes))
      await commandOf(run.options)(run)
      const after = command === 'destroy' ? await gatewayOf(here) : await foreignIn(here, before)
      if (!isDeepStrictEqual(after, before)) return `differs after ${command} of ${routes.join(', ')}\n${difference(before, after)}`
    }
    return undefined
  } finally {
    await removeApi(api, restApiId)
  }
}

/** Without the routes that name a variable otherwise than one before them, which the config would refuse. */
function compatible(routes: readonly string[]): string[] {
  const names = new Map<string, string>()
  return [...new Set(routes)].filter((each) => {
    const path = each.slice(each.indexOf(' ') + 1)
    const at = [...path.matchAll(/\/(\{[^/]+\})/g)].map((match) => [path.slice(0, match.index), match[1] ?? ''] as const)
    if (at.some(([level, name]) => (names.get(level) ?? name) !== name)) return false
    at.forEach(([level, name]) => names.set(level, name))
    return true
  })
}

function serviceWith(id: string, routes: readonly string[]): Service {
  const { api: plain, ...rest } = serviceOf()
  const code = { ...specOf('shop').code, source, base: source }
  return {
    ...rest, stage: 'ours', functions: [specOf('shop', { code, role: { kind: 'given', arn: role } })],
    accessLog: { cloudwatchRole: { kind: 'keep' } },
    api: { ...plain, joined: { id, named: new Set(), adopts: false }, routes: routes.map((each) => route(each)) },
  }
}

function runOf(command: Command, service: Service): Run {
  const options = { command, region, allowedAccountIds: [], deleteLogs: true, allowForeignChanges: false, force: false, allowOlder: true, isOffline: false, sweep: { isDryRun: false }, comment: false }
  const { commit: _commit, ...plain } = service
  const github = new GitHub({ repository: service.repository, token: undefined })
  return {
    service: plain, options, aws, env, secrets: [], progress: silent, stopwatch: new Stopwatch(), cacheDir: join(folder, 'cache'),
    commits: new CommitHistory(github), github, sources: openSources({ env, cacheDir: join(folder, 'cache') }),
    workDir: mkdtempSync(join(folder, 'work-')),
  }
}

/** The first lines in which two dumps differ. */
function difference(one: unknown, other: unknown): string {
  const [before, after] = [one, other].map((each) => JSON.stringify(each, null, 1).split('\n'))
  const lost = before?.filter((line) => !after?.includes(line)).slice(0, 20) ?? []
  const come = after?.filter((line) => !before?.includes(line)).slice(0, 20) ?? []
  return [...lost.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)].join('\n')
}

import type { ServerResponse } from 'node:http'
import type { Account } from './account.ts'
import { idle, keepCopy, restore } from './account-copies.ts'
import type { Front } from './aws-request.ts'
import { changeSettings } from './change-settings.ts'
import type { ClockState } from './clock.ts'
import type { FaultRule } from './faults.ts'
import { journalTable } from './journal.ts'
import type { RawRequest } from './protocol/request.ts'

/** A route of the control API; what it returns goes out as JSON, a string as plain text. */
type Route = (context: Context) => unknown

interface Context {
  readonly front: Front
  readonly account: Account
  readonly query: URLSearchParams
  /** The request's body as JSON. */
  readonly json: () => unknown
}

const longestPollMs = 120_000

const routes: Readonly<Record<string, Route>> = {
  'GET health': ({ front }) => ({ status: 'running', engine: front.accounts.engine.url }),
  'GET clock': ({ account }) => account.clock.state(),
  'POST clock': ({ account, json }) => moveClock(account, json()),
  'GET journal': ({ account, query }) =>
    query.get('format') === 'table' ? journalTable(account.journal.entries()) : account.journal.entries(),
  'DELETE journal': ({ account }) => account.journal.clear(),
  'GET settings': ({ account }) => account.settings,
  'PUT settings': ({ account, json }) => (account.settings = changeSettings(account.settings, json())),
  'GET faults': ({ account }) => account.faults.list(),
  'POST faults': ({ account, json }) => ({ id: account.faults.add(faultRule(json())) }),
  'DELETE faults': ({ account, query }) => account.faults.remove(number(query, 'id')),
  'GET held': ({ account, query }) => account.holds.wait(Math.min(number(query, 'timeout') ?? longestPollMs, longestPollMs)),
  'POST release': ({ account, query }) => account.holds.release(number(query, 'seq')),
  'GET idle': ({ account }) => idle(account),
  'POST refill': ({ account }) => account.rates.refill(),
  'GET state': ({ front, account }) => state(front, account),
  'GET unverified': ({ account }) => ({ met: account.metUnverified }),
  'POST copies': async ({ account }) => ({ copy: await keepCopy(account) }),
  'POST restore': ({ front, account, query }) => restore(front, account, number(query, 'copy')),
  'POST reset': ({ front, account, query }) => reset(front, query.has('account') ? [account] : undefined),
}

/** Answers `/_local-aws/...`: what a test or a person steers local AWS with. `?account=` names the account (default 000000000000). */
export async function handleControl(front: Front, request: RawRequest, response: ServerResponse): Promise<void> {
  const name = `${request.method} ${request.url.pathname.split('/')[2] ?? ''}`
  const route = routes[name]
  if (route === undefined)
    return send(response, 404, { message: `The control API has no "${name}"; it has ${Object.keys(routes).join(', ')}.` })
  const query = request.url.searchParams
  try {
    const account = front.accounts.get(accountId(query))
    send(response, 200, (await route({ front, account, query, json: () => JSON.parse(request.body.toString()) as unknown })) ?? {})
  } catch (error) {
    const mistake = error instanceof RangeError || error instanceof SyntaxError
    if (!mistake) console.error(error)
    send(response, mistake ? 400 : 500, { message: error instanceof Error ? error.message : String(error) })
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed) return
  const text = typeof value === 'string'
  response
    .writeHead(status, { 'content-type': text ? 'text/plain; charset=utf-8' : 'application/json' })
    .end(text ? value : JSON.stringify(value))
}

function accountId(query: URLSearchParams): string {
  const id = query.get('account') ?? '000000000000'
  if (!/^\d{12}$/.test(id)) throw new RangeError(`An account is 12 digits, not "${id}".`)
  return id
}

function number(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d+$/.test(text)) throw new RangeError(`"${name}" must be a whole number, not "${text}".`)
  return Number(text)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const actionKinds = ['error', 'reset', 'hold', 'slow', 'quirk']
const matchKeys = ['service', 'operation', 'call', 'writes', 'probability', 'seed']

function faultRule(json: unknown): FaultRule {
  const { match, action, times } = (json ?? {}) as Partial<FaultRule>
  if (!isObject(match) || !isObject(action) || !actionKinds.includes(action.kind))
    throw new RangeError(`A fault is { match, action, times? } with an action of kind ${actionKinds.join(', ')}.`)
  const wrong = Object.keys(match).find((key) => !matchKeys.includes(key))
  if (wrong !== undefined) throw new RangeError(`A fault cannot match by "${wrong}"; it can by ${matchKeys.join(', ')}.`)
  if ((action.kind === 'hold' || action.kind === 'reset') && action.when !== 'before' && action.when !== 'after')
    throw new RangeError(`A ${action.kind} is "when": "before" or "after" the effect.`)
  return { match, action, ...(times === undefined ? {} : { times }) }
}

/**
 * `{ rate }` lets the account's clock run on at another rate, `{ advance }` moves it by milliseconds, `{ to }` to a moment; it never goes
 * back.
 */
function moveClock({ clock }: Account, json: unknown): ClockState {
  const { rate, advance, to, ...rest } = (json ?? {}) as { rate?: number; advance?: number; to?: number }
  const [wrong] = Object.keys(rest)
  if (wrong !== undefined) throw new RangeError(`The clock has no "${wrong}"; it takes rate, advance and to.`)
  if (rate !== undefined) clock.runAt(rate)
  if (advance !== undefined) clock.advance(advance)
  if (to !== undefined) clock.advanceTo(to)
  return clock.state()
}

/** Every service's state of the account, by model name. */
async function state(front: Front, account: Account): Promise<Record<string, unknown>> {
  const dumps = Object.entries(front.services).map(async ([name, service]) => [name, (await service.dump?.(account)) ?? {}] as const)
  return Object.fromEntries(await Promise.all(dumps))
}

async function reset(front: Front, only: readonly Account[] | undefined): Promise<void> {
  if (only === undefined) {
    for (const account of front.accounts.all()) account.reset()
    await front.accounts.engine.reset()
    return
  }
  for (const account of only) {
    await account.lateWork.drop()
    for (const service of Object.values(front.services)) {
      await service.endProcesses?.(account)
      await service.wipe?.(account)
    }
    account.reset()
  }
}

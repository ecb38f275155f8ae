import type { ServerResponse } from 'node:http'
import type { Account } from './account.ts'
import type { Accounts } from './accounts.ts'
import { AwsError } from './aws-error.ts'
import type { Call } from './call.ts'
import { bareCall, bareModel } from './engine-services.ts'
import { faultError } from './fault-errors.ts'
import type { FaultAction } from './faults.ts'
import type { JournalEntry } from './journal.ts'
import { journalParams } from './journal-params.ts'
import type { ServiceModel, ServiceModels } from './model/service-model.ts'
import { perform } from './perform.ts'
import { writeError, type RawAnswer } from './protocol/answer.ts'
import { parseCall } from './protocol/parse-call.ts'
import type { ParsedCall } from './protocol/parse-rest.ts'
import type { RawRequest } from './protocol/request.ts'
import { sendAnswer } from './send.ts'
import type { Services } from './service.ts'
import { identify, type Identity } from './identify.ts'
import { isWrite } from './writes.ts'

/** What one front holds. */
export interface Front {
  readonly accounts: Accounts
  readonly models: ServiceModels
  readonly services: Services
}

/** Answers one AWS API request: who and what, then the journal, the faults, the effect and the answer. */
export async function handleAwsRequest(front: Front, request: RawRequest, response: ServerResponse): Promise<void> {
  const identity = identify(front.models, request)
  if (identity instanceof AwsError) return sendAnswer(response, writeError(bareModel('', request), identity), Date.now())
  const account = front.accounts.get(identity.accountId)
  const parsed = identity.model.isBare === true ? bareCall(request) : tryParse(identity.model, request)
  const entry = openEntry(account, identity, parsed)
  const close = (outcome: { status: number; error?: string | undefined; message?: string | undefined }): void =>
    account.journal.close(entry, { ...outcome, virtualEnd: account.clock.now() })
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
    close({ status: 0 })
  })
  try {
    const answer = await underFaults(front, { account, identity, parsed, entry, request, gone: gone.signal })
    if (answer === 'cut') {
      close({ status: 0 })
      response.destroy()
    } else {
      close({ status: answer.status, error: errorName(answer), message: answer.status >= 400 ? errorText(answer) : undefined })
      sendAnswer(response, answer, account.clock.now())
    }
  } catch (error) {
    // A mistake of the front itself: the caller gets a 500 that AWS would not give, and the stack tells us where.
    console.error(error)
    close({ status: 500, error: 'InternalFailure', message: String(error) })
    sendAnswer(
      response,
      writeError(identity.model, new AwsError('InternalFailure', `Local AWS failed: ${String(error)}`, { status: 500 })),
      account.clock.now(),
    )
  }
}

interface Running {
  readonly account: Account
  readonly identity: Identity
  readonly parsed: ParsedCall | AwsError
  readonly entry: JournalEntry
  readonly request: RawRequest
  readonly gone: AbortSignal
}

async function underFaults(front: Front, running: Running): Promise<RawAnswer | 'cut'> {
  const { account, entry, gone, identity } = running
  const { latencyMs } = account.settings
  const faults = account.faults.strike(entry)
  if (faults.length > 0)
    entry.faults = faults.map((fault) =>
      fault.kind === 'quirk'
        ? fault.name
        : fault.kind === 'error'
          ? fault.code
          : `${fault.kind}${'when' in fault ? ` ${fault.when}` : ''}`,
    )
  await pause(latencyMs / 2 + faults.reduce((sum, fault) => sum + (fault.kind === 'slow' ? fault.ms : 0), 0))
  const before = await interfere(faults, 'before', running)
  if (before === 'cut' || gone.aborted) return 'cut'
  const answer = await effect(front, running, faults).catch((error: unknown) => {
    if (error instanceof AwsError) return writeError(identity.model, error)
    throw error
  })
  if ((await interfere(faults, 'after', running)) === 'cut') return 'cut'
  await pause(latencyMs / 2)
  return answer
}

/** Holds the call or says that its connection must be cut. */
async function interfere(
  faults: readonly FaultAction[],
  when: 'before' | 'after',
  { account, entry, gone }: Running,
): Promise<'cut' | undefined> {
  for (const fault of faults) {
    if (fault.kind === 'hold' && fault.when === when)
      await account.holds.hold({ seq: entry.seq, service: entry.service, operation: entry.operation, when }, gone)
    if (fault.kind === 'reset' && fault.when === when) return 'cut'
  }
  return undefined
}

function effect(front: Front, { account, identity, parsed, entry, request }: Running, faults: readonly FaultAction[]): Promise<RawAnswer> {
  const refused = faults.find((fault) => fault.kind === 'error')
  if (refused !== undefined) return Promise.reject(faultError(refused))
  if (parsed instanceof AwsError) return Promise.reject(parsed)
  const { model } = identity
  const call: Call = {
    service: model.name,
    operation: parsed.operation.name,
    params: parsed.params,
    region: identity.region,
    account,
    now: account.clock.now(),
    seq: entry.seq,
    quirks: faults.flatMap((fault) => (fault.kind === 'quirk' ? [fault.name] : [])),
  }
  const service = front.services[model.name]
  if (service === undefined)
    return Promise.reject(new AwsError('NotImplementedException', `Local AWS does not have ${model.name}.`, { status: 501 }))
  return perform({ call, model, operation: parsed.operation, service, services: front.services, request, unknown: parsed.unknown })
}

function tryParse(model: ServiceModel, request: RawRequest): ParsedCall | AwsError {
  try {
    return parseCall(model, request)
  } catch (error) {
    if (error instanceof AwsError) return error
    throw error
  }
}

function openEntry(account: Account, { model, region }: Identity, parsed: ParsedCall | AwsError): JournalEntry {
  const known = !(parsed instanceof AwsError)
  account.touched.add(region)
  return account.journal.open({
    account: account.id,
    region,
    service: model.name,
    operation: known ? parsed.operation.name : 'Unknown',
    params: known ? journalParams(parsed.params) : {},
    writes: known && isWrite(parsed.operation, model.metadata.protocol),
    virtualStart: account.clock.now(),
  })
}

function errorName({ status, headers, body }: RawAnswer): string | undefined {
  if (status < 400) return undefined
  const text = body.toString()
  return (
    headers['x-amzn-errortype']?.split(':')[0] ?? /<Code>([^<]+)/.exec(text)?.[1] ?? /"__type":\s*"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1]
  )
}

function errorText({ body }: RawAnswer): string | undefined {
  // A refusal may echo megabytes of a request, which would overflow the pattern's stack and fill the journal.
  const text = body.slice(0, 20_000).toString()
  return (
    /<Message>([^<]+)/.exec(text)?.[1] ??
    /"[mM]essage":\s*("(?:[^"\\]|\\.)*")/
      .exec(text)
      ?.slice(1)
      .map((quoted) => String(JSON.parse(quoted)))[0]
  )
}

function pause(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()
}

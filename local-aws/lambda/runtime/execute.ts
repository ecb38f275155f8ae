import { randomBytes, randomUUID } from 'node:crypto'
import type { Account } from '../../kernel/account.ts'
import { putLogEvents } from '../../logs/put-log-events.ts'
import { layerCode } from '../layers.ts'
import { runtimeVersionArn } from '../runtimes.ts'
import type { Served } from '../state.ts'
import { interpreterNote, missingRuntime, outcomeOf, type Outcome } from './outcome.ts'
import type { Initialization } from './environment.ts'
import { interpreterFor, type Interpreter } from './interpreters.ts'
import { endLines, initLine, peakMemoryMb, startLine } from './log-lines.ts'
import type { Program, Worker } from './pool.ts'
import { poolOf } from './pools.ts'
import { handlerRuns, type Trail } from './trail.ts'

/** One invocation of a version. */
export interface Execution {
  readonly account: Account
  readonly region: string
  readonly name: string
  readonly version: string
  readonly served: Served
  readonly functionArn: string
  readonly payload: string
  readonly requestId: string
  readonly clientContext: unknown
  readonly trail: Trail
  readonly initialization: Initialization
}

/** What a process is started for. */
export type Start = Omit<Execution, 'functionArn' | 'payload' | 'requestId' | 'clientContext' | 'trail'>

export interface Executed extends Outcome {
  /** The last 4 KB of what the invocation logged. */
  readonly logTail: Buffer
}

/** Init has ten seconds (developer guide, runtime environment lifecycle), whatever the function's own timeout is. */
export const INIT_TIMEOUT_MS = 10_000
const deliveries = new Set<Promise<void>>()

/** Runs the handler once, and sends what it logged to its log group without waiting for it. */
export async function execute(execution: Execution): Promise<Executed> {
  const { account, region, version, served, trail } = execution
  const { configuration } = served
  trail.at('an interpreter is looked for')
  const interpreter = await interpreterFor(configuration.Runtime ?? '')
  if (interpreter === undefined) return { ...missingRuntime(configuration.Runtime), logTail: Buffer.alloc(0) }
  const pool = poolOf(programOf(execution, interpreter))
  trail.at('a process is started, or waited for')
  const worker = await pool.take(() => streamName(version, account.clock.now()))
  try {
    const arn = runtimeVersionArn(region, configuration.Runtime ?? '', configuration.Architectures)
    const opening = worker.warm
      ? []
      : [initLine({ configuration, runtimeVersionArn: arn }), ...interpreterNote(configuration.Runtime, interpreter)]
    const { lines, ...outcome } = await runOn(worker, execution)
    deliver(execution, worker, [...opening, ...lines])
    return { ...outcome, logTail: Buffer.from(lines.join('')).subarray(-4096) }
  } finally {
    trail.at('the process is given back', worker.instance)
    await pool.release(worker)
  }
}

/** Resolves when everything logged so far has arrived. */
export async function logsDelivered(): Promise<void> {
  await Promise.all(deliveries)
}

async function runOn(worker: Worker, execution: Execution): Promise<Outcome & { readonly lines: string[] }> {
  const { served, requestId, version, region, trail } = execution
  const { configuration } = served
  const { instance } = worker
  const started = performance.now()
  trail.at('the process gets ready', instance)
  const init = worker.warm ? undefined : await instance.reply(INIT_TIMEOUT_MS)
  const initMs = worker.warm ? undefined : performance.now() - started
  const before = instance.takeLines()
  const invoked = performance.now()
  const timeoutMs = configuration.Timeout * 1000
  let reply = init
  if (init === undefined ? worker.warm : init.kind === 'ready') {
    trail.at(handlerRuns)
    instance.send(requestOf(execution, timeoutMs))
    reply = await instance.reply(timeoutMs)
  }
  const durationMs = reply === undefined ? timeoutMs : performance.now() - invoked
  const memoryMb = peakMemoryMb(instance.pid)
  trail.at('the process ends')
  if (reply?.kind !== 'result' && (reply?.kind !== 'error' || reply.init)) await instance.stop()
  const { note, ...outcome } = outcomeOf(reply, { requestId, timeoutS: configuration.Timeout })
  const status = reply === undefined ? 'timeout' : outcome.functionError === undefined ? 'success' : 'error'
  const arn = runtimeVersionArn(region, configuration.Runtime ?? '', configuration.Architectures)
  const ending = endLines({ configuration, requestId, version, runtimeVersionArn: arn, initMs, durationMs, memoryMb, status })
  const lines = [...before, startLine({ configuration, requestId, version }), ...instance.takeLines(), ...note, ...ending]
  return { ...outcome, lines }
}

function requestOf(
  { requestId, functionArn, payload, clientContext }: Execution,
  timeoutMs: number,
): Parameters<Worker['instance']['send']>[0] {
  const root = `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`
  const traceId = `Root=${root};Parent=${randomBytes(8).toString('hex')};Sampled=0`
  return { requestId, functionArn, payload, deadlineMs: Date.now() + timeoutMs, traceId, clientContext }
}

/** What runs a version's code. */
export function programOf({ account, region, name, version, served, initialization }: Start, interpreter: Interpreter): Program {
  const layers = served.configuration.Layers.flatMap(({ Arn }) => layerCode(account, Arn) ?? [])
  const identity = { account: account.id, region, name, version, logGroup: served.configuration.LoggingConfig.LogGroup, initialization }
  return { served, layers, interpreter, identity }
}

/** `2026/11/22/[$LATEST]0123…`: one stream a process. */
export function streamName(version: string, now: number): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/')
  return `${day}/[${version}]${randomUUID().replaceAll('-', '')}`
}

function deliver({ account, region, served }: Execution, { logStream }: Worker, lines: readonly string[]): void {
  const timestamp = account.clock.now()
  const events = lines.filter((line) => line !== '').map((message) => ({ timestamp, message }))
  const target = { group: served.configuration.LoggingConfig.LogGroup, stream: logStream, events }
  // A log that cannot be delivered never fails an invocation, on AWS neither.
  const { logDelivery } = account.settings.windows
  // Late logs make a group anew that was deleted meanwhile (aws-cdk issue 32689, serverless-plugin-log-retention issue 6).
  const delivery = account.lateWork
    .after(logDelivery, () => putLogEvents(account, region, target))
    .catch(() => {})
    .finally(() => deliveries.delete(delivery))
  deliveries.add(delivery)
}

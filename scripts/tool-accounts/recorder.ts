import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { connect } from '../../local-aws/client.ts'
import type { Call } from './account.ts'

interface Exchange {
  readonly service: string
  readonly operation: string
  readonly params: unknown
  readonly body: Buffer
  readonly answer: string
}

export interface Recorder {
  /** Where a tool finds local AWS. */
  readonly url: string
  /** The calls that made something, with the ids of their answers taken out. */
  readonly calls: (standIn: Readonly<Record<string, string>>) => Call[]
  readonly stop: () => void
}

/** Stands between a tool and local AWS, lets one request through at a time, and notes those that write. */
export async function startRecorder(upstream: string, account: string): Promise<Recorder> {
  const control = connect(upstream, account)
  const exchanges: Exchange[] = []
  let line: Promise<unknown> = Promise.resolve()
  const server = createServer((request, response) => {
    line = line.then(async () => {
      const body = await buffer(request)
      const answer = await forward(upstream, request, body)
      const text = await answer.text()
      const entry = (await control.journal()).at(-1)
      if (entry?.writes === true && answer.status < 300) exchanges.push({ ...entry, body, answer: text })
      const headers = [...answer.headers].filter(([name]) => !['content-length', 'transfer-encoding', 'connection'].includes(name))
      response.writeHead(answer.status, Object.fromEntries(headers)).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    calls: (standIn) => callsOf(exchanges, standIn, account),
    stop: () => void server.close(),
  }
}

function forward(upstream: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Response> {
  const kept = Object.entries(headers).filter(([name]) => !['host', 'connection', 'content-length', 'transfer-encoding', 'expect'].includes(name))
  const init: RequestInit = { method: method ?? 'GET', headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])) }
  return fetch(`${upstream}${url}`, body.length === 0 ? init : { ...init, body: new Uint8Array(body) })
}

/** Services whose state an account is compared by; S3 is the tools' own room. */
const kept: readonly string[] = ['iam', 'lambda', 'apigateway', 'logs']

function callsOf(exchanges: readonly Exchange[], standIn: Readonly<Record<string, string>>, account: string): Call[] {
  const ids = new Map<string, string>()
  return exchanges.filter(({ service }) => kept.includes(service)).map(({ service, operation, params, body, answer }, index) => {
    const filled = filledIn(params, body, standIn)
    const text = [...ids].reduce((all, [id, place]) => all.replaceAll(id, place), JSON.stringify(filled))
    noteIds(ids, parsed(answer), `${index}`)
    const placed = text.replaceAll(account, '{{account}}').replaceAll('eu-west-1', '{{region}}')
    return { call: `${service} ${operation}`, with: JSON.parse(placed) as Call['with'] }
  })
}

/** The journal has digests in the place of bytes: what they were stands in the request. */
function filledIn(value: unknown, body: Buffer, standIn: Readonly<Record<string, string>>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => filledIn(each, body, standIn))
  const { bytes, sha256, ...rest } = value as Record<string, unknown>
  if (typeof rest['S3Bucket'] === 'string') return { ZipFile: { $files: standIn } }
  if (typeof bytes !== 'number' || typeof sha256 !== 'string' || Object.keys(rest).length > 0) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, body, standIn)]))
  }
  return createHash('sha256').update(body).digest('hex') === sha256 ? { $text: body.toString() } : { $files: standIn }
}

function noteIds(ids: Map<string, string>, value: unknown, place: string): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value)) {
    if (typeof each === 'string' && /^(id|rootResourceId)$/.test(key) && !ids.has(each)) ids.set(each, `{{${place}.${key}}}`)
    else noteIds(ids, each, `${place}.${key}`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

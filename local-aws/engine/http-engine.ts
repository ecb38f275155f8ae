import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import type { Engine, EngineAnswer, EngineRequest } from '../kernel/engine-client.ts'

/** The engine at this URL. Requests carry the account as access key id; the engine does not verify the signature. */
export function httpEngine(url: string): Engine & { readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const base = new URL(url)
  const send = (wanted: EngineRequest): Promise<EngineAnswer> =>
    new Promise((resolve, reject) => {
      const body = wanted.body === undefined ? undefined : Buffer.from(wanted.body)
      const outgoing = request(
        {
          agent,
          host: base.hostname,
          port: base.port,
          method: wanted.method,
          path: wanted.path,
          headers: { ...wanted.headers, ...authorization(wanted), ...(body === undefined ? {} : { 'content-length': body.length }) },
        },
        (incoming) => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('error', reject)
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 500, headers: plain(incoming.headers), body: Buffer.concat(chunks) }),
          )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  const copies = async (account: string, method: string, body?: Buffer): Promise<Buffer> => {
    const path = `/_local-aws/copies/${account}`
    const answer = await send({ account, region: 'us-east-1', service: 'sts', method, path, ...(body === undefined ? {} : { body }) })
    if (answer.status !== 200) throw new Error(`The engine refused ${method} ${path}: ${answer.status} ${answer.body.toString()}`)
    return answer.body
  }
  const copy = (account: string): Promise<Buffer> => copies(account, 'GET')
  const restore = async (account: string, kept: Buffer): Promise<void> => void (await copies(account, 'PUT', kept))
  const reset = async (): Promise<void> => {
    const answer = await send({ account: '000000000000', region: 'us-east-1', service: 'sts', method: 'POST', path: '/_ministack/reset' })
    if (answer.status !== 200) throw new Error(`The engine refused to reset: ${answer.status} ${answer.body.toString()}`)
  }
  return { url, send, copy, restore, reset, close: () => agent.destroy() }
}

function authorization({ account, region, service }: EngineRequest): Record<string, string> {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  }
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

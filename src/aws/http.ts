import { request as httpRequest, type Agent as HttpAgent, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type Agent as HttpsAgent } from 'node:https'
import { answerTo } from '../cancellation.ts'

/** A request to a stage of an API, as its callers send them: neither signed nor repeated. */
export interface HttpRequest {
  readonly url: string
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
}

export interface HttpAnswer {
  readonly status: number
  readonly body: string
  /** What API Gateway calls its own answers by; missing where the function answered. */
  readonly errorType?: string
  /** Milliseconds from the request to the whole answer. */
  readonly took: number
}

/** Sends one request. Fails where no answer comes. */
export type Ask = (request: HttpRequest) => Promise<HttpAnswer>

/** Milliseconds; API Gateway itself answers after 29 s at the latest (developer guide, quotas). */
const longestSilence = 35_000

/** Asks over the connections that the agents keep. */
export function asker(agents: { readonly http: HttpAgent; readonly https: HttpsAgent }): Ask {
  return ({ url, method, headers, body }) => answerTo(() => new Promise((resolve, reject) => {
    const started = performance.now()
    const isPlain = url.startsWith('http:')
    const send = isPlain ? httpRequest : httpsRequest
    const length = body === undefined ? [] : [['content-length', String(Buffer.byteLength(body))] as const]
    const options = {
      method, agent: isPlain ? agents.http : agents.https, timeout: longestSilence, headers: Object.fromEntries([...headers, ...length]),
    }
    const sent = send(url, options, (answer) => {
      collect(answer).then((text) => {
        const errorType = answer.headers['x-amzn-errortype']
        const told = typeof errorType === 'string' ? { errorType } : {}
        resolve({ status: answer.statusCode ?? 0, body: text, took: performance.now() - started, ...told })
      }, reject)
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${longestSilence / 1000} s`)))
    sent.on('error', reject)
    sent.end(body)
  }))
}

/** Gets the bytes behind a URL that needs no signature. Fails where no answer comes, and where it is another than 200. */
export type Download = (url: string) => Promise<Buffer>

/** Downloads over the connections that the agents keep. */
export function downloader({ http, https }: { readonly http: HttpAgent; readonly https: HttpsAgent }): Download {
  return (url) => answerTo(() => new Promise((resolve, reject) => {
    const isPlain = url.startsWith('http:')
    const get = isPlain ? httpRequest : httpsRequest
    const sent = get(url, { agent: isPlain ? http : https, timeout: longestSilence }, (answer) => {
      bytesOf(answer).then((bytes) => {
        if (answer.statusCode === 200) resolve(bytes)
        else reject(new Error(`status ${answer.statusCode}`))
      }, reject)
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${longestSilence / 1000} s`)))
    sent.on('error', reject)
    sent.end()
  }))
}

async function collect(answer: IncomingMessage): Promise<string> {
  return (await bytesOf(answer)).toString()
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An AWS request as it passes. */
export interface Passing {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body: Buffer
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What becomes of a request: `forward` sends it on and gives the answer, which may be altered, or kept for later. */
export type Alteration = (request: Passing, forward: (request: Passing) => Promise<Answer>) => Promise<Answer>

export interface AlteringProxy {
  readonly url: string
  readonly close: () => Promise<void>
}

/** A server between a client and local AWS that alters what passes: for what AWS may do, and local AWS does not. */
export async function startAlteringProxy(target: string, alter: Alteration): Promise<AlteringProxy> {
  const server = createServer((request, response) => {
    const { host: _host, connection: _connection, 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = request.headers
    const headers = Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)])
    const forward = async ({ method, path, body }: Passing): Promise<Answer> => {
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const answer = await fetch(target + path, { method, headers, ...(hasBody ? { body: new Uint8Array(body) } : {}) })
      const told = [...answer.headers].filter(([name]) => name === 'content-type' || name.startsWith('x-amz'))
      return { status: answer.status, headers: Object.fromEntries(told), body: await answer.text() }
    }
    void bodyOf(request)
      .then((body) => alter({ method: request.method ?? '', path: request.url ?? '', body }, forward))
      .then(({ status, headers: told, body }) => response.writeHead(status, told).end(body), (error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Code } from './code.ts'

/** What Code.Location points at: on AWS a presigned S3 URL, here a server of our own that knows no other path. */
class CodeServer {
  readonly #byPath = new Map<string, Code>()
  #listening: Promise<Server> | undefined

  /** URL under which the zip can be fetched until {@link stop}. */
  async locate(code: Code): Promise<string> {
    const path = `/code/${Buffer.from(code.sha256, 'base64').toString('hex')}`
    this.#byPath.set(path, code)
    const { port } = (await (this.#listening ??= this.#listen())).address() as AddressInfo
    return `http://127.0.0.1:${port}${path}`
  }

  async stop(): Promise<void> {
    const server = await this.#listening
    this.#listening = undefined
    this.#byPath.clear()
    server?.closeAllConnections()
    if (server !== undefined) await new Promise((resolve) => server.close(resolve))
  }

  #listen(): Promise<Server> {
    const server = createServer((request, response) => {
      const code = this.#byPath.get(request.url ?? '')
      if (code === undefined) response.writeHead(404).end()
      else response.writeHead(200, { 'content-type': 'application/zip' }).end(code.zip)
    })
    server.unref()
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server))
    })
  }
}

const server = new CodeServer()

/** A URL that serves the zip, as GetFunction and GetLayerVersion hand it out. */
export function codeLocation(code: Code): Promise<string> {
  return server.locate(code)
}

/** Closes the server behind the URLs. */
export function stopCodeServer(): Promise<void> {
  return server.stop()
}

import { createServer, type Server } from 'node:http'
import { readFileSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

/** The one user that the index lets in; the password needs percent-encoding in a URL. */
export const user = 'user'
export const password = 'p@ss-word/9'

export interface PrivateIndex {
  readonly port: number
  /** `http://user:password@127.0.0.1:port/simple` with the given credentials, percent-encoded; without any, the bare URL. */
  readonly url: (user?: string, password?: string) => string
  readonly close: () => Promise<void>
}

/** A package index (PEP 503) with Basic auth on 127.0.0.1, serving the wheels of a folder. */
export async function startPrivateIndex(wheels: string): Promise<PrivateIndex> {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const server = createServer((request, response) => {
    const [, area, name = ''] = (request.url ?? '').split('/')
    if (request.headers.authorization !== expected) return response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="private"' }).end()
    const files = readdirSync(wheels).filter((file) => area === 'simple' ? file.startsWith(`${name.replaceAll('-', '_')}-`) : file === name)
    if (files.length === 0) return response.writeHead(404).end()
    if (area !== 'simple') return response.writeHead(200).end(readFileSync(path.join(wheels, files[0] as string)))
    return response.writeHead(200, { 'Content-Type': 'text/html' }).end(files.map((file) => `<a href="/files/${file}">${file}</a>`).join('\n'))
  })
  const port = await listen(server)
  const url = (name?: string, secret = ''): string => `http://${name === undefined ? '' : `${encodeURIComponent(name)}:${encodeURIComponent(secret)}@`}127.0.0.1:${port}/simple`
  return { port, url, close: () => close(server) }
}

/** Starts a server on a free port of 127.0.0.1 and answers the port. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return (server.address() as AddressInfo).port
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => { server.close(resolve) })
}

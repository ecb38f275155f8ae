import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { handleInvoke } from './invoke/index.ts'
import { Accounts } from './kernel/accounts.ts'
import { handleAwsRequest, type Front } from './kernel/aws-request.ts'
import { changeSettings, type SettingsPatch } from './kernel/change-settings.ts'
import { handleControl } from './kernel/control-api.ts'
import { modelFolder, ServiceModels } from './kernel/model/service-model.ts'
import { readRequest } from './kernel/protocol/request.ts'
import { defaultSettings } from './kernel/settings.ts'
import { httpEngine } from './engine/http-engine.ts'
import { startEngine } from './engine/start.ts'
import { engineVenv } from './engine/venv.mjs'
import { sendHandlersTo } from './lambda/index.ts'
import { services } from './services.ts'

export interface LocalAwsOptions {
  /** Port of 127.0.0.1; 0 takes a free one. */
  readonly port: number
  /** URL of an engine that already runs; without it one is started. */
  readonly engine?: string
  /** Virtual milliseconds that pass by themselves in one real millisecond (default 1); with 0 time stands until it is moved. */
  readonly clockRate?: number
  /** Settings of every account at first, where they differ from the defaults. */
  readonly settings?: SettingsPatch
}

export interface LocalAws {
  /** Endpoint for AWS clients, such as `http://127.0.0.1:4566`. */
  readonly url: string
  /** Ends the server, the engine and every process that a service started. */
  readonly stop: () => Promise<void>
}

/** `/restapis/{api}/{stage}/_user_request_/…` and `/_aws/execute-api/{api}/{stage}/…`, as ministack and LocalStack have them. */
const invokeUrl = /^(\/restapis\/[^/]+\/[^/]+\/_user_request_|\/_aws\/execute-api\/[^/]+\/[^/]+)(\/|\?|$)/

/** Starts local AWS on 127.0.0.1: control API, invoke URLs, and AWS's own APIs. */
export async function startLocalAws({ port, engine, clockRate = 1, settings = {} }: LocalAwsOptions): Promise<LocalAws> {
  const own = engine === undefined ? await startEngine() : undefined
  const client = httpEngine(engine ?? own?.url ?? '')
  const front: Front = {
    accounts: new Accounts({ engine: client, atFirst: () => changeSettings(defaultSettings(), settings), clockRate }),
    models: new ServiceModels(modelFolder(engineVenv)),
    services,
  }
  const server = createServer((request, response) => void handle(front, request, response))
  // A deploy may wait longer than Node's defaults between two requests of one connection, and a reused socket that we close is a reset for
  // it.
  server.keepAliveTimeout = 120_000
  server.requestTimeout = 0
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    for (const service of Object.values(services)) await service.stop?.()
    client.close()
    await own?.stop()
  }
  try {
    await listen(server, port)
  } catch (error) {
    await own?.stop()
    throw error
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  sendHandlersTo(url)
  return { url, stop }
}

async function handle(front: Front, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  // A client may go away at any moment; that is no error of ours.
  incoming.on('error', () => undefined)
  response.on('error', () => undefined)
  try {
    if (invokeUrl.test(incoming.url ?? '')) return await handleInvoke(incoming, response, front.accounts)
    const request = await readRequest(incoming)
    if (request.url.pathname.startsWith('/_local-aws/')) return await handleControl(front, request, response)
    return await handleAwsRequest(front, request, response)
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) return
    console.error(error)
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ message: `Local AWS failed: ${String(error)}` }))
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} of 127.0.0.1 is taken. Stop what listens there, or choose another with --port.`, { cause: error })
          : error,
      )
    })
    server.listen(port, '127.0.0.1', resolve)
  })
}

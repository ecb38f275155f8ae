import * as apigateway from '@aws-sdk/client-api-gateway'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as iam from '@aws-sdk/client-iam'
import * as lambda from '@aws-sdk/client-lambda'
import * as s3 from '@aws-sdk/client-s3'
import * as sts from '@aws-sdk/client-sts'
import type { ClientConfig } from '../../testing.ts'

/** An answer, or what the call was refused with. */
export interface Outcome {
  readonly status: number | undefined
  readonly answer?: Readonly<Record<string, unknown>>
  readonly error?: { readonly name: string; readonly message: string; readonly type: unknown }
}

interface AnyClient {
  readonly send: (command: unknown) => Promise<{ readonly $metadata: { readonly httpStatusCode?: number } }>
  readonly destroy: () => void
}
type Commands = Readonly<Record<string, new (input: unknown) => unknown>>

const services: Readonly<Record<string, { readonly open: (target: ClientConfig) => AnyClient; readonly commands: Commands }>> = {
  lambda: { open: (target) => new lambda.LambdaClient(target) as unknown as AnyClient, commands: lambda as unknown as Commands },
  apigateway: { open: (target) => new apigateway.APIGatewayClient(target) as unknown as AnyClient, commands: apigateway as unknown as Commands },
  iam: { open: (target) => new iam.IAMClient(target) as unknown as AnyClient, commands: iam as unknown as Commands },
  s3: { open: (target) => new s3.S3Client(target) as unknown as AnyClient, commands: s3 as unknown as Commands },
  sts: { open: (target) => new sts.STSClient(target) as unknown as AnyClient, commands: sts as unknown as Commands },
  logs: { open: (target) => new logs.CloudWatchLogsClient(target) as unknown as AnyClient, commands: logs as unknown as Commands },
}

/** Clients that are open, by whose they are: a new one for each request would be most of a scenario's time. */
const opened = new WeakMap<ClientConfig, Map<string, AnyClient>>()

function clientOf(target: ClientConfig, service: string, open: (target: ClientConfig) => AnyClient): AnyClient {
  const clients = opened.get(target) ?? new Map<string, AnyClient>()
  opened.set(target, clients)
  const client = clients.get(service) ?? open(target)
  clients.set(service, client)
  return client
}

/** Ends the connections of all clients that {@link send} opened for this target. */
export function close(target: ClientConfig): void {
  for (const client of opened.get(target)?.values() ?? []) client.destroy()
  opened.delete(target)
}

/** Sends one request with the SDK's own client, which stays open until {@link close}. Throws only when the call never got an answer, or there is no such operation. */
export async function send(target: ClientConfig, call: string, input: unknown): Promise<Outcome> {
  const [service = '', operation = ''] = call.split(' ')
  const known = services[service]
  const Command = known?.commands[`${operation}Command`]
  if (known === undefined || Command === undefined) throw new Error(`The SDK has no "${call}".`)
  try {
    const { $metadata, ...answer } = await clientOf(target, service, known.open).send(new Command(input))
    return { status: $metadata.httpStatusCode, answer }
  } catch (error) {
    return refused(error)
  }
}

function refused(error: unknown): Outcome {
  const { name, message, Type, $metadata } = error as Error & { Type?: string; $metadata?: { httpStatusCode?: number } }
  if ($metadata?.httpStatusCode === undefined) throw error
  return { status: $metadata.httpStatusCode, error: { name, message, type: Type } }
}

/** Puts one object into a bucket, which it makes; plain HTTP, because the SDK's S3 client is no dependency and local AWS verifies no signature. */
export async function putObject(target: ClientConfig, object: { readonly bucket: string; readonly key: string; readonly body: Uint8Array }): Promise<string | null> {
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${target.credentials.accessKeyId}/20260101/${target.region}/s3/aws4_request, SignedHeaders=host, Signature=0` }
  const place = `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${target.region}</LocationConstraint></CreateBucketConfiguration>`
  await fetch(`${target.endpoint}/${object.bucket}`, { method: 'PUT', headers, body: place })
  const answer = await fetch(`${target.endpoint}/${object.bucket}/${object.key}`, { method: 'PUT', headers, body: Buffer.from(object.body) })
  if (!answer.ok) throw new Error(`PutObject ${object.bucket}/${object.key}: ${answer.status} ${await answer.text()}`)
  return answer.headers.get('x-amz-version-id')
}

import type { Account } from '../kernel/account.ts'
import type { Call } from '../kernel/call.ts'

/** A role of the account's IAM. */
export interface Role {
  readonly arn: string
  readonly trustPolicy: unknown
  /** Virtual milliseconds. */
  readonly createdAt: number
}

/** Why S3 gave no object. */
export interface S3Refusal {
  readonly code: string
  readonly message: string
}

export interface LogEvent {
  /** Virtual milliseconds. */
  readonly timestamp: number
  readonly message: string
}

export interface LogTarget {
  readonly account: Account
  readonly region: string
  readonly group: string
  readonly stream: string
}

/** The role in the engine's IAM; `undefined` where there is none. */
export async function readRole({ account, region }: Pick<Call, 'account' | 'region'>, name: string): Promise<Role | undefined> {
  const body = `Action=GetRole&Version=2010-05-08&RoleName=${encodeURIComponent(name)}`
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await account.engine.send({ account: account.id, region, service: 'iam', method: 'POST', path: '/', headers, body })
  if (answer.status !== 200) return undefined
  const xml = answer.body.toString()
  const policy = text(xml, 'AssumeRolePolicyDocument')
  return {
    arn: text(xml, 'Arn'),
    trustPolicy: JSON.parse(policy.startsWith('%') ? decodeURIComponent(policy) : policy) as unknown,
    createdAt: Date.parse(text(xml, 'CreateDate')),
  }
}

/** An object of the engine's S3, or S3's refusal. */
export async function readObject(call: Call, object: { bucket: string; key: string; version: string | undefined }): Promise<Buffer | S3Refusal> {
  const { account, region } = call
  const key = object.key.split('/').map(encodeURIComponent).join('/')
  const query = object.version === undefined ? '' : `?versionId=${encodeURIComponent(object.version)}`
  const path = `/${object.bucket}/${key}${query}`
  const answer = await account.engine.send({ account: account.id, region, service: 's3', method: 'GET', path })
  if (answer.status === 200) return answer.body
  const xml = answer.body.toString()
  return { code: text(xml, 'Code') || `Http${answer.status}`, message: text(xml, 'Message') }
}

/** Appends to a log stream, made with its group where it is missing, as Lambda does with a role that may. */
export async function putLogEvents(target: LogTarget, events: readonly LogEvent[]): Promise<void> {
  const { group: logGroupName, stream: logStreamName } = target
  const put = { logGroupName, logStreamName, logEvents: events.map(({ timestamp, message }) => ({ timestamp: Math.floor(timestamp), message })) }
  if ((await logs(target, 'PutLogEvents', put)) === 200) return
  await logs(target, 'CreateLogGroup', { logGroupName })
  await logs(target, 'CreateLogStream', { logGroupName, logStreamName })
  await logs(target, 'PutLogEvents', put)
}

async function logs({ account, region }: LogTarget, operation: string, body: unknown): Promise<number> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${operation}` }
  const request = { account: account.id, region, service: 'logs', method: 'POST', path: '/', headers, body: JSON.stringify(body) }
  const { status } = await account.engine.send(request)
  return status
}

function text(xml: string, tag: string): string {
  const raw = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? ''
  return raw.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
}

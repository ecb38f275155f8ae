import type { Account } from '../kernel/account.ts'
import type { Call } from '../kernel/call.ts'
import type { EngineAnswer } from '../kernel/engine-client.ts'
import { onVirtualClock, past, withVirtualHeader, withVirtualTimes } from '../kernel/virtual-times.ts'

/**
 * When objects and buckets were written last, by their path. The engine tells whole seconds of real time, and within one of them the
 * account's clock may have been moved by days.
 */
const timesOf = (account: Account): Map<string, number> => account.state('aws-global', writtenTimes)

function writtenTimes(): Map<string, number> {
  return new Map()
}

/** Operations after which an object, or a bucket, is as old as its call. */
export const writing = ['CreateBucket', 'PutObject', 'CopyObject', 'CompleteMultipartUpload'] as const

/** Notes the second in which the object, or the bucket, of the call was written. */
export function noteWritten(call: Call, answer: EngineAnswer): EngineAnswer {
  if (answer.status < 400) timesOf(call.account).set(pathOf(call.params['Bucket'], call.params['Key']), Math.floor(call.now / 1000) * 1000)
  return answer
}

/** The answer with its times on the account's clock. The body of others than lists and copies is somebody's object. */
export function onAccountClock(call: Call, answer: EngineAnswer): EngineAnswer {
  const { account, operation, params } = call
  const time = timesOf(account).get(pathOf(params['Bucket'], params['Key']))
  const header = withVirtualHeader(answer, time === undefined ? past(account.clock) : () => time)
  if (operation === 'CopyObject') return withVirtualTimes(header, ['LastModified'], () => Math.floor(call.now / 1000) * 1000)
  if (!operation.startsWith('List')) return header
  const text = answer.body
    .toString()
    .replace(/<(Contents|Version|Bucket)>[^]*?<\/\1>/g, (entry) => entryOnClock(entry, account, params['Bucket']))
  return { ...header, body: Buffer.from(text) }
}

/** An entry of a list with the noted time of its object or bucket. */
function entryOnClock(entry: string, account: Account, bucket: unknown): string {
  const [, kind, name = ''] = /<(Key|Name)>([^<]*)</.exec(entry) ?? []
  const time = timesOf(account).get(kind === 'Key' ? pathOf(bucket, unescaped(name)) : pathOf(name, undefined))
  return onVirtualClock(entry, ['LastModified', 'CreationDate'], time === undefined ? past(account.clock) : () => time)
}

const pathOf = (bucket: unknown, key: unknown): string => `${String(bucket)}/${key === undefined ? '' : String(key)}`

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')

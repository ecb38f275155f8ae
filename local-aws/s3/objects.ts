import type { Account } from '../kernel/account.ts'
import { parseXml, textAt, type XmlElement } from '../kernel/xml.ts'

/** Every bucket with its objects (key, size, ETag). */
export async function dumpBuckets(account: Account): Promise<Record<string, unknown>> {
  const buckets = (await listBuckets(account)).map(async (bucket) => [bucket, await dumpBucket(account, bucket)] as const)
  return Object.fromEntries((await Promise.all(buckets)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Removes every bucket with all versions of its objects from the engine. */
export async function wipeBuckets(account: Account): Promise<void> {
  for (const bucket of await listBuckets(account)) {
    const versions = (await ask(account, 'GET', `/${bucket}?versions`)).children.filter(({ name }) => name === 'Version' || name === 'DeleteMarker')
    for (const version of versions) await ask(account, 'DELETE', `/${bucket}/${encode(textAt(version, 'Key') ?? '')}?versionId=${textAt(version, 'VersionId') ?? 'null'}`)
    for (const { key } of await listObjects(account, bucket)) await ask(account, 'DELETE', `/${bucket}/${encode(key)}`)
    await ask(account, 'DELETE', `/${bucket}`)
  }
}

async function dumpBucket(account: Account, bucket: string): Promise<unknown> {
  const objects = (await listObjects(account, bucket)).map(({ key, size, etag }) => [key, { size, etag }] as const)
  return { objects: Object.fromEntries(objects) }
}

async function listBuckets(account: Account): Promise<readonly string[]> {
  const answer = await ask(account, 'GET', '/')
  const buckets = answer.children.find(({ name }) => name === 'Buckets')?.children ?? []
  return buckets.map((bucket) => textAt(bucket, 'Name') ?? '')
}

async function listObjects(account: Account, bucket: string): Promise<readonly { readonly key: string; readonly size: number; readonly etag: string }[]> {
  const answer = await ask(account, 'GET', `/${bucket}?list-type=2&max-keys=1000`)
  const objects = answer.children.filter(({ name }) => name === 'Contents')
  return objects.map((object) => ({ key: textAt(object, 'Key') ?? '', size: Number(textAt(object, 'Size')), etag: textAt(object, 'ETag') ?? '' }))
}

async function ask(account: Account, method: string, path: string): Promise<XmlElement> {
  const answer = await account.engine.send({ account: account.id, region: 'us-east-1', service: 's3', method, path })
  return parseXml(answer.body.toString())
}

function encode(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/')
}

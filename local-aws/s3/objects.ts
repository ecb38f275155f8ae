import type { Account } from '../kernel/account.ts'
import type { Call } from '../kernel/call.ts'
import { find, parseXml, textAt, type XmlElement } from '../kernel/xml.ts'

/** A bucket and the Region that it answers in; in any other the engine redirects, as S3 does. */
interface Bucket {
  readonly name: string
  readonly region: string
}

/** Every bucket with its objects (key, size, ETag). */
export async function dumpBuckets(account: Account): Promise<Record<string, unknown>> {
  const buckets = (await listBuckets(account)).map(async (bucket) => [bucket.name, await dumpBucket(account, bucket)] as const)
  return Object.fromEntries((await Promise.all(buckets)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Removes every bucket with all versions of its objects from the engine. */
export async function wipeBuckets(account: Account): Promise<void> {
  for (const { name, region } of await listBuckets(account)) {
    const asked = (method: string, path: string): Promise<XmlElement> => ask(account, region, { method, path: `/${name}${path}` })
    const versions = (await asked('GET', '?versions')).children.filter((child) => child.name === 'Version' || child.name === 'DeleteMarker')
    for (const version of versions)
      await asked('DELETE', `/${encode(textAt(version, 'Key') ?? '')}?versionId=${textAt(version, 'VersionId') ?? 'null'}`)
    for (const { key } of await listObjects(account, { name, region })) await asked('DELETE', `/${encode(key)}`)
    await asked('DELETE', '')
  }
}

/** Whether the bucket is of this account, which need not be the caller's. */
export async function ownsBucket({ account: { engine } }: Pick<Call, 'account'>, owner: string, bucket: string): Promise<boolean> {
  const answer = await engine.send({ account: owner, region: 'us-east-1', service: 's3', method: 'GET', path: '/' })
  return (find(parseXml(answer.body.toString()), 'Buckets')?.children ?? []).some((each) => textAt(each, 'Name') === bucket)
}

async function dumpBucket(account: Account, bucket: Bucket): Promise<unknown> {
  const objects = (await listObjects(account, bucket)).map(({ key, size, etag }) => [key, { size, etag }] as const)
  return { region: bucket.region, objects: Object.fromEntries(objects) }
}

async function listBuckets(account: Account): Promise<readonly Bucket[]> {
  const answer = await ask(account, 'us-east-1', { method: 'GET', path: '/' })
  const names = (find(answer, 'Buckets')?.children ?? []).map((bucket) => textAt(bucket, 'Name') ?? '')
  return Promise.all(names.map(async (name) => ({ name, region: await regionOf(account, name) })))
}

/** GetBucketLocation works from every Region; us-east-1 stands as an empty text. */
async function regionOf(account: Account, bucket: string): Promise<string> {
  const { text } = await ask(account, 'us-east-1', { method: 'GET', path: `/${bucket}?location` })
  return text.trim() === '' ? 'us-east-1' : text.trim()
}

async function listObjects(
  account: Account,
  { name, region }: Bucket,
): Promise<readonly { readonly key: string; readonly size: number; readonly etag: string }[]> {
  const answer = await ask(account, region, { method: 'GET', path: `/${name}?list-type=2&max-keys=1000` })
  const objects = answer.children.filter((child) => child.name === 'Contents')
  return objects.map((object) => ({
    key: textAt(object, 'Key') ?? '',
    size: Number(textAt(object, 'Size')),
    etag: textAt(object, 'ETag') ?? '',
  }))
}

async function ask(
  account: Account,
  region: string,
  { method, path }: { readonly method: string; readonly path: string },
): Promise<XmlElement> {
  const answer = await account.engine.send({ account: account.id, region, service: 's3', method, path })
  return parseXml(answer.body.toString())
}

function encode(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/')
}

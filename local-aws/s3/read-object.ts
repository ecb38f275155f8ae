import type { Account } from '../kernel/account.ts'
import { parseXml, textAt } from '../kernel/xml.ts'

/** An object's bytes, or S3's refusal (`NoSuchKey`, `NoSuchBucket`, …). */
export type ObjectAnswer =
  { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly code: string; readonly message: string }

/** Reads an object on the account's behalf, as Lambda does for code in S3, beside the journal and the rules. */
export async function readObject(
  account: Account,
  region: string,
  object: { readonly bucket: string; readonly key: string; readonly version?: string | undefined },
): Promise<ObjectAnswer> {
  const key = object.key.split('/').map(encodeURIComponent).join('/')
  const version = object.version === undefined ? '' : `?versionId=${encodeURIComponent(object.version)}`
  const answer = await account.engine.send({
    account: account.id,
    region,
    service: 's3',
    method: 'GET',
    path: `/${object.bucket}/${key}${version}`,
  })
  if (answer.status < 400) return { ok: true, bytes: answer.body }
  const xml = parseXml(answer.body.toString())
  return { ok: false, code: textAt(xml, 'Code') ?? String(answer.status), message: textAt(xml, 'Message') ?? '' }
}

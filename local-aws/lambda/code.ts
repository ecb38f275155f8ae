import { createHash } from 'node:crypto'
import type { Call } from '../kernel/call.ts'
import { readObject } from '../s3/read-object.ts'
import { invalid, tooLarge } from './errors.ts'
import { BadZip, listZip } from './zip.ts'

/** A deployment package or layer as uploaded. */
export interface Code {
  readonly zip: Buffer
  /** Base64 of the SHA-256 of the zip's bytes, as CodeSha256. */
  readonly sha256: string
  readonly size: number
  readonly unzippedSize: number
}

/** Where a request says the zip is. */
export interface CodeSource {
  readonly ZipFile?: Buffer
  readonly S3Bucket?: string
  readonly S3Key?: string
  readonly S3ObjectVersion?: string
}

// Bytes; test_oversized_request_create_lambda, test_oversized_zipped_create_lambda, test_oversized_unzipped_lambda.
const REQUEST_LIMIT = 70_167_211
const ZIPPED_LIMIT = 52_428_800
export const UNZIPPED_LIMIT = 262_144_000

/** Reads and checks the package that the call carries or names. */
export async function codeOf(call: Call, source: CodeSource): Promise<Code> {
  if (source.ZipFile !== undefined) {
    refuseLargeUpload(call, source.ZipFile)
    return checkedCode(source.ZipFile)
  }
  if (source.S3Bucket === undefined || source.S3Key === undefined) {
    // unverified text: as commonly reported for CreateFunction and UpdateFunctionCode without code.
    throw invalid('Please provide a source for function code.')
  }
  const { S3Bucket: bucket, S3Key: key, S3ObjectVersion: version } = source
  const object = await readObject(call.account, call.region, { bucket, key, version })
  if (object.ok) return checkedCode(object.bytes)
  // test_lambda_code_location_s3_errors
  throw invalid(`Error occurred while GetObject. S3 Error Code: ${object.code}. S3 Error Message: ${object.message}`)
}

/**
 * Refuses a zip or a request that is too large, before anything else of the request is looked at (test_oversized_request_create_lambda).
 */
export function refuseLargeUpload(call: Call, zip: Buffer): void {
  // The request carries the zip in base64; of the rest of its body only the environment can matter at this size.
  const environment = JSON.stringify(call.params['Environment'] ?? {}).length
  if (Math.ceil(zip.length / 3) * 4 + environment > REQUEST_LIMIT) {
    throw tooLarge(`Request must be smaller than ${REQUEST_LIMIT} bytes for the ${call.operation} operation`)
  }
  if (zip.length > ZIPPED_LIMIT) throw tooLarge(`Zipped size must be smaller than ${ZIPPED_LIMIT} bytes`)
}

function checkedCode(zip: Buffer): Code {
  const unzippedSize = unzippedSizeOf(zip)
  if (unzippedSize > UNZIPPED_LIMIT) throw invalid(`Unzipped size must be smaller than ${UNZIPPED_LIMIT} bytes`)
  const sha256 = createHash('sha256').update(zip).digest('base64')
  return { zip, sha256, size: zip.length, unzippedSize }
}

function unzippedSizeOf(zip: Buffer): number {
  try {
    const entries = listZip(zip)
    // unverified text: as commonly reported for a zip without files.
    if (entries.length === 0) throw invalid('Uploaded file must be a non-empty zip')
    return entries.reduce((sum, { size }) => sum + size, 0)
  } catch (error) {
    // test_create_lambda_exceptions invalid_zip_exc
    if (error instanceof BadZip) throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.')
    throw error
  }
}

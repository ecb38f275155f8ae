import type { Diagnostics } from '../../diagnostics.ts'
import type { ErrorText } from '../../errors.ts'
import type { Package, SizedName } from '../types.ts'

/** Bytes unpacked, layers included: "Unzipped size must be smaller than 262144000 bytes" (recorded answer of UpdateFunctionCode). */
export const unzippedLimit = 262_144_000
/** Bytes of a zip inside the request: "Zipped size must be smaller than 52428800 bytes" (recorded); larger ones go through S3. */
export const directLimit = 52_428_800
/** The plain zip format's count of entries; whether Lambda reads zip64 is unverified. */
export const fileLimit = 65_535

/** Whether a finished zip is too large for the request and must be uploaded to S3 first. */
export function needsBucket(size: number): boolean {
  return size >= directLimit
}

/** What to say where a bucket is needed and there is none. */
export function bucketMissing(functionName: string, made: Pick<Package, 'size' | 'largest'>): ErrorText {
  return {
    what: `The package of ${functionName} has ${megabytes(made.size)}, more than the ${megabytes(directLimit)} that Lambda takes directly.`,
    why: `The largest parts: ${listed(made.largest)}.`,
    cure: 'Name an `s3-bucket` in the function\'s region to send it through, or make it smaller.',
    docs: 'packaging.md#sizes',
  }
}

/** Errors for what is too large or too many to upload; `layerBytes` is the unpacked size of the function's layers, where it is known. */
export function checkLimits(sizes: { readonly unzipped: number, readonly files: number, readonly largest: readonly SizedName[], readonly layerBytes?: number }, diagnostics: Diagnostics): void {
  const layers = sizes.layerBytes ?? 0
  if (sizes.unzipped + layers >= unzippedLimit) {
    diagnostics.error({
      what: `The package has ${megabytes(sizes.unzipped)} unpacked${layers === 0 ? '' : `, ${megabytes(layers)} more with its layers`}; Lambda takes less than ${megabytes(unzippedLimit)}.`,
      why: `The largest parts: ${listed(sizes.largest)}.`,
      cure: 'Take out what the handler does not need: `exclude` lines that begin with site-packages/ reach into dependencies.',
      docs: 'packaging.md#sizes',
    })
  }
  if (sizes.files > fileLimit) {
    diagnostics.error({ what: `The package has ${sizes.files} files; a zip holds ${fileLimit}.`, why: `The largest parts: ${listed(sizes.largest)}.`, cure: 'Exclude what the handler does not need.', docs: 'packaging.md#sizes' })
  }
}

function listed(largest: readonly SizedName[]): string {
  return largest.map(({ name, bytes }) => `${name} ${megabytes(bytes)}`).join(', ')
}

/** `12.3 MB`, of 1,048,576 bytes as AWS counts. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`
}

import type { Diagnostics } from '../../diagnostics.ts'
import type { ErrorText } from '../../errors.ts'
import type { SizedName } from './largest.ts'
import type { Package } from '../package.ts'

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
    cure: 'Send it through a bucket in the function\'s Region, with `s3-bucket: create` or the name of one; or make it smaller.',
    docs: 'packaging.md#sizes',
  }
}

/** Errors for what is too large or too many to upload, whatever layers the function has. */
export function checkLimits(sizes: {
  readonly unzipped: number
  readonly files: number
  readonly largest: readonly SizedName[]
}, diagnostics: Diagnostics): void {
  if (sizes.unzipped >= unzippedLimit) {
    diagnostics.error({
      what: `The package has ${megabytes(sizes.unzipped)} unpacked; Lambda takes less than ${megabytes(unzippedLimit)}.`,
      why: `The largest parts: ${listed(sizes.largest)}.`,
      cure: 'Take out what the handler does not need: `exclude` lines that begin with site-packages/ reach into dependencies.',
      docs: 'packaging.md#sizes',
    })
  }
  if (sizes.files > fileLimit) {
    diagnostics.error({
      what: `The package has ${sizes.files} files; a zip holds ${fileLimit}.`,
      why: `The largest parts: ${listed(sizes.largest)}.`, cure: 'Exclude what the handler does not need.',
      docs: 'packaging.md#sizes',
    })
  }
}

/** From this share of the limit on a run warns, because nobody tells how large layers are unpacked. */
const nearLimit = 0.8
/** A zip of what cannot be compressed is larger than its content, by its headers. */
const leastUnpacked = 0.99

/**
 * Holds package and layers against the limit that they share. AWS tells of a layer its zipped size alone (`CodeSize` of Layer and
 * LayerVersionContentOutput in the public model), which is no more than a lower bound of what it has unpacked.
 */
export function checkWithLayers({ unzipped, largest }: {
  readonly unzipped: number
  readonly largest: readonly SizedName[]
}, layers: { readonly count: number, readonly zippedBytes?: number | undefined }, diagnostics: Diagnostics): void {
  const known = layers.zippedBytes ?? 0
  const atLeast = unzipped + known * leastUnpacked
  if (layers.count === 0 || unzipped >= unzippedLimit || atLeast < nearLimit * unzippedLimit) return
  const share = known === 0 ? 'come on top' : `at least ${megabytes(known)} more`
  const source = known === 0 ? 'How large the layers are is not known yet.' : 'That is the layers\' zipped size: AWS tells no other.'
  const text = {
    what: `The package has ${megabytes(unzipped)} unpacked, and its layers ${share}; `
      + `Lambda takes less than ${megabytes(unzippedLimit)} of both.`,
    why: `${source} The largest parts of the package: ${listed(largest)}.`,
    cure: 'Make package or layers smaller, or leave out of one what the other has.',
    docs: 'packaging.md#sizes',
  }
  if (atLeast >= unzippedLimit) diagnostics.error(text)
  else diagnostics.warning(text)
}

function listed(largest: readonly SizedName[]): string {
  return largest.map(({ name, bytes }) => `${name} ${megabytes(bytes)}`).join(', ')
}

/** `12.3 MB`, of 1,048,576 bytes as AWS counts. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`
}

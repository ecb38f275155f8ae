import { functionSet, type Release, type ReleaseRecord } from './release-record.ts'

/** Stands in the place of a definition's digest, which is hex: no config asks for it. */
const foundDigest = 'found'

/** What a stage served before this service came to it, as release 0: a deployment of others, and no version of ours. */
export function foundRelease(deploymentId: string): Release {
  return { number: 0, deploymentId, digest: foundDigest, functions: functionSet([]), versions: [], commit: '', wentLiveAt: 0 }
}

/** Whether a release serves what was found, be it as release 0 or as a later one that led back to that. */
export function isFound({ digest }: Pick<Release, 'digest'>): boolean {
  return digest === foundDigest
}

/** A record that ends with what was found, however many releases have come since. */
export function withFoundRelease(record: ReleaseRecord, deploymentId: string | undefined): ReleaseRecord {
  if (deploymentId === undefined || record.some(({ number }) => number === 0)) return record
  return [...record, foundRelease(deploymentId)]
}

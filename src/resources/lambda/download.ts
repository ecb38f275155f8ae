import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { GetFunctionCommand, type FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { Cancelled, pause } from '../../cancellation.ts'
import { UserError } from '../../errors.ts'
import { known } from '../step.ts'

/** How often a download is tried. */
const attempts = 3

/**
 * Writes the package of a published version to a file, byte for byte as it was uploaded. GetFunction gives a URL for it that is valid for
 * ten minutes (Lambda API reference, GetFunction), so each attempt asks for one of its own.
 * @returns its size in bytes
 * @throws UserError where it cannot be downloaded
 */
export async function downloadPackage(aws: Aws, version: FunctionConfiguration, path: string): Promise<number> {
  const { FunctionName, Qualifier } = { FunctionName: known(version.FunctionName, 'the function'), Qualifier: version.Version }
  for (let attempt = 1; ; attempt++) {
    const { Code } = await aws.lambda(new GetFunctionCommand({ FunctionName, Qualifier }))
    try {
      const bytes = await aws.download(known(Code?.Location, `the URL of the package of ${FunctionName}`))
      const sha256 = createHash('sha256').update(bytes).digest('base64')
      if (sha256 !== version.CodeSha256) throw new Error(`its SHA-256 is ${sha256} in place of ${version.CodeSha256}`)
      await writeFile(path, bytes)
      return bytes.length
    } catch (error) {
      if (error instanceof Cancelled) throw error
      if (attempt === attempts) throw notDownloaded(`${FunctionName}:${Qualifier}`, error)
      await pause(1_000 * attempt)
    }
  }
}

function notDownloaded(name: string, error: unknown): UserError {
  return new UserError({
    what: `The package of ${name} could not be downloaded from Lambda.`,
    why: error instanceof Error ? error.message : String(error),
    cure: 'Lambda gives it out by a URL of S3: let the runner reach that, and run this again; or deploy this stage from the commit.',
    docs: 'releases.md#promote-from-another-stage',
  })
}

import { isRefusal } from '../../aws/refusal.ts'

/** How often a write is sent with another RevisionId. */
const attempts = 4

/**
 * Sends a write that names a RevisionId. AWS changes it by itself some time after a write (aws/aws-sdk#377), and tags that somebody sets
 * change it, too; so where it is refused, a look tells whether what the write builds on still stands.
 * @param look the RevisionId now; undefined where somebody has changed what the write builds on, so that the refusal stands
 * @throws AwsRefusal
 */
export async function withRevision<T>(
  first: string | undefined,
  send: (revisionId: string | undefined) => Promise<T>,
  look: () => Promise<{ readonly RevisionId?: string | undefined } | undefined>,
): Promise<T> {
  let revisionId = first
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(revisionId)
    } catch (error) {
      if (!isRefusal(error, 'PreconditionFailedException') || attempt === attempts) throw error
      const now = await look()
      if (now === undefined) throw error
      revisionId = now.RevisionId
    }
  }
}

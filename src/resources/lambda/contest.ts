import { isOtherRuns } from '../other-run.ts'

/**
 * A write of $LATEST that another run has made impossible is left to the publication, which looks at what stands there: it writes again
 * where this is the run that goes on (resources/claim), and gives way where it is not.
 */
export async function leftToPublication(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isOtherRuns(error)) throw error
  }
}

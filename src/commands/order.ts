import type { Actual } from '../actual/actual.ts'
import { UserError } from '../errors.ts'
import type { Run } from './run.ts'

/**
 * Refuses to put a commit live that is an ancestor of the live one: most often a workflow of some time ago that was run again. Where GitHub
 * does not say how the two stand, that is a warning.
 * @throws UserError
 */
export async function refuseOlder(run: Run, { served }: Pick<Actual, 'served'>): Promise<void> {
  const { service: { name, stage, commit }, options: { allowOlder }, commits, progress } = run
  const live = served.record[0]?.commit ?? ''
  if (allowOlder || commit === undefined || live === '' || commit.startsWith(live)) return
  const order = await commits.order(commit, live)
  const ours = commit.slice(0, 7)
  if (order === 'not older') return
  if (order !== 'older') {
    progress.warning(`Whether commit ${ours} is older than the live one, ${live}, is not known: ${order.unknown}. It is deployed.`)
    return
  }
  throw new UserError({
    what: `Commit ${ours} is older than ${live}, which is live as release ${served.record[0]?.number} of ${name} on ${stage}.`,
    why: 'Most often a workflow of some time ago was run again: it would undo what has been deployed since.',
    cure:
      `To go back to an earlier release give \`command: rollback\` (and \`to: ${ours}\`); ` +
      'to deploy this commit anew give `allow-older: true`.',
    docs: 'releases.md#older-commits',
  })
}

import path from 'node:path'
import { UserError } from '../../errors.ts'
import type { DependencySource } from './dependency-source.ts'
import { lastLines } from './failure.ts'
import { isNetworkFailure, isRefusal, refusing } from './failure-signs.ts'
import type { Ran } from './process.ts'

/** A failure of an installer of Node's packages as one readable error. */
export function nodeFailure(program: string, source: DependencySource, ran: Ran): UserError {
  const place = { place: { file: source.file } }
  if (ran.absent === true) return new UserError({
    what: `${program} is not here to install ${path.basename(source.file)}.`,
    cure: 'Add a step with actions/setup-node before this one.',
    ...place,
  })
  if (isNetworkFailure(ran)) return new UserError({
    what: 'The package registry could not be reached.', why: lastLines(ran.stderr),
    cure: 'Run the job again; behind a proxy or with a registry of your own, check HTTPS_PROXY and .npmrc.', ...place,
  })
  if (isRefusal(ran.stderr + ran.stdout)) {
    return new UserError({
      what: `The package registry${refusing(ran.stderr + ran.stdout)} refused the credentials.`,
      why: lastLines(ran.stderr),
      cure: 'Check the token in .npmrc, and that the step\'s env sets the variables it names.',
      docs: 'packaging.md#private-indexes', ...place,
    })
  }
  const stale = new RegExp([
    'can only install (?:packages )?(?:with an existing|when your)', 'EUSAGE', 'ERR_PNPM_OUTDATED_LOCKFILE', 'in sync',
  ].join('|')).test(ran.stderr + ran.stdout)
  return new UserError({
    what: `${program} cannot install ${path.basename(source.file)}.`,
    why: lastLines(ran.stderr === '' ? ran.stdout : ran.stderr),
    cure: stale ? `Run \`${program} install\` and commit the lock: it does not fit package.json.` : `Fix what ${program} names.`,
    ...place,
  })
}

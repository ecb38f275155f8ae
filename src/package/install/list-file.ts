import { existsSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { UserError } from '../../errors.ts'
import { isInside } from '../../paths.ts'
import type { Env } from '../env.ts'
import { workspaceOf } from '../tree/app.ts'

/** What the system shows of itself as files. */
const ofSystem = /^\/(?:proc|sys|dev)\//

/**
 * Refuses a list that is none of the repository's, by its path or through a link: its text may be anything on the machine (the step's
 * environment, say), and errors show lines. `main` is the list that names it, or itself. Throws a UserError.
 */
export function checkListFile(file: string, main: string, env: Env): void {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return
  const folder = path.dirname(main)
  const workspace = workspaceOf(folder, env)
  // Outside of a runner and of any repository nothing says where the user's own files end.
  const isKnown = workspace !== folder || workspace === env['GITHUB_WORKSPACE'] || existsSync(path.join(workspace, '.git'))
  const real = realpathSync(file)
  const isOutside = ofSystem.test(real) || ofSystem.test(file) || isKnown && !isInside(realpathSync(workspace), real)
  if (!isOutside && stat.isFile()) return
  throw new UserError({
    what: isOutside ? `${file} leads out of the workspace.` : `${file} is no file.`,
    why: 'Lists of dependencies are read from what was checked out alone.',
    cure: 'Copy it into the repository, or take out the line or the link that leads there.',
    docs: 'packaging.md#python-dependencies',
    place: { file: main },
  })
}

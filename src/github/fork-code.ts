import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import type { GitHubEvent } from './event.ts'

/**
 * Refuses to build code of a fork with the rights of the base branch: installing its dependencies runs what a stranger wrote, with the
 * secrets and the AWS credentials of the job (securitylab.github.com, "Preventing pwn requests"; actions/checkout refuses to fetch it since
 * v7).
 * @throws UserError
 */
export function refuseForkCode({ name, workspace, fork }: GitHubEvent): void {
  if (fork === undefined || (name !== 'pull_request_target' && name !== 'workflow_run')) return
  if (!checkouts(workspace).some((folder) => isOf(join(folder, '.git'), fork))) return
  throw new UserError({
    what: `The code of ${fork.repository ?? 'a fork'} is checked out, and ${name} runs with the rights of this repository.`,
    why: 'Whoever opens a pull request could run anything in this job, with its secrets and its AWS credentials.',
    cure:
      'Let pull_request start the workflow: from forks it runs without credentials, and this action then checks and packages without ' +
      'AWS. Or push the commits to a branch of this repository once you have read them.',
    docs: 'previews.md#forks',
  })
}

/** The workspace, and the folders in it: actions/checkout takes a `path`. */
function checkouts(workspace: string): string[] {
  const inside = existsSync(workspace) ? readdirSync(workspace, { withFileTypes: true }).filter((each) => each.isDirectory()) : []
  return [workspace, ...inside.map((each) => join(workspace, each.name))].filter((folder) => existsSync(join(folder, '.git')))
}

/** Whether a checkout came from the fork, is at a commit of it, or at the merge of one. */
function isOf(git: string, fork: NonNullable<GitHubEvent['fork']>): boolean {
  const origin = /^\s*url = .*[:/]([^/\s]+\/[^/\s]+?)(\.git)?\s*$/m.exec(textOf(join(git, 'config')))?.[1]
  if (fork.repository !== undefined && origin?.toLowerCase() === fork.repository.toLowerCase()) return true
  const head = headOf(git)
  return head !== undefined && (fork.commits.includes(head) || mergesIn(git).includes(head))
}

/** The commit that is checked out; actions/checkout leaves HEAD detached, or on a branch with a file of its own. */
function headOf(git: string): string | undefined {
  const head = textOf(join(git, 'HEAD')).trim()
  const ref = /^ref: (\S+)$/.exec(head)?.[1]
  const commit = ref === undefined ? head : textOf(join(git, ref)).trim() || packedIn(git, (name) => name === ref)[0]
  return commit === '' ? undefined : commit
}

/** Commits that were fetched as `refs/pull/N/merge` or `head`, where actions/checkout keeps them as remote branches. */
function mergesIn(git: string): string[] {
  const folder = join(git, 'refs/remotes/pull')
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  return [...files.map((name) => textOf(join(folder, name)).trim()), ...packedIn(git, (name) => name.startsWith('refs/remotes/pull/'))]
}

function packedIn(git: string, isMeant: (name: string) => boolean): string[] {
  const lines = textOf(join(git, 'packed-refs')).split('\n')
  return lines.flatMap((line) => {
    const [commit = '', name = ''] = line.split(' ')
    return isMeant(name) ? [commit] : []
  })
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

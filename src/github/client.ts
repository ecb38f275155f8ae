import type { getOctokit } from '@actions/github'
import { Cancelled, refuseCancelled } from '../cancellation.ts'

/** GitHub's API with the methods of every documented endpoint. */
export type Octokit = ReturnType<typeof getOctokit>

/** Which repository is asked, and with what. */
export interface GitHubSource {
  /** `owner/name`. */
  readonly repository: string
  /** Missing where the workflow gives none. */
  readonly token: string | undefined
}

/** Why GitHub has not said what it was asked, in words that follow a colon. */
export interface Unknown {
  readonly unknown: string
  /** Its answer's status; missing where there was no answer. */
  readonly status?: number
}

/** A call, with what every method of {@link Octokit} takes. */
type Call<T> = (octokit: Octokit, repository: { readonly owner: string; readonly repo: string }) => Promise<T>

/** Milliseconds for one attempt; no deploy waits long for what is not its own work. */
const patience = 15_000
/** How often a question is repeated: after one second, then after four. */
const retries = 2

/**
 * One repository on GitHub, or on a GitHub Enterprise Server where GITHUB_API_URL names one. What it cannot say is a value and no error:
 * GitHub is never the reason why a deploy fails.
 */
export class GitHub {
  readonly #source: GitHubSource
  #octokit: Promise<Octokit> | undefined

  constructor(source: GitHubSource) {
    this.#source = source
  }

  /**
   * Asks, and repeats what GitHub could not answer: statuses of 500 and more, 429, broken connections.
   * @throws Cancelled only
   */
  async ask<T>(call: Call<T>): Promise<T | Unknown> {
    const { repository, token } = this.#source
    const [owner = '', repo = ''] = repository.split('/')
    if (token === undefined) return { unknown: 'the input `github-token` is empty' }
    refuseCancelled()
    try {
      return await call(await (this.#octokit ??= connect(token)), { owner, repo })
    } catch (error) {
      if (error instanceof Cancelled) throw error
      return whyUnknown(error)
    }
  }
}

/** Whether GitHub has not said what it was asked. */
export function isUnknown(answer: unknown): answer is Unknown {
  return typeof answer === 'object' && answer !== null && 'unknown' in answer
}

async function connect(token: string): Promise<Octokit> {
  const [{ getOctokit: open }, { retry }] = await Promise.all([import('@actions/github'), import('@octokit/plugin-retry')])
  const octokit = open(token, { retry: { retries } }, retry)
  octokit.hook.before('request', (options) => {
    // The object that stands there is shared by all requests.
    options.request = { ...options.request, signal: AbortSignal.timeout(patience) }
  })
  return octokit
}

/** An error of a call, as why GitHub has said nothing. */
function whyUnknown(error: unknown): Unknown {
  const { status, message = String(error) } = error as { readonly status?: number; readonly message?: string }
  const [first = ''] = message.split('\n')
  return status === undefined ? { unknown: first } : { unknown: `GitHub answered ${status} (${first})`, status }
}

import { isUnknown, type GitHub, type Octokit, type Unknown } from './client.ts'

/** Which comment of a pull request is meant. */
export interface CommentId {
  /** The pull request. */
  readonly number: number
  /** What it is about; a pull request has one comment for each subject, and never two. */
  readonly subject: string
}

/** A comment as it stands. */
export interface Standing {
  /** Without the marker. */
  readonly text: string
  /** When the run began that wrote it, in milliseconds since the epoch. */
  readonly begun: number
}

/** What a comment is to say, made from what it says. `undefined` leaves it. */
export type Compose = (before: Standing | undefined) => string | undefined

interface Found {
  readonly id: number
  readonly body: string
}

type Repository = Parameters<Parameters<GitHub['ask']>[0]>[1]

/** The one comment of a pull request on one subject, found by a marker that nobody sees, and by its author. */
export class PullRequestComment {
  readonly #github: GitHub
  readonly #at: CommentId
  /** When this run began: what a later one has written stays. */
  readonly #begun: number
  #id: number | undefined

  constructor(github: GitHub, at: CommentId, begun: number) {
    this.#github = github
    this.#at = at
    this.#begun = begun
  }

  /** Writes it where it says something else. Never throws; what GitHub refuses is the answer. */
  async write(compose: Compose): Promise<Unknown | undefined> {
    const found = await this.#read()
    if (isUnknown(found)) return found
    const before = found === undefined ? undefined : standingOf(found.body)
    if (before !== undefined && before.begun > this.#begun) return undefined
    const text = compose(before)
    if (text === undefined || text === before?.text) return undefined
    const body = `${markerOf(this.#at.subject, this.#begun)}\n${text}`
    const written = found === undefined ? await this.#create(body) : await this.#edit(found.id, body)
    return isUnknown(written) ? written : undefined
  }

  /** What stands there now; looked for over all pages only once. */
  async #read(): Promise<Found | Unknown | undefined> {
    const id = this.#id
    if (id === undefined) return (await this.#find()).at(0)
    const answer = await this.#github.ask(({ rest }, repository) => rest.issues.getComment({ ...repository, comment_id: id }))
    if (!isUnknown(answer)) return { id, body: answer.data.body ?? '' }
    // Somebody has deleted it.
    if (answer.status !== 404) return answer
    this.#id = undefined
    return (await this.#find()).at(0)
  }

  /** Comments on this subject by whoever holds the token, the oldest first; or why they are not known. */
  async #find(looksAtAll = false): Promise<readonly (Found | Unknown)[]> {
    const answer = await this.#github.ask((octokit, repository) => this.#search(octokit, repository, looksAtAll))
    if (isUnknown(answer)) return [answer]
    this.#id = answer[0]?.id
    return answer
  }

  /** GitHub lists comments by ascending id: the first that fits is the oldest. */
  async #search(octokit: Octokit, repository: Repository, looksAtAll: boolean): Promise<Found[]> {
    const asked = { ...repository, issue_number: this.#at.number, per_page: 100 }
    const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, asked)
    const found: Found[] = []
    for await (const { data } of pages) {
      for (const { id, body = '', user } of data) {
        if (!body.startsWith(markerStart(this.#at.subject))) continue
        // A comment of another person's may quote the marker. The token of an app cannot ask for its name, but then it is a bot.
        if (user?.type === 'Bot' || (user?.login ?? '') === (await loginOf(octokit))) found.push({ id, body })
      }
      if (found.length > 0 && !looksAtAll) break
    }
    return found
  }

  async #edit(id: number, body: string): Promise<unknown> {
    return this.#github.ask(({ rest }, repository) => rest.issues.updateComment({ ...repository, comment_id: id, body }))
  }

  /** Two runs may both find none and create one each: each looks again, and all but the oldest go. */
  async #create(body: string): Promise<unknown> {
    const { number: issue } = this.#at
    const made = await this.#github.ask(({ rest }, repository) => rest.issues.createComment({ ...repository, issue_number: issue, body }))
    if (isUnknown(made)) return made
    const [first, ...younger] = await this.#find(true)
    if (first === undefined || isUnknown(first)) return first
    for (const each of younger) {
      if (isUnknown(each)) return each
      await this.#github.ask(({ rest }, repository) => rest.issues.deleteComment({ ...repository, comment_id: each.id }))
    }
    return first.id === made.data.id || (standingOf(first.body)?.begun ?? 0) > this.#begun ? undefined : this.#edit(first.id, body)
  }
}

async function loginOf(octokit: Octokit): Promise<string | undefined> {
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login
  } catch {
    return undefined
  }
}

const markerStart = (subject: string): string => `<!-- lambda-api-deploy ${subject} `
const markerOf = (subject: string, begun: number): string => `${markerStart(subject)}begun=${begun} -->`

function standingOf(body: string): Standing | undefined {
  const [marker = '', ...rest] = body.split('\n')
  const begun = / begun=(\d+) -->$/.exec(marker)?.[1]
  return begun === undefined ? undefined : { begun: Number(begun), text: rest.join('\n') }
}

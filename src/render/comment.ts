import type { ErrorText } from '../errors.ts'
import type { Result } from '../service/result.ts'
import { html, link, sentence } from './escape.ts'
import { errorMarkdown } from './failure.ts'
import { duration } from './format.ts'
import { commitLink } from './releases.ts'
import { resultSections } from './result.ts'

/** What stands above everything else in a comment. */
export interface CommentHead {
  readonly service: string
  readonly stage: string
  readonly commit: string
  readonly repositoryUrl?: string | undefined
}

/** How a run's page ends: what changes with every run, although nothing else does. */
export interface CommentFoot {
  readonly seconds: number
  /** The run's log on GitHub. */
  readonly runUrl?: string | undefined
}

/** Between what a comment says of the newest run, and what stands since the last one that went well. */
const seam = '\n\n<!-- since the last success -->\n\n'

/** While a run is at work: what was deployed before stays below. */
export function deployingComment(head: CommentHead, before: string | undefined): string {
  return joined([heading(head), `<p><b>Deploying</b> ${commit(head)} …</p>`], pageIn(before))
}

/** What was deployed, or for a plan what would be. */
export function resultComment(head: CommentHead, result: Result, foot: CommentFoot): string {
  if (result.command === 'plan') {
    return joined([heading(head), `<p><b>Plan</b> of ${commit(head)}: what merging would change.</p>`], pageOf(result, foot))
  }
  return joined([heading(head), `<p><b>Live</b> with ${commit(head)}</p>`], pageOf(result, foot))
}

/** Why a run failed; what was deployed before stays below. */
export function failureComment(head: CommentHead, errors: readonly ErrorText[], { before, docsUrl, ...foot }: FailureFoot): string {
  const told = errors.map((text) => errorMarkdown(text, docsUrl))
  const page = pageIn(before)
  const below = page === '' ? [] : ['<p>What was deployed before:</p>']
  return joined([heading(head), `<p><b>Failed</b> for ${commit(head)}</p>`, ...told, footLine(foot), ...below], page)
}

interface FailureFoot extends CommentFoot {
  readonly before: string | undefined
  /** Where our docs lie. */
  readonly docsUrl?: string | undefined
}

/** That all of it is gone, and what is not. */
export function goneComment(head: Pick<CommentHead, 'service' | 'stage'>, notes: readonly string[]): string {
  const stays = notes.length === 0 ? [] : [`<ul>${notes.map((note) => `<li>${sentence(note)}</li>`).join('')}</ul>`]
  const what = notes.length === 0 ? 'everything that was made for this pull request' : 'what was made for this pull request'
  return inert([heading(head), `<p><b>Gone</b>: ${what} is removed.</p>`, ...stays].join('\n\n'))
}

/** What a run has changed, or would change, for whoever writes a comment of one's own. */
export function planMarkdown(result: Result): string {
  return inert([heading(result), ...resultSections({ ...result, timings: [] })].join('\n\n'))
}

/** Whether two comments say the same, apart from how long their runs took and where their logs are. */
export function saysTheSame(one: string, other: string): boolean {
  const plain = (text: string): string => text.replaceAll(/<p><sub>.*<\/sub><\/p>/g, '')
  return plain(one) === plain(other)
}

/** Whether a comment tells that a commit is live. */
export function tellsLive(text: string, head: CommentHead): boolean {
  return text.startsWith(inert([heading(head), `<p><b>Live</b> with ${commit(head)}</p>`].join('\n\n')))
}

function pageOf(result: Result, foot: CommentFoot): string {
  const parts = result.timings.map(({ part, seconds }) => `${html(part)} ${duration(seconds)}`)
  return [...resultSections({ ...result, timings: [] }), footLine(foot, parts)].join('\n\n')
}

const heading = ({ service, stage }: Pick<CommentHead, 'service' | 'stage'>): string => `<h3>${html(service)} on ${html(stage)}</h3>`
const commit = (head: CommentHead): string => `commit ${commitLink(head.commit, head.repositoryUrl)}`

function footLine({ seconds, runUrl }: CommentFoot, notes: readonly string[] = []): string {
  const log = runUrl === undefined ? [] : [link(runUrl, 'log of the run')]
  return `<p><sub>${[...log, `took ${duration(seconds)}`, ...notes].join(' · ')}</sub></p>`
}

function joined(head: readonly string[], page: string): string {
  const top = inert(head.join('\n\n'))
  return page === '' ? top : `${top}${seam}${inert(page)}`
}

/** What stands since the last success. */
function pageIn(text: string | undefined): string {
  return text?.split(seam).slice(1).join(seam) ?? ''
}

/**
 * The same page without mentions and references: GitHub makes links of `@name` and `#12`, and tells people of them, wherever they stand in
 * text. An empty comment within them keeps it from that, and shows nothing. In code it looks for neither.
 */
function inert(page: string): string {
  let depth = 0
  return page.split(/(<!--.*?-->|<[^>]*>)/).map((piece, index) => {
    if (index % 2 === 1) {
      if (/^<(code|pre)\b/.test(piece)) depth++
      if (/^<\/(code|pre)>/.test(piece)) depth--
      return piece
    }
    return depth > 0 ? piece : piece.replaceAll(/(?<!&)([@#])(?=[\w-])/g, '$1<!-- -->')
  }).join('')
}

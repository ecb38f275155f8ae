import type { PlannedChange } from '../change.ts'
import { errorLines, type ErrorText, type Place } from '../errors.ts'
import { block, code, html, link, sentence, visibleLines } from './escape.ts'
import { count } from './format.ts'

/** Why a run failed, and what it had done by then. */
export interface Failure {
  readonly errors: readonly ErrorText[]
  /** Which service and stage it was to be, as `hello on prod`; missing where the config could not be read. */
  readonly subject?: string | undefined
  /** Changes that were carried out before the failure. */
  readonly done: readonly PlannedChange[]
  /** Where our docs lie, such as `https://github.com/owner/lambda-api-deploy/blob/v1/docs`. */
  readonly docsUrl?: string | undefined
}

/** An error as lines for log and annotation; `docs` is a whole address where the docs' own is known. */
export function failureLines(text: ErrorText, docsUrl?: string): string[] {
  const [what = '', ...more] = errorLines(withDocs(text, docsUrl))
  // An annotation stands on its place, but the log of the runner shows no more of it than these lines.
  const where = text.place === undefined ? [] : [`Where: ${placeText(text.place)}`]
  return [what, ...where, ...more].map(visibleLines)
}

/** A failed run's page in the job summary. */
export function failureMarkdown(failure: Failure): string {
  const { subject } = failure
  const number = failure.errors.length > 1 ? `${failure.errors.length} errors` : undefined
  const heading = subject === undefined ? (number ?? 'Failed') : `${html(subject)}: ${number ?? 'failed'}`
  const errors = failure.errors.map((text) => errorMarkdown(text, failure.docsUrl))
  return `${[`<h2>${heading}</h2>`, ...errors, ...doneMarkdown(failure.done)].join('\n\n')}\n`
}

/** One error: what, where, why and its cure. */
export function errorMarkdown(text: ErrorText, docsUrl: string | undefined): string {
  const { why, cure, docs, place } = withDocs(text, docsUrl)
  const [what = '', ...more] = text.what.split('\n')
  const rest = [
    ...(place === undefined ? [] : [`Where: ${code(placeText(place))}`]),
    ...(why === undefined ? [] : [`Why: ${breaks(why)}`]),
    ...(cure === undefined ? [] : [`Cure: ${breaks(cure)}`]),
    ...(docs === undefined ? [] : [`Docs: ${link(docs)}`]),
  ]
  // One paragraph for each error, so that several of them can be told apart.
  if (more.length === 0) return `<p>${[`<b>${sentence(what)}</b>`, ...rest].join('<br>')}</p>`
  return [`<p><b>${sentence(what)}</b></p>`, block(more), ...(rest.length === 0 ? [] : [`<p>${rest.join('<br>')}</p>`])].join('\n')
}

/** The next run takes what is there into account, so that nothing has to be undone by hand. */
function doneMarkdown(done: readonly PlannedChange[]): string[] {
  if (done.length === 0) return []
  const items = done.map((change) => `<li>${html(change.action)} ${html(change.kind)} ${code(change.name)}</li>`)
  const summary = `${count(done.length, 'change')} had been made by then; the next run goes on from there`
  // A release that was taken back leaves a change of the phase behind that.
  const last = done.findLast(({ kind, phase }) => (kind === 'stage' && phase === 'verify') || phase === 'go live')
  const isLive = last?.phase === 'go live'
  const live = isLive ? 'What was to go live is live; what came after it is not done.' : 'Callers get what they got before.'
  return [`<p>${live}</p>`, `<details><summary>${summary}</summary>\n<ul>${items.join('')}</ul>\n</details>`]
}

function withDocs(text: ErrorText, docsUrl: string | undefined): ErrorText {
  // Where the address is not known, the path in the repository is.
  return text.docs === undefined ? text : { ...text, docs: `${docsUrl ?? 'docs'}/${text.docs}` }
}

const breaks = (text: string): string => text.split('\n').map(sentence).join('<br>')

/** `lambda-api.yml:3`. */
const placeText = ({ file, line }: Place): string => (line === undefined ? file : `${file}:${line}`)

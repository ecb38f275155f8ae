import type { FunctionResult, Result, RouteResult } from '../service/result.ts'
import { consolePages } from './console.ts'
import { code, html, link, sentence, visible } from './escape.ts'
import { aligned, count, duration, size, table } from './format.ts'
import { commitLink, releaseLines, releaseTable } from './releases.ts'
import { planCounts, planTable } from './plan.ts'
import { smokeTable } from './smoke.ts'
import { sweepLines, sweepSentence, sweepTable } from './sweep.ts'

/** More routes than this are folded away in the summary. */
const openRoutes = 15
/** A summary holds at most this many routes; the `routes` output holds more. */
const listedRoutes = 300

/**
 * One sentence for the end of the log, the summary and the comment.
 * @param seconds how long the whole run took; its parts overlap, so their times do not add up to it. Not told where it is missing
 */
export function resultSentence(result: Result, seconds?: number): string {
  const what = result.command === 'plan' ? planSentence(result) : doneSentence(result)
  return seconds === undefined ? what : `${what} (${duration(seconds)})`
}

function planSentence(result: Result): string {
  return result.changed ? `Planned: ${planCounts(result.plan)}` : 'Planned: nothing would change'
}

function doneSentence(result: Result): string {
  if (result.swept !== undefined) return sweepSentence(result.swept)
  if (!result.changed) return 'Nothing changed, nothing was written'
  const changes = count(result.plan.filter((change) => change.action !== 'keep').length, 'change')
  if (result.command === 'destroy') return `Removed with ${changes}`
  if (result.command === 'rollback' && result.plan.some(({ kind, action }) => kind === 'canary' && action === 'delete')) {
    return `The canary is taken back, release ${result.release} has all requests`
  }
  if (result.releaseState === 'canary') return `Release ${result.nextRelease} is a canary beside release ${result.release}, with ${changes}`
  return result.release === undefined ? `Done with ${changes}` : `Release ${result.release} is live with ${changes}`
}

/** What a run ended with, as lines for the end of the log. */
export function resultLines(result: Result, seconds: number): string[] {
  const functions = result.functions.map((each) => [`function ${visible(each.name)}`, versionText(each) ?? '', packageText(each) ?? ''])
  return [
    `${visible(subjectOf(result))}: ${resultSentence(result, seconds)}`,
    ...(result.invokeUrl === undefined ? [] : [`  ${visible(result.invokeUrl)}`]),
    ...aligned(functions).map((line) => `  ${line}`),
    ...(result.accessLogGroup === undefined ? [] : [`  access log ${visible(result.accessLogGroup)}`]),
    ...(result.command === 'plan' || result.command === 'rollback' ? releaseLines(result.releases ?? []).map((line) => `  ${line}`) : []),
    ...sweepLines(result.swept ?? []).map((line) => `  ${line}`),
    ...result.notes.map((note) => `  note: ${visible(note)}`),
  ]
}

/** What the run was about: a sweep is about no one service. */
function subjectOf({ service, stage }: Result): string {
  return service === '' ? 'Previews' : `${service} on ${stage}`
}

/**
 * A run's page in the job summary: the address first, then what changed and why, functions, routes, times and notes.
 * All of it is HTML blocks: Markdown is read in any other line, also between inline tags.
 */
export function resultMarkdown(result: Result, seconds: number): string {
  const heading = `<h2>${result.command === 'plan' ? 'Plan: ' : ''}${html(subjectOf(result))}</h2>`
  return [heading, ...resultSections(result, seconds)].join('\n\n') + '\n'
}

/** What stands on such a page, block by block. */
export function resultSections(result: Result, seconds?: number): string[] {
  return [
    ...(result.invokeUrl === undefined ? [] : [`<p><b>${address(result, result.invokeUrl)}</b></p>`]),
    `<p>${html(resultSentence(result, seconds))}.${where(result)}</p>`,
    ...(result.notes.length === 0 ? [] : [`<ul>${result.notes.map((note) => `<li>${sentence(note)}</li>`).join('')}</ul>`]),
    ...(result.swept === undefined || result.swept.length === 0 ? [] : [sweepTable(result.swept)]),
    ...(result.changed ? [planTable(result.plan)] : []),
    ...(result.functions.length === 0 ? [] : [functionTable(result)]),
    ...(result.routes.length === 0 ? [] : [routeTable(result.routes)]),
    ...(result.smokeTests === undefined || result.smokeTests.length === 0 ? [] : [smokeTable(result.smokeTests)]),
    ...(result.releases === undefined || result.releases.length === 0 ? [] : [releaseTable(result.releases, result.repositoryUrl)]),
    ...footer(result),
  ]
}

/** Which account, Region and commit, so that a reader who looks after several knows this one. */
function where({ account, commit, repositoryUrl }: Result): string {
  const place = account === undefined ? [] : [`account ${code(account.accountId)}`, html(account.region)]
  const parts = [...place, ...(commit === undefined ? [] : [`commit ${commitLink(commit, repositoryUrl)}`])]
  return parts.length === 0 ? '' : `<br>${parts.join(' · ')}`
}

/** The stage's address; a link only to what a browser can open: the stage itself where / has a route, else the first page below it. */
function address({ routes }: Result, invokeUrl: string): string {
  const pages = routes.filter(({ method, path }) => (method === 'GET' || method === 'ANY') && !path.includes('{'))
  if (pages.some(({ path }) => path === '/')) return link(invokeUrl)
  const [first] = pages
  return first === undefined ? code(invokeUrl) : `${code(invokeUrl)} · ${link(invokeUrl + first.path, code(first.path))}`
}

function functionTable(result: Result): string {
  const pages = consolePages(result)
  const nameOf = ({ name }: FunctionResult): string => (pages === undefined ? code(name) : link(pages.ofFunction(name), code(name)))
  const rows = result.functions.map((each) => [nameOf(each), html(versionText(each) ?? ''), html(packageText(each) ?? '')])
  return table(['Function', 'Version', 'Package'], rows)
}

/** `version 3 -> 4`, or the one that stays; a plan does not know the number to come. */
function versionText({ version, previousVersion }: FunctionResult): string | undefined {
  if (version === undefined) return previousVersion === undefined ? undefined : `version ${previousVersion} → (new)`
  return previousVersion === undefined || previousVersion === version ? `version ${version}` : `version ${previousVersion} → ${version}`
}

/** Size and the start of the digest, which is enough to compare by eye. */
function packageText({ packageSize, packageSha256 }: FunctionResult): string | undefined {
  const bytes = packageSize === undefined ? [] : [size(packageSize)]
  const digest = packageSha256 === undefined ? [] : [`sha256 ${packageSha256.slice(0, 12)}…`]
  return [...bytes, ...digest].join(', ') || undefined
}

function routeTable(routes: readonly RouteResult[]): string {
  const rows = routes.slice(0, listedRoutes).map((route) => [code(route.method), routeLink(route), code(route.function ?? '')])
  const listed = table(['Method', 'Path', 'Function'], rows)
  const rest = routes.length > listedRoutes ? `\nand ${routes.length - listedRoutes} more` : ''
  return routes.length <= openRoutes ? listed : `<details><summary>${count(routes.length, 'route')}</summary>\n${listed}${rest}\n</details>`
}

/** A browser can open what answers to GET and has no parameter to fill in. */
function routeLink({ method, path, url }: RouteResult): string {
  const canOpen = url !== undefined && (method === 'GET' || method === 'ANY') && !path.includes('{')
  return canOpen ? link(url, code(path)) : code(path)
}

function footer(result: Result): string[] {
  const { accessLogGroup: group } = result
  const page = group === undefined ? undefined : consolePages(result)?.ofLogGroup(group)
  const log = group === undefined ? [] : [`<p>Access log: ${page === undefined ? code(group) : link(page, code(group))}</p>`]
  if (result.timings.length === 0) return log
  const times = result.timings.map((each) => `${html(each.part)} ${duration(each.seconds)}`).join(' · ')
  return [...log, `<p><sub>${times}</sub></p>`]
}

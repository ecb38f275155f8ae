import { missingOf } from './missing.ts'
import type { Ran } from './process.ts'

/** What pip, uv, npm and git say of an index that does not answer as one. */
const network = new RegExp(
  [
    'Temporary failure in name resolution|Name or service not known|Could not resolve host|dns error',
    'Connection (?:refused|reset|aborted|timed out)|Failed to connect to|tcp connect error|error sending request|NewConnectionError',
    'Read timed out|ReadTimeoutError|ConnectTimeout|operation timed out|Max retries exceeded',
    '(?:429|5\\d\\d) (?:(?:Server|Client) Error|Internal Server Error|Too Many Requests|Bad Gateway|Service Unavailable|Gateway)',
    'status (?:code|server error)[ (]+(?:429|5\\d\\d)',
    'ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|UnknownIssuer',
  ].join('|'),
  'i',
)
/** Node's own names, as they are written: names of Python's errors may hold the same letters. */
const networkCodes = /\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL)\b/
/** What pip and uv say when the code of a package that they build has failed. */
const buildFailure = new RegExp([
  'Failed to build |build backend returned an error|Call to `[^`]+` failed',
  'subprocess-exited-with-error|metadata-generation-failed|Failed building wheel|did not run successfully',
].join('|'))
/** What uv says where it has no Python and gets none. */
const noPython = /No interpreter found|[Ff]ailed to (?:install|download|extract|fetch)[^\n]*\bc?python-3|python-build-standalone/
/** The build has not begun: what it needs itself could not be had. */
const buildNeeds = /build-system\.requires|install build dependencies/
/** pip runs git as it runs a build, and tells of its failure in the same words. */
const gitFailure = /× git (?:clone|fetch|checkout|ls-remote|submodule|rev-parse)\b.* did not run successfully/
/** What pip, uv, npm and git say of an index that wants other credentials. */
const refused = new RegExp([
  '\\b40[13] (?:Client Error|Unauthorized|Forbidden)|error 40[13] while|status code 40[13]|\\bE40[13]\\b|ERR_PNPM_FETCH_40[13]',
  '\\bGET \\S+ - 40[13]\\b|Invalid authentication',
  'Unauthorized|lack of valid authentication|requested URL returned error: 40[13]|Authentication failed',
  'could not read (?:Username|Password)',
].join('|'), 'i')

/** Whether an installer failed because the index could not be reached, so that another try may help. */
export function isNetworkFailure(ran: Ran): boolean {
  return !isBuildFailure(ran) && (network.test(ran.stderr) || networkCodes.test(ran.stderr))
}

/** Whether it failed in the code of a package that it built, whatever that code says. */
export function isBuildFailure({ stderr }: Ran): boolean {
  return buildFailure.test(stderr) && !buildNeeds.test(stderr) && !gitFailure.test(stderr) && !isRefusedBuild({ stderr })
}

/** Whether it failed because the index has no wheel for the target, or may have none. */
export function isMissingWheel(ran: Ran): boolean {
  return ['wheel', 'either'].includes(missingOf(ran)?.lacks ?? '')
}

/** Whether uv stopped at a source that it was not allowed to build. */
export function isRefusedBuild({ stderr }: Pick<Ran, 'stderr'>): boolean {
  return /Building source distributions(?: for `[^`]+`)? is disabled/.test(stderr)
}

/** Whether uv had no Python to work with. */
export function lacksPython({ stderr }: Pick<Ran, 'stderr'>): boolean {
  return noPython.test(stderr)
}

/** ` https://host/simple/`, as far as the text names what was asked; user and password left out. */
export function refusing(text: string): string {
  const line = text.split('\n').find((each) => refused.test(each) && /https?:\/\//.test(each))
  const url = /https?:\/\/[^\s)`'"]+/.exec(line ?? '')?.[0].replace(/\/\/[^/]*@/, '//').replace(/[:,.]+$/, '')
  return url === undefined ? '' : ` ${url}`
}

/** Whether it failed because of credentials. */
export function isRefusal(text: string): boolean {
  return refused.test(text)
}

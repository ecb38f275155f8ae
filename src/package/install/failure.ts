import { UserError } from '../../errors.ts'
import type { Job } from './job.ts'
import type { Ran } from './process.ts'
import type { Wanted } from './requirements.ts'

const network = /Temporary failure in name resolution|Name or service not known|Connection (?:refused|reset|aborted|timed out)|Read timed out|ReadTimeoutError|NewConnectionError|ConnectTimeout|Max retries exceeded|error sending request|dns error|Could not resolve host|Failed to connect to|tcp connect error|operation timed out|50[0234] (?:Server Error|Bad Gateway|Service Unavailable|Gateway)|ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|UnknownIssuer|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL/i
/** What pip, uv, npm and git say of an index that wants other credentials. */
const refused = /\b40[13] (?:Client Error|Unauthorized|Forbidden)|error 40[13] while|status code 40[13]|\bE40[13]\b|ERR_PNPM_FETCH_40[13]|Unauthorized|lack of valid authentication|requested URL returned error: 40[13]|Authentication failed|could not read (?:Username|Password)/i
const noWheel = [
  /No matching distribution found for ([^\s(]+)/,
  /Because (?:only )?([A-Za-z0-9._-]+)(?:\{[^}]*\})?(?:[=<>][^\s]*)? has no (?:usable )?wheels/,
  /Because (?:only )?the following versions of ([A-Za-z0-9._-]+)[^\n]*have no usable wheels/,
  /Distribution `([^`]+)`[^\n]*no (?:source distribution|wheel)/,
]

/** Whether an installer failed because the index could not be reached, so that another try may help. */
export function isNetworkFailure(ran: Ran): boolean {
  return network.test(ran.stderr)
}

/** Whether it failed because the index has no wheel for the target. */
export function isMissingWheel(ran: Ran): boolean {
  return noWheel.some((pattern) => pattern.test(ran.stderr))
}

/** Whether uv stopped at a source that it was not allowed to build. */
export function isRefusedBuild(ran: Ran): boolean {
  return ran.stderr.includes('Building source distributions is disabled')
}

/** An installer's failure as one readable error. */
export function installFailure(ran: Ran, wanted: Wanted, job: Job): UserError {
  const { runtime, architecture } = job.target
  const file = wanted.files[0]
  const place = file === undefined ? {} : { place: { file } }
  const said = lastLines(ran.stderr)
  if (isNetworkFailure(ran)) {
    return new UserError({ what: 'The package index could not be reached.', why: said, cure: 'Run the job again; behind a proxy or with an index of your own, check HTTPS_PROXY and the index settings of the step.', ...place })
  }
  if (isRefusal(ran.stderr)) {
    return new UserError({
      what: `The ${/\bfatal: /.test(ran.stderr) ? 'repository' : 'package index'}${refusing(ran.stderr)} refused the credentials.`, why: said, docs: 'packaging.md#private-indexes',
      cure: 'Check the user and password (percent-encoded in a URL) in the step\'s PIP_INDEX_URL, PIP_EXTRA_INDEX_URL or UV_INDEX, in pip.conf or .netrc.', ...place,
    })
  }
  if (/Cannot find command 'git'|Git executable not found/i.test(ran.stderr)) {
    return new UserError({ what: `git is not here to fetch ${wanted.repositories[0] === undefined ? 'a repository' : job.hide(wanted.repositories[0])}.`, why: said, cure: 'Run the job on a runner with git, or ask for a released version of the package.', ...place })
  }
  const name = noWheel.map((pattern) => pattern.exec(ran.stderr)?.[1]).find((found) => found !== undefined)
  if (name !== undefined) {
    return new UserError({
      what: `${name} has no wheel for ${runtime.name} on ${architecture}.`,
      why: `Lambda runs glibc 2.${runtime.glibc} there, and nothing on the index fits it. ${said}`,
      cure: `Ask for a version that has one, choose another \`runtime\` or \`architecture\`, or allow building it here with ${buildHint(name.split(/[=<>~!]/, 1)[0] as string, file)}.`,
      docs: 'packaging.md#no-wheel',
      ...place,
    })
  }
  return new UserError({ what: `Installing the Python packages with ${job.tool.kind} failed.`, why: said, cure: 'Mend what the installer names; the debug log has its whole output.', ...place })
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

function buildHint(name: string, file: string | undefined): string {
  return file?.endsWith('.txt') === true ? `a line \`--no-binary ${name}\` in ${file}` : `PIP_NO_BINARY: ${name} in the step's env`
}

/** The end of what an installer said, without the noise. */
export function lastLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^(?:WARNING|\[notice\])/.test(line))
  return lines.slice(-6).join('\n')
}

import { UserError, type ErrorText } from '../../errors.ts'
import type { Job } from './job.ts'
import { missingOf, type Missing, type Failed } from './missing.ts'
import type { Ran } from './process.ts'
import type { Wanted } from './requirements.ts'

const network = /Temporary failure in name resolution|Name or service not known|Connection (?:refused|reset|aborted|timed out)|Read timed out|ReadTimeoutError|NewConnectionError|ConnectTimeout|Max retries exceeded|error sending request|dns error|Could not resolve host|Failed to connect to|tcp connect error|operation timed out|50[0234] (?:Server Error|Bad Gateway|Service Unavailable|Gateway)|ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|UnknownIssuer|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL/i
/** What pip, uv, npm and git say of an index that wants other credentials. */
const refused = /\b40[13] (?:Client Error|Unauthorized|Forbidden)|error 40[13] while|status code 40[13]|\bE40[13]\b|ERR_PNPM_FETCH_40[13]|Unauthorized|lack of valid authentication|requested URL returned error: 40[13]|Authentication failed|could not read (?:Username|Password)/i
/** Whether an installer failed because the index could not be reached, so that another try may help. */
export function isNetworkFailure(ran: Ran): boolean {
  return network.test(ran.stderr)
}

/** Whether it failed because the index has no wheel for the target, or may have none. */
export function isMissingWheel(ran: Ran): boolean {
  return ['wheel', 'either'].includes(missingOf(ran)?.lacks ?? '')
}

/** Whether uv stopped at a source that it was not allowed to build. */
export function isRefusedBuild(ran: Ran): boolean {
  return ran.stderr.includes('Building source distributions is disabled')
}

/** An installer's failure as one readable error. */
export function installFailure(ran: Failed, wanted: Wanted, job: Job): UserError {
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
  const missing = missingOf(ran)
  if (missing !== undefined) return new UserError({ ...missingText(missing, { job, file, said }), ...place })
  return new UserError({ what: `Installing the Python packages with ${job.tool.kind} failed.`, why: said, cure: 'Fix what the installer names; the debug log has its whole output.', ...place })
}

/** One text for each thing that an index may lack: what to do about it differs. */
function missingText({ requirement, name, lacks }: Missing, { job, file, said }: { readonly job: Job, readonly file: string | undefined, readonly said: string }): ErrorText {
  const { runtime, architecture } = job.target
  if (lacks === 'name') return { what: `The package index has no package ${name}.`, why: said, cure: 'Fix the name, or the line that asks for it; a package of your own needs its index in the step\'s settings.', docs: 'packaging.md#private-indexes' }
  if (lacks === 'version') return { what: `The package index has no version of ${name} for \`${requirement}\`.`, why: said, cure: 'Ask for a version that exists; one of your own needs its index in the step\'s settings.', docs: 'packaging.md#python-dependencies' }
  const wheel = `choose another \`runtime\` or \`architecture\`, or allow building it here with ${buildHint(name, file)}`
  const docs = 'packaging.md#no-wheel'
  if (lacks === 'either') return { what: `Nothing on the package index fits \`${requirement}\` for ${runtime.name} on ${architecture}.`, why: `Either it has no such version, or none with a wheel for the glibc 2.${runtime.glibc} that Lambda runs there. ${said}`, cure: `Ask for a version that exists; if it does, ${wheel}.`, docs }
  return { what: `${requirement} has no wheel for ${runtime.name} on ${architecture}.`, why: `Lambda runs glibc 2.${runtime.glibc} there, and nothing on the index fits it. ${said}`, cure: `Ask for a version that has one, ${wheel}.`, docs }
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

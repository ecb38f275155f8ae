/** What pip's log (`--log`) tells and pip itself does not, because an index that refuses or fails is to it one without the package. */
export interface PipLog {
  /** Lines about an index or a repository that refused or failed. */
  readonly refusals: readonly string[]
  /** The host of an index that pip passes over, because it is asked without TLS. */
  readonly untrusted?: string
  /** The last words of a build that failed. */
  readonly build: readonly string[]
}

const stamp = /^\d{4}-\d\d-\d\dT[\d:]+,\d+ ?/

/** Reads pip's log; credentials are as pip writes them. */
export function readPipLog(log: string): PipLog {
  const lines = log.split('\n').map((line) => line.replace(stamp, '').trimEnd())
  // An index without the package answers 404, which is no failure of the index.
  const refusals = lines.flatMap((line) => /Could not fetch URL \S+: (?!4(?:04|10)\b).*|\bfatal: .*/.exec(line)?.[0] ?? [])
  const untrusted = /repository located at (\S+) is not a trusted or secure host/.exec(log)?.[1]
  return { refusals: [...new Set(refusals)], ...(untrusted === undefined ? {} : { untrusted }), build: buildIn(lines) }
}

/** pip notes what it runs, what that says, and how it ended. */
function buildIn(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => /: finished with status 'error'$/.test(line))
  const start = lines.slice(0, Math.max(0, end)).findLastIndex((line) => /^\s*Running command /.test(line))
  return end === -1 || start === -1
    ? []
    : lines.slice(start + 1, end).map((line) => line.trim()).filter((line) => line !== ''
    && !/^(?:ERROR: )?\[(?:present-rich|bold magenta)\]/.test(line))
}

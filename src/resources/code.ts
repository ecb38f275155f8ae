/** The code that a function is to run: the package's digests and, where it was built, the zip. */
export interface FunctionCode {
  /** Base64 SHA-256 of the zip, as Lambda's CodeSha256. */
  readonly sha256: string
  /** The digest of what the package was made from; stands in the slot alias's description. */
  readonly inputDigest: string
  /** Missing where the inputs' digest said that the live version has this code already. */
  readonly path?: string
  /** Bytes. */
  readonly size?: number
}

/** What a slot's alias says of itself. */
export interface CodeMark {
  readonly inputDigest: string
  readonly sha256: string
  /** The version that the alias named before. Lambda may call it for a while yet, so it stays as long as the alias names its successor. */
  readonly before?: string | undefined
}

/** The description of a slot's alias: which inputs gave which code, and which version it named before. */
export function codeMark({ inputDigest, sha256 }: FunctionCode, before?: string): string {
  return `inputs ${inputDigest} code ${sha256}${before === undefined ? '' : ` before ${before}`}`
}

/** Reads {@link codeMark} back; nothing where somebody else wrote the description. */
export function parseCodeMark(description: string | undefined): CodeMark | undefined {
  const [, inputDigest, sha256, before] = /^inputs (\S+) code (\S+?)(?: before (\d+))?$/.exec(description ?? '') ?? []
  return inputDigest === undefined || sha256 === undefined ? undefined : { inputDigest, sha256, before }
}

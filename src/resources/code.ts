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

/** The description of a slot's alias: which inputs gave which code. */
export function codeMark(code: FunctionCode): string {
  return `inputs ${code.inputDigest} code ${code.sha256}`
}

/** Reads {@link codeMark} back; nothing where somebody else wrote the description. */
export function parseCodeMark(description: string | undefined): { inputDigest: string; sha256: string } | undefined {
  const match = /^inputs (\S+) code (\S+)$/.exec(description ?? '')
  return match?.[1] === undefined || match[2] === undefined ? undefined : { inputDigest: match[1], sha256: match[2] }
}

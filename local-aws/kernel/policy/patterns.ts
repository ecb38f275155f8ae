/** What a request says of itself, by condition key; several values where the key has a list. */
export type Context = Readonly<Record<string, string | readonly string[]>>

/** Text of a policy in which variables may stand. */
export interface Wanted {
  readonly text: string
  readonly context: Context
  /**
   * Only policies of the version 2012-10-17 have variables; in older ones `${…}` is plain text (IAM user guide, "IAM policy elements:
   * Variables and tags").
   */
  readonly hasVariables: boolean
}

/** The value of a condition key, whose name does not distinguish case (IAM user guide, "Condition keys"). */
export function lookUp(context: Context, key: string): string | readonly string[] | undefined {
  const name = Object.keys(context).find((known) => known.toLowerCase() === key.toLowerCase())
  return name === undefined ? undefined : context[name]
}

/**
 * The text with its variables replaced, piece by piece; undefined where one has no value, because then the whole statement does not hold.
 * `${*}`, `${?}` and `${$}` are the characters themselves, `${key, 'other'}` has a default (same page). A key with several values has none
 * here.
 */
function pieces({ text, context, hasVariables }: Wanted): readonly { readonly text: string; readonly isLiteral: boolean }[] | undefined {
  if (!hasVariables) return [{ text, isLiteral: false }]
  const found = text.split(/(\$\{[^}]*\})/).map((part) => {
    const [, name] = /^\$\{([^}]*)\}$/.exec(part) ?? []
    return name === undefined ? { text: part, isLiteral: false } : { text: valueOf(name, context), isLiteral: true }
  })
  const whole = found.flatMap(({ text: value, isLiteral }) => (value === undefined ? [] : [{ text: value, isLiteral }]))
  return whole.length === found.length ? whole : undefined
}

function valueOf(variable: string, context: Context): string | undefined {
  if (['*', '?', '$'].includes(variable)) return variable
  const [, key = '', other] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(variable) ?? []
  const value = lookUp(context, key)
  return typeof value === 'string' ? value : other
}

/** The text itself, with its variables replaced; undefined where one has no value. */
export function plainText(wanted: Wanted): string | undefined {
  return pieces(wanted)?.map(({ text }) => text).join('')
}

/** Whether a text fits a pattern with `*` and `?`, which in the value of a variable are no wildcards. */
export function fits(wanted: Wanted, text: string, flags = ''): boolean {
  const found = pieces(wanted)
  if (found === undefined) return false
  const source = found
    .map(({ text: piece, isLiteral }) => (isLiteral ? escape(piece) : escape(piece).replaceAll('\\*', '.*').replaceAll('\\?', '.')))
    .join('')
  return new RegExp(`^${source}$`, `s${flags}`).test(text)
}

/**
 * The same for ARNs, whose first five parts are compared each by itself (IAM user guide, "Amazon Resource Name (ARN) condition operators").
 */
export function arnFits(wanted: Wanted, arn: string): boolean {
  const [patterns, parts] = [arnParts(wanted.text), arnParts(arn)]
  return patterns.length === parts.length && patterns.every((text, index) => fits({ ...wanted, text }, parts[index] ?? ''))
}

/** At the colons outside of variables, six parts at most. */
function arnParts(arn: string): readonly string[] {
  const parts = arn.split(/:(?![^{]*\})/)
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])]
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

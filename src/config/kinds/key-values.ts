import { readJson } from '../json.ts'
import { inputScalar } from '../node.ts'
import type { Entry, Node } from '../node.ts'
import type { Context } from './kind.ts'

interface Line {
  readonly number: number
  readonly key: string
  readonly value: string
}

/** What a text of `KEY=value` lines holds. */
export interface KeyValueRules {
  /** What may stand before the `=`. Anything else is taken for the rest of a value of several lines, and no part of it is printed. */
  readonly key: RegExp
  /** What that is, in words. */
  readonly words: string
}

const severalLines =
  'A value of several lines needs JSON, or from-env: give it to the step in env:, and write {"KEY": {"from-env": "NAME"}} here or ' +
  'KEY: { from-env: NAME } in lambda-api.yml.'

/** An input's `KEY=value` lines, or a JSON object, as the map that the file would hold. Values never reach a message. */
export function keyValuesFromText(rules: KeyValueRules) {
  return (text: string, label: string, context: Context): Node | undefined => {
    if (text.trimStart().startsWith('{')) return fromJson(text, label, context)
    const lines = linesOf(text)
    const rest = lines.filter((line, index) => !rules.key.test(line.key) || isRestOfBase64(line, lines[index - 1]))
    for (const line of rest) {
      const what = `${label}: line ${line.number} is not KEY=value.`
      const why = `A key is ${rules.words}. This may be the rest of a value that has several lines, so no part of it is shown.`
      context.findings.error({ what, why, cure: `Write one KEY=value a line; everything after the first = is the value. ${severalLines}` })
    }
    // Where one line is the rest of a value, others may be so, too, although they look like KEY=value.
    const known = rest.length > 0 ? [] : lines
    const entries = new Map<string, Entry>()
    for (const line of known) {
      if (entries.has(line.key)) {
        context.findings.error({ what: `${label}: line ${line.number} gives ${line.key} again.`, cure: 'Take one of the two lines out.' })
      } else {
        warnOfValue(line, label, context)
        entries.set(line.key, { node: inputScalar(`${label}: ${line.key}`, line.value) })
      }
    }
    return rest.length > 0 ? undefined : { kind: 'map', label, entries }
  }
}

function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.replace(/\r$/, '')
    if (line.trim() === '' || line.trimStart().startsWith('#')) return []
    const equals = line.indexOf('=')
    return [{ number: index + 1, key: line.slice(0, Math.max(equals, 0)).trim(), value: line.slice(equals + 1) }]
  })
}

/**
 * Whether a line that could be KEY=value is the last one of a value in Base64, which ends in `=` and comes in groups of four: behind a
 * line of Base64, or long and of mixed letters and digits.
 */
function isRestOfBase64({ key, value }: Line, before: Line | undefined): boolean {
  const line = `${key}=${value}`
  if (!/^[A-Za-z0-9+/_-]+={1,2}$/.test(line) || line.length % 4 !== 0 || !/[a-z0-9]/.test(key)) return false
  const isMixed = [/[a-z]/, /[A-Z]/, /\d/].every((letters) => letters.test(key))
  return /^[A-Za-z0-9+/_-]{40,}$/.test(before?.value ?? '') || (isMixed && key.length >= 16)
}

function warnOfValue({ key, value }: Line, label: string, { findings }: Context): void {
  if (/^(["']).*\1$/.test(value)) {
    const cure = 'Take them out, unless they belong to the value.'
    findings.warning({ what: `${label}: the quotes around the value of ${key} become part of it.`, cure })
  }
  if (/[\s,][A-Z][A-Z0-9_]+=/.test(value)) {
    const cure = 'Write one KEY=value a line. In YAML, | keeps the lines, and > joins them. Where it is one value, nothing is wrong.'
    findings.warning({ what: `${label}: the value of ${key} looks as if it held a second KEY=value.`, cure })
  }
}

function fromJson(text: string, label: string, context: Context): Node | undefined {
  const read = readJson(text, label)
  if (read === undefined) {
    const why = 'Line breaks inside of a value must be written \\n in JSON.'
    const cure =
      'Write one JSON object, such as {"TABLE": "events"}, or KEY=value lines. A secret goes in with ${{ toJSON(secrets.NAME) }}, ' +
      'which brings its own quotes, or by {"KEY": {"from-env": "NAME"}} and env: in the step.'
    context.findings.error({ what: `${label} starts with { but is not JSON.`, why, cure })
    return undefined
  }
  for (const key of new Set(read.repeated)) {
    context.findings.error({ what: `${label} gives ${JSON.stringify(key)} twice.`, cure: 'Take one of the two out.' })
  }
  return read.node
}

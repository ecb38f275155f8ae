import type { Findings } from '../findings.ts'
import type { MapNode, Node } from '../node.ts'
import { at, inputScalar } from '../node.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** What a value may need from outside in order to be understood. */
export interface Context {
  /** Absolute; inputs' paths start here. */
  readonly workspace: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where the run works; missing where nothing says it. */
  readonly region?: string
  readonly findings: Findings
  /** Values to mask before anything is printed. */
  readonly masks: Set<string>
  /** Names of the step's variables that functions take. */
  readonly secrets: Set<string>
  /** Names of functions whose code is not known well enough to be looked at, because a setting of it could not be read. */
  readonly unreadable: Set<string>
  /** Whether `{ from-env: NAME }` is looked up: only for the stage that runs, and only where the value is used. */
  readonly resolveSecrets: boolean
}

/** How values of one sort are written, read, checked and described: in inputs, in the file and in the JSON Schema alike. */
export interface Kind<T> {
  /** Completes "… is not …" and stands in the README: `a whole number from 1 to 900 (seconds)`. */
  readonly words: string
  readonly schema: JsonSchema
  /** An input's text (not empty) as the node that the same value would be in the file; undefined after a complaint. */
  readonly fromText: (text: string, label: string, context: Context) => Node | undefined
  /** What to do where a map stands that looks as if it were meant as this value. */
  readonly mapCure?: (map: MapNode) => string | undefined
  /** The value; undefined after a complaint. */
  readonly read: (node: Node, context: Context) => T | undefined
}

/** A complaint's second half, for {@link reject}. */
export interface Complaint {
  readonly is: string
  readonly why?: string | undefined
  readonly cure: string
}

/** Reports a value that cannot be used. Returns undefined, which {@link Kind.read} then returns. */
export function reject(node: Node, context: Context, complaint: Complaint): undefined {
  context.findings.error({
    what: `${node.label}: ${shown(node)} ${complaint.is}.`,
    why: complaint.why,
    cure: complaint.cure,
    ...at(node),
  })
  return undefined
}

/** How a text is told that is wanted and not there. */
export interface WantedText {
  readonly words: string
  readonly example?: string
  /** Whether the characters that were written would be right as a text. */
  readonly isRight?: (written: string) => boolean
}

/** A scalar's text as it stands; everything else is rejected. */
export function readText(node: Node, context: Context, { words, example, isRight }: WantedText): string | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '') return node.value
  if (node.kind === 'scalar' && (node.value === null || node.value === '')) return rejectEmpty(node, context, words)
  const isNumber = node.kind === 'scalar' && typeof node.value === 'number'
  const isMeant = isNumber && isRight?.(node.text) !== false
  const cure = isMeant ? `Write it in quotes: "${node.text}".` : example === undefined ? `Write ${words}.` : `Write it like ${example}.`
  return reject(node, context, { is: `is not ${words}`, cure })
}

export function rejectEmpty(node: Node, context: Context, words: string): undefined {
  context.findings.error({ what: `${node.label} has no value.`, cure: `Write ${words} after it, or take the line out.`, ...at(node) })
  return undefined
}

/** How a message shows what the user wrote. */
export function shown(node: Node): string {
  if (node.kind === 'list') return 'a list'
  if (node.kind === 'map') return 'a map'
  if (typeof node.value !== 'string') return node.text
  return JSON.stringify(node.value.length > 120 ? `${node.value.slice(0, 117)}...` : node.value)
}

export const scalarFromText: Kind<unknown>['fromText'] = (text, label) => inputScalar(label, text)

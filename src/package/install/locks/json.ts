import { readFileSync } from 'node:fs'
import { UserError, type Place } from '../../../errors.ts'

const conflict = /^(?:<{7}|={7}|>{7})(?:\s|$)/

/** Where a text still has the marks of a merge conflict, from 1. */
export function conflictLine(text: string): number | undefined {
  const index = text.split('\n').findIndex((line) => conflict.test(line))
  return index === -1 ? undefined : index + 1
}

/** Reads a file that holds one JSON object; what is none is a UserError with its line. */
export function readJson(file: string, cure: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    throw unreadable(text, { place: { file, ...lineOf(message) }, why: message.split('\n')[0] ?? '', cure })
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content as Record<string, unknown>
  throw unreadable(text, { place: { file }, why: 'It holds no JSON object.', cure })
}

/** A file that its reader refused; marks of a merge conflict are what is named first. */
export function unreadable(text: string, { place, why, cure }: { readonly place: Place & { readonly file: string }, readonly why: string, readonly cure: string }): UserError {
  const line = conflictLine(text)
  if (line === undefined) return new UserError({ what: `${place.file} cannot be read.`, why, cure, place })
  return new UserError({ what: `${place.file} has the marks of a merge conflict.`, why: `Line ${line} is one of them.`, cure: `Resolve the conflict. ${cure}`, place: { file: place.file, line } })
}

/** V8 tells the line only of what is not at the end of a text. */
function lineOf(message: string): { readonly line: number, readonly column: number } | undefined {
  const found = /\(line (\d+) column (\d+)\)/.exec(message)
  return found === null ? undefined : { line: Number(found[1]), column: Number(found[2]) }
}

import { readFileSync } from 'node:fs'
import { parse, YAMLParseError } from 'yaml'
import { UserError, type Place } from '../../../errors.ts'

/** What git leaves in a file that it cannot merge. */
const conflict = /^(?:<{7}|={7}|>{7})(?:\s|$)/

/** Reads a file that holds one JSON object; what is none is a UserError, with its line where that is known. */
export function readJson(file: string, cure: string): Readonly<Record<string, unknown>> {
  return objectIn(file, cure, (text) => JSON.parse(text))
}

/** Reads a file that holds one YAML object, likewise. */
export function readYaml(file: string, cure: string): Readonly<Record<string, unknown>> {
  return objectIn(file, cure, (text) => parse(text))
}

/** The mark of a merge conflict as an error, if the line is one. */
export function conflictMark(line: string, place: Place): UserError | undefined {
  return conflict.test(line) ? new UserError({
    what: `${place.file} has the marks of a merge conflict.`, cure: 'Resolve the conflict and commit the file.', place,
  }) : undefined
}

/** Throws where git's marks of a conflict stand in a file that only its own tool reads. */
export function checkConflicts(file: string): void {
  const found = conflictIn(readFileSync(file, 'utf8'), file)
  if (found !== undefined) throw found
}

function objectIn(file: string, cure: string, read: (text: string) => unknown): Readonly<Record<string, unknown>> {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  let content: unknown
  try {
    content = read(text)
  } catch (error) {
    // The parser's own words for a mark of git's help nobody.
    throw conflictIn(text, file) ?? new UserError({
      what: `${file} cannot be read.`, why: (error as Error).message.split('\n')[0] ?? '', cure,
      place: { file, ...placeOf(error as Error) },
    })
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content as Record<string, unknown>
  throw conflictIn(text, file) ?? new UserError({ what: `${file} cannot be read.`, why: 'It holds no object.', cure, place: { file } })
}

function conflictIn(text: string, file: string): UserError | undefined {
  const lines = text.split('\n')
  const index = lines.findIndex((line) => conflict.test(line))
  return index === -1 ? undefined : conflictMark(lines[index] as string, { file, line: index + 1 })
}

/** V8 tells the line of some mistakes alone. */
function placeOf(error: Error): { readonly line?: number, readonly column?: number } {
  const start = error instanceof YAMLParseError ? error.linePos?.[0] : undefined
  if (start !== undefined) return { line: start.line, column: start.col }
  const found = /\(line (\d+) column (\d+)\)/.exec(error.message)
  return found === null ? {} : { line: Number(found[1]), column: Number(found[2]) }
}

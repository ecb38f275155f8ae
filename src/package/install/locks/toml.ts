import { readFileSync } from 'node:fs'
import { parse, TomlError } from 'smol-toml'
import { UserError } from '../../../errors.ts'

/** Reads a TOML file; what is no TOML is a UserError with its line. */
export function readToml(file: string): Readonly<Record<string, unknown>> {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const place = error instanceof TomlError ? { file, line: error.line, column: error.column } : { file }
    throw new UserError({
      what: `${file} cannot be read.`, why: (error as Error).message.split('\n')[0] ?? '',
      cure: 'Fix the file, or name another one as `requirements`.', place,
    })
  }
}

/** The tables of an array of tables; anything else is none. */
export function tables(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : []
}

/** A member of a table that should be a string. */
export function text(table: unknown, name: string): string | undefined {
  const value = typeof table === 'object' && table !== null ? (table as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : undefined
}

/** A member of a table that should be a table. */
export function table(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found as Record<string, unknown> : {}
}

/** A requirement line: what is wanted (`name==version`), its marker and hashes. */
export function requirementLine(what: string, marker: string | undefined, hashes: readonly string[]): string {
  const hashOptions = hashes.map((hash) => ` --hash=${hash}`).join('')
  return `${what}${marker === undefined || marker === '' ? '' : ` ; ${marker}`}${hashOptions}`
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject, Step } from '../../__tests__/conformance/rows.ts'

/** One recorded answer: which test recorded it, under which name. */
export interface Exchange {
  /** File and test, as a scenario's `source` names them. */
  readonly source: string
  readonly row: string
  readonly content: Json
}

interface RecordingFile {
  readonly [test: string]: { readonly 'recorded-content': { readonly [row: string]: Json } }
}

/** Every recorded answer of a folder of snapshot files. Throws when the folder holds none. */
export function readRecordings(folder: string): Exchange[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.snapshot.json')).sort()
  if (files.length === 0) throw new Error(`There are no *.snapshot.json in ${folder}.`)
  return files.flatMap((name) => {
    const tests = JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordingFile
    return Object.entries(tests).flatMap(([test, entry]) => {
      const source = `${name.replace('.snapshot.json', '')}::${test.split('::').slice(1).join('::')}`
      return Object.entries(entry['recorded-content']).map(([row, content]) => ({ source, row, content }))
    })
  })
}

/** What a recorded answer says, in the words of a row. */
export function expectation(recorded: Json): Pick<Step, 'status' | 'error' | 'answer'> {
  const content = unmasked(recorded)
  if (!isObject(content)) return { answer: content }
  const { ResponseMetadata: metadata = null, Error: error = null, ...answer } = content
  if (isList(content['Errors'])) return { status: 400, error: { name: text(content['Code']), problems: content['Errors'].map(text) } }
  if (Object.keys(content).sort().join() === 'Code,Message') return { error: { name: text(content['Code']), message: text(content['Message']) } }
  const code = isObject(metadata) ? metadata['HTTPStatusCode'] : undefined
  const status = typeof code === 'number' ? { status: code } : {}
  if (!isObject(error) || !('Code' in error)) return { ...status, answer: error === null ? answer : { ...answer, Error: error } }
  const message = typeof error['Message'] === 'string' ? { message: error['Message'] } : {}
  const type = typeof content['Type'] === 'string' ? { type: content['Type'] } : {}
  return { ...status, error: { name: text(error['Code']), ...message, ...type } }
}

/** Some recordings mask hashes without the usual brackets, and shorten long runs of a letter. */
function unmasked(value: Json): Json {
  if (typeof value === 'string') return unmaskedText(value)
  if (Array.isArray(value)) return value.map((item: Json) => unmasked(item))
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unmasked(item)]))
  return value
}

function unmaskedText(text: string): string {
  if (text === 'code-sha256') return '<code-sha256>'
  return text.replace(/<<code-sha-256>:(\d+)>/g, '<code-sha256:$1>').replace(/<a:len\((\d+)\)>/g, (_, length: string) => 'a'.repeat(Number(length)))
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value))
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

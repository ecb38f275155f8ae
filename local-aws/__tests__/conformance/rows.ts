import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Windows } from '../../kernel/settings.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** A test of AWS's behaviour that was recorded against AWS, as the requests it makes and what AWS answered. */
export interface Scenario {
  /** File and name of the recorded test, the source of every fact below. */
  readonly source: string
  /** Other records of the same requests with the same answers. */
  readonly also?: readonly string[]
  /** The requests of this record are not public; these are what its answers imply. */
  readonly inferred?: boolean
  /** Rows look at a function while a change of it is under way. */
  readonly slow?: boolean
  /** The account has no role with which API Gateway writes logs. */
  readonly noLogsRole?: boolean
  /** Documented request rates are enforced, and other callers of the account use up nearly all of them. */
  readonly rates?: boolean
  /** Virtual milliseconds until a change is seen elsewhere, beside those of functions. */
  readonly windows?: Partial<Pick<Windows, 'roleAssumable' | 'permissionVisible' | 'stageVisible'>>
  readonly steps: readonly Step[]
}

/** One request; with `row` it is a fact of the table, without it a step that leads there. */
export interface Step {
  /** Service and operation, such as `lambda CreateAlias`; `wait` reads a function until no change of it is under way, `invoke` calls the invoke URL, `written` reads a log group until it holds something, `together` makes requests that overlap, `http` makes one that no SDK would, `same` looks at the last answer again. */
  readonly call: string
  /**
   * The request. `{{3.id}}` stands for a member of step 3's answer, `{{account}}`, `{{region}}`, `{{role}}` and `{{logsRole}}` for what the replay brings along;
   * `{ "$zip": 2 }` is a package whose content depends on the number (`$size`, `$unzipped`: bytes), `{ "$source": "…" }` one with that Python handler, `{ "$files": { "path": "…" } }` one of these files (`{ "content": "…", "mode": 33261 }` with a mode), `{ "$long": 5000 }` is a text of that length, `{ "$bytes": "…" }` are bytes in base64, `{ "$text": "…" }` in UTF-8.
   */
  readonly with?: JsonObject
  /** Region, where it is not the scenario's. */
  readonly in?: string
  /** Name under which the answer was recorded. */
  readonly row?: string
  /** Where the answer stands in the record, when it is a part of it. */
  readonly part?: string
  /** Member of the answer that was recorded, when it is not the whole. */
  readonly member?: string
  readonly status?: number
  readonly error?: { readonly name: string; readonly message?: string; readonly type?: string; readonly problems?: readonly string[] }
  /** AWS's answer as recorded: `<id:1>` is any text, the same at every place of the scenario; `date` is any time. */
  readonly answer?: Json
  /** Members that an answer may have beyond the record, which is older than they are. */
  readonly except?: readonly string[]
  /** Why local AWS answers otherwise; a row with it must still differ. */
  readonly differs?: string
}

export const rowsFolder = join(import.meta.dirname, 'rows')

/** Every scenario of the table, by file. */
export function readScenarios(): ReadonlyMap<string, readonly Scenario[]> {
  const files = readdirSync(rowsFolder).filter((name) => name.endsWith('.json')).sort()
  return new Map(files.map((name) => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(join(rowsFolder, name), 'utf8')) as Scenario[]]))
}

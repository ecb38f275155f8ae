import { formerSettingsVariable } from './names.ts'

/**
 * What settings of a stage were before a release went live with others, by their names in the config; null for one that was not set. It
 * stands in stage variables as long as the release is not verified, so that whichever run takes it back can restore them.
 */
export type FormerSettings = Readonly<Record<string, string | null>>

type Variables = Readonly<Record<string, string>>

/** A variable's value has at most so many characters, of which base64url is a part (CreateStage in the public service model). */
const valueLimit = 512

/** What takes more is not remembered: a stage takes a hundred variables in all. */
const mostVariables = 4

/** The variables that hold them; none where there is nothing to remember, or too much. */
export function formatFormerSettings(service: string, settings: FormerSettings): Variables {
  if (Object.keys(settings).length === 0) return {}
  const text = Buffer.from(JSON.stringify(settings)).toString('base64url')
  const count = Math.ceil(text.length / valueLimit)
  if (count > mostVariables) return {}
  const values = Array.from({ length: count }, (_each, index) => text.slice(index * valueLimit, (index + 1) * valueLimit))
  return Object.fromEntries(values.map((value, index) => [formerSettingsVariable(service, index), value]))
}

/** The settings that a stage's variables tell of; none where somebody has changed them. */
export function parseFormerSettings(service: string, variables: Variables | undefined): FormerSettings {
  const text = formerSettingsVariables(service, variables).map((name) => variables?.[name] ?? '').join('')
  try {
    const settings: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return isSettings(settings) ? settings : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** The names of those variables that a stage has, in order. */
export function formerSettingsVariables(service: string, variables: Variables | undefined): string[] {
  const names = Array.from({ length: mostVariables }, (_each, index) => formerSettingsVariable(service, index))
  return names.filter((name) => variables?.[name] !== undefined)
}

function isSettings(value: unknown): value is FormerSettings {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((each) => each === null || typeof each === 'string')
}

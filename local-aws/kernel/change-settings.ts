import { checkPolicyDocument } from './policy/check-document.ts'
import { defaultSettings, type Settings } from './settings.ts'

/** A part of the settings, as `PUT /_local-aws/settings` takes it. */
export type SettingsPatch = Partial<Omit<Settings, 'windows'>> & { readonly windows?: Partial<Settings['windows']> }

/** The settings with a part of them changed. Throws RangeError for a name that does not exist or a value of another type. */
export function changeSettings(settings: Settings, patch: unknown): Settings {
  const { windows, ...rest } = object(patch, 'The settings')
  const known = defaultSettings()
  const changed = { ...settings, ...checked(rest, { ...known }, '') }
  return windows === undefined
    ? changed
    : { ...changed, windows: { ...settings.windows, ...checked(object(windows, 'windows'), { ...known.windows }, 'windows.') } }
}

const documents: ReadonlySet<string> = new Set(['policy', 'permissionsBoundary', 'serviceControlPolicy'])

function checked(patch: Record<string, unknown>, known: Record<string, unknown>, prefix: string): Record<string, unknown> {
  for (const [name, value] of Object.entries(patch)) {
    if (!Object.hasOwn(known, name))
      throw new RangeError(
        `There is no setting "${prefix}${name}"; there are ${Object.keys(known)
          .map((key) => prefix + key)
          .join(', ')}.`,
      )
    if (documents.has(name)) {
      if (value !== null) checkPolicyDocument(value, name)
      continue
    }
    if (Array.isArray(known[name])) {
      if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
        throw new RangeError(`Setting "${prefix}${name}" must be a list of texts.`)
      continue
    }
    if (typeof value !== typeof known[name])
      throw new RangeError(`Setting "${prefix}${name}" must be a ${typeof known[name]}, not ${JSON.stringify(value)}.`)
    else if (typeof value === 'number' && !(value >= 0 && Number.isFinite(value)))
      throw new RangeError(`Setting "${prefix}${name}" must be 0 or more, not ${value}.`)
    else if (name === 'noisyNeighbour' && (value as number) > 1) throw new RangeError('Setting "noisyNeighbour" is a share from 0 to 1.')
  }
  return patch
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${what} must be a JSON object.`)
  return value as Record<string, unknown>
}

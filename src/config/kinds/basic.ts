import { nearest } from '../../suggest.ts'
import { inputScalar } from '../node.ts'
import { readText, reject, rejectEmpty, scalarFromText } from './kind.ts'
import { inUnit } from './units.ts'
import type { Kind } from './kind.ts'
import { defined } from '../../defined.ts'

const numberFromText: Kind<number>['fromText'] = (written, label) =>
  inputScalar(label, /^-?\d{1,15}$/.test(written) ? Number(written) : written)

interface TextRules {
  readonly words: string
  readonly pattern?: RegExp
  readonly max?: number
  /** Where the rule comes from, for the reader of the message. */
  readonly why?: string
  readonly example: string
}

/** Text on one line. */
export function text(rules: TextRules): Kind<string> {
  const schema = defined({ type: 'string', minLength: 1, maxLength: rules.max, pattern: rules.pattern?.source })
  return {
    words: rules.words,
    schema,
    fromText: scalarFromText,
    read: (node, context) => {
      const { why, words, example, pattern, max = Infinity } = rules
      const isRight = (written: string): boolean => pattern?.test(written) !== false && written.length <= max
      const value = readText(node, context, { words, example, isRight })
      if (value === undefined) return undefined
      if (pattern?.test(value) === false) return reject(node, context, { is: `is not ${words}`, why, cure: `Write it like ${example}.` })
      if (value.length <= max) return value
      return reject(node, context, { is: `has ${value.length} characters, but at most ${max} are allowed`, why, cure: 'Shorten it.' })
    },
  }
}

interface IntegerRules {
  readonly min: number
  readonly max?: number
  readonly unit?: string
  readonly why?: string
}

/** A whole number with its limits. */
export function integer({ min, max, unit, why }: IntegerRules): Kind<number> {
  const range = max === undefined ? `of ${min} or more` : `from ${min} to ${max}`
  const words = `a whole number ${range}${unit === undefined ? '' : ` (${unit})`}`
  return {
    words,
    schema: defined({ type: 'integer', minimum: min, maximum: max }),
    fromText: numberFromText,
    read: (node, context) => {
      if (node.kind === 'scalar' && node.value === null) return rejectEmpty(node, context, words)
      if (node.kind === 'scalar' && typeof node.value === 'number' && Number.isInteger(node.value)) {
        if (node.value >= min && node.value <= (max ?? Infinity)) return node.value
      }
      const meant = node.kind === 'scalar' && typeof node.value === 'string' ? inUnit(node.value, unit) : undefined
      const fits = meant !== undefined && meant >= min && meant <= (max ?? Infinity)
      const cure = fits ? `Write the number alone, without unit and quotes: ${meant}.` : `Write ${words}.`
      return reject(node, context, { is: `is not ${words}`, why, cure })
    },
  }
}

const never = /^(0|-1|never.*|no|none|off|false|for-? ?ever|infinite|unlimited)$/i

interface OneNumberRules {
  readonly unit: string
  readonly why: string
  /** What holds without the setting, where other tools say that by a value such as 0 or never. */
  readonly never?: string
}

/** One of a few whole numbers. */
export function oneNumberOf(numbers: readonly number[], rules: OneNumberRules): Kind<number> {
  const words = `one of ${numbers.join(', ')} (${rules.unit})`
  return {
    words,
    schema: { type: 'integer', enum: numbers },
    fromText: numberFromText,
    read: (node, context) => {
      const value = node.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined
      if (value !== undefined && numbers.includes(value)) return value
      if (rules.never !== undefined && node.kind === 'scalar' && never.test(node.text)) {
        return reject(node, context, { is: `is not ${words}`, why: rules.why, cure: `Take it out: ${rules.never}.` })
      }
      const meant = value ?? (node.kind === 'scalar' && typeof node.value === 'string' ? inUnit(node.value, rules.unit) : undefined)
      const longer = meant === undefined ? numbers[0] : (numbers.find((n) => n >= meant) ?? numbers.at(-1))
      return reject(node, context, { is: `is not ${words}`, why: rules.why, cure: `Write ${longer}, for example.` })
    },
  }
}

/** Only `true` and `false`: what looks like a third value is a typing error, not a no. */
export function boolean(): Kind<boolean> {
  return {
    words: 'true or false',
    schema: { type: 'boolean' },
    fromText: (written, label) => inputScalar(label, written === 'true' ? true : written === 'false' ? false : written),
    read: (node, context) => {
      if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
      return reject(node, context, { is: 'is not true or false', cure: 'Write true or false, in small letters and without quotes.' })
    },
  }
}

/**
 * One of a few words.
 * @param others by a word, what it is called elsewhere; in small letters, with hyphens
 */
export function oneOf<const T extends string>(
  choices: readonly T[], others?: Readonly<Partial<Record<NoInfer<T>, readonly string[]>>>,
): Kind<T> {
  const words = choices.length === 1 ? `${choices[0]}` : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
  return {
    words,
    schema: { type: 'string', enum: choices },
    fromText: scalarFromText,
    read: (node, context) => {
      const value = node.kind === 'scalar' && node.value !== null ? node.text : readText(node, context, { words })
      if (value === undefined || value === '') return value === undefined ? undefined : rejectEmpty(node, context, words)
      const found = choices.find((choice) => choice === value)
      if (found !== undefined) return found
      const other = value.toLowerCase().replaceAll(/[_ ]/g, '-')
      const meant = choices.find((choice) => others?.[choice]?.includes(other) === true) ?? nearest(value, choices)
      return reject(node, context, { is: `is not ${words}`, cure: meant === undefined ? `Write ${words}.` : `Write ${meant}.` })
    },
  }
}

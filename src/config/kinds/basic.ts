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
      const value = readText(node, context, rules.words)
      if (value === undefined) return undefined
      const { why } = rules
      if (rules.max !== undefined && value.length > rules.max) {
        const is = `has ${value.length} characters, but at most ${rules.max} are allowed`
        return reject(node, context, { is, why, cure: 'Shorten it.' })
      }
      if (rules.pattern?.test(value) !== false) return value
      return reject(node, context, { is: `is not ${rules.words}`, why, cure: `Write it like ${rules.example}.` })
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

/** One of a few whole numbers. */
export function oneNumberOf(numbers: readonly number[], rules: { readonly unit: string; readonly why: string }): Kind<number> {
  const words = `one of ${numbers.join(', ')} (${rules.unit})`
  return {
    words,
    schema: { type: 'integer', enum: numbers },
    fromText: numberFromText,
    read: (node, context) => {
      const value = node.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined
      if (value !== undefined && numbers.includes(value)) return value
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

/** One of a few words. */
export function oneOf<const T extends string>(...choices: readonly T[]): Kind<T> {
  const words = choices.length === 1 ? `${choices[0]}` : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
  return {
    words,
    schema: { type: 'string', enum: choices },
    fromText: scalarFromText,
    read: (node, context) => {
      if (node.kind === 'scalar' && node.value !== null && typeof node.value !== 'string') {
        return reject(node, context, { is: `is not ${words}`, cure: `Write ${words}.` })
      }
      const value = readText(node, context, words)
      if (value === undefined) return undefined
      const found = choices.find((choice) => choice === value)
      if (found !== undefined) return found
      const meant = nearest(value, choices)
      return reject(node, context, { is: `is not ${words}`, cure: meant === undefined ? `Write ${words}.` : `Write ${meant}.` })
    },
  }
}

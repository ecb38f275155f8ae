import { readText, reject, scalarFromText, type Kind } from './kind.ts'

const hour = 3_600_000
const units: Readonly<Record<string, number>> = { h: hour, d: 24 * hour }

/** A time of hours or days, such as `36h` or `14d`; as a value milliseconds. */
export function age(): Kind<number> {
  const words = 'a time of hours or days, such as 36h or 14d'
  return {
    words,
    schema: { type: 'string', pattern: '^[1-9]\\d{0,4}[hd]$' },
    fromText: scalarFromText,
    read: (node, context) => {
      const text = readText(node, context, { words, example: '14d', isRight: () => false })
      if (text === undefined) return undefined
      const [, digits, unit = ''] = /^([1-9]\d{0,4})([hd])$/.exec(text) ?? []
      const size = units[unit]
      return size === undefined ? reject(node, context, { is: `is not ${words}`, cure: 'Write it like 14d.' }) : Number(digits) * size
    },
  }
}

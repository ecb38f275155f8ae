import { readText, reject, scalarFromText, type Kind } from './kind.ts'

const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const

interface DurationRules {
  /** Milliseconds, both. */
  readonly min: number
  readonly max: number
  readonly example: string
}

/** A time with its unit, such as `500ms`, `2s` or `5m`; as a value milliseconds. */
export function duration({ min, max, example }: DurationRules): Kind<number> {
  const words = `a time from ${written(min)} to ${written(max)}, such as ${example}`
  return {
    words,
    schema: { type: 'string', pattern: '^\\d+(ms|s|m|h)$' },
    fromText: scalarFromText,
    read: (node, context) => {
      if (node.kind === 'scalar' && typeof node.value === 'number') {
        return reject(node, context, { is: 'has no unit', cure: `Write it like ${example}: ms, s, m or h.` })
      }
      const text = readText(node, context, { words, example })
      if (text === undefined) return undefined
      const [, digits, unit] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? []
      const value = Number(digits) * milliseconds[unit as keyof typeof milliseconds]
      if (value >= min && value <= max) return value
      return reject(node, context, { is: `is not ${words}`, cure: `Write it like ${example}.` })
    },
  }
}

function written(value: number): string {
  const units = Object.entries(milliseconds).reverse()
  const [unit, size] = units.find(([, each]) => value % each === 0) ?? ['ms', 1]
  return `${value / size}${unit}`
}

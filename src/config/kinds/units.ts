const minute = 60
const hour = 60 * minute
const kilo = 1024

/** What one of each unit is worth in the setting's own, by how people write it. AWS's MB and KB are those of 1024. */
const worth: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  MB: { b: 1 / kilo / kilo, k: 1 / kilo, kb: 1 / kilo, kib: 1 / kilo, m: 1, mb: 1, mib: 1, g: kilo, gb: kilo, gib: kilo, tb: kilo * kilo },
  bytes: { b: 1, byte: 1, k: kilo, kb: kilo, kib: kilo, m: kilo * kilo, mb: kilo * kilo, mib: kilo * kilo },
  seconds: {
    ms: 1 / 1000, millisecond: 1 / 1000, s: 1, sec: 1, second: 1, m: minute, min: minute, minute, h: hour, hr: hour, hour,
    d: 24 * hour, day: 24 * hour,
  },
  days: { d: 1, day: 1, w: 7, week: 7, m: 30, month: 30, y: 365, year: 365 },
  requests: { r: 1, req: 1, request: 1 },
  'requests per second': { r: 1, rps: 1, req: 1, request: 1, s: 1 },
}

/**
 * A number that was written with a unit, in the setting's own unit and whole: `1 GB` of MB is 1024, `2m` of seconds 120, `1.5 h` 5400. A
 * part of one counts as a whole one. Undefined where the text is no number, or its unit is none of these.
 */
export function inUnit(text: string, unit: string | undefined): number | undefined {
  const plain = text.toLowerCase().replaceAll(/(?<=\d)[_,](?=\d{3}(?!\d))/g, '').trim()
  if (/^\d+$/.test(plain)) return Number(plain)
  if (unit === undefined) return undefined
  const rate = unit === 'requests per second' ? plain.replace(/\s*(?:\/\s*s(?:ec|econd)?|per second)$/, '') : plain
  if (/^\d+$/.test(rate)) return Number(rate)
  const [, number, behind] = /^(\d+)\s*(\D+)$/.exec(plain) ?? []
  if (behind === unit.toLowerCase()) return Number(number)
  const parts = [...rate.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)\s*/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== rate) return undefined
  const values = parts.map(([, number, word = '']) => Number(number) * (worthOf(word, unit) ?? Number.NaN))
  const sum = values.reduce((total, value) => total + value, 0)
  return Number.isNaN(sum) ? undefined : Math.ceil(sum)
}

/** Plurals are the same word. */
function worthOf(word: string, unit: string): number | undefined {
  const own = new Map(Object.entries(worth[unit] ?? {}))
  return own.get(word) ?? own.get(word.replace(/s$/, ''))
}

import { randomInt } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** An id that `taken` does not hold: 10 characters for APIs, keys and root resources, 6 for everything inside an API, as AWS's are. */
export function newId(length: 6 | 10, taken: { has(id: string): boolean }): string {
  for (;;) {
    const id = Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
    if (!taken.has(id)) return id
  }
}

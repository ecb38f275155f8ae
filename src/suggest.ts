/** The candidate that a misspelt word most likely stands for; undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return misspelt(word, candidates) ?? candidates.find((candidate) => word.length >= 4 && candidate.split('-').includes(word.toLowerCase()))
}

/** The candidate that differs from a word in a few letters, or in its hyphens and capitals alone; a part of a candidate is none. */
export function misspelt(word: string, candidates: readonly string[]): string | undefined {
  // Whoever writes a novel where a word belongs has misspelt nothing.
  if (word.length > longestWord) return undefined
  const plain = simplify(word)
  const same = candidates.find((candidate) => simplify(candidate) === plain)
  if (same !== undefined) return same
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(plain, simplify(candidate)) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  const near = Math.min(plain.length / 2, Math.max(1, Math.floor(plain.length / 3)))
  return best !== undefined && best.distance <= near ? best.candidate : undefined
}

/** Names in AWS and of settings are shorter than this. */
const longestWord = 200

/** ` Did you mean "x"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates)
  return found === undefined ? '' : `Did you mean "${found}"?`
}

/** Words as they are meant: `memorySize`, `memory_size` and `Memory-Size` are one. */
function simplify(word: string): string {
  return word.toLowerCase().replace(/[-_ .]/g, '')
}

/** How many letters must be put in, left out, replaced or swapped with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwap ? (before[j - 2] ?? Infinity) + 1 : Infinity
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

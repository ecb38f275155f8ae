import type { Answers, Split } from '../resources/logs/answers.ts'

/**
 * With fewer answers of 5XX from the canary nothing is concluded: at a share of 5 % even three, all of them the canary's, come about by
 * chance once in eight thousand times, two once in four hundred.
 */
export const fewestErrors = 3

/** A canary that is no worse is taken back by chance at most once in so many looks. */
const falseAlarms = 1 / 1000

/**
 * Whether a canary answers clearly worse than the rest. API Gateway parts requests at random (developer guide, canary release). So if both
 * were equally good, each request that failed would have been the canary's as likely as any other request, and the number of its failures
 * would follow the hypergeometric distribution (Fisher's exact test), however few or many requests there are. It is worse where that
 * chance is below one in a thousand and its share of failures is at least twice that of the rest: among a million requests a difference
 * that matters to nobody is no chance, either.
 */
export function isWorse({ canary, rest }: Split): boolean {
  if (canary.errors < fewestErrors) return false
  if (shareOf(canary) < 2 * shareOf(rest)) return false
  const total = { bad: canary.errors + rest.errors, all: canary.requests + rest.requests }
  return chanceOfSoMany(canary.errors, { drawn: canary.requests, ...total }) < falseAlarms
}

/** Of the requests, those that were answered with 5XX. */
export function shareOf({ requests, errors }: Answers): number {
  return requests === 0 ? 0 : errors / requests
}

/** The chance that at least `count` of the bad ones are among those that are drawn. */
function chanceOfSoMany(
  count: number, { drawn, bad, all }: { readonly drawn: number; readonly bad: number; readonly all: number },
): number {
  const whole = logChoose(all, drawn)
  let chance = 0
  for (let each = count; each <= Math.min(drawn, bad); each++) {
    const term = logChoose(bad, each) + logChoose(all - bad, drawn - each) - whole
    if (Number.isFinite(term)) chance += Math.exp(term)
  }
  return chance
}

/** The logarithm of the number of ways to take k of n. */
function logChoose(n: number, k: number): number {
  return k < 0 || k > n ? -Infinity : logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}

/** By Stirling's series, whose error is below 1e-9 from 16 on; summed below that. */
function logFactorial(n: number): number {
  if (n < 16) return Array.from({ length: n }, (_each, index) => Math.log(index + 1)).reduce((sum, each) => sum + each, 0)
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3)
}

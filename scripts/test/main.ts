import { end, endWithParent } from '../lib/lifetime.mjs'
import { checks, runCheck } from './checks.ts'
import { openCoverage } from './coverage.ts'
import { openEvidence } from './evidence.ts'
import { runLane } from './jest.ts'
import { lanes } from './lanes.ts'
import { detailLines, tallyLine, totalLine, type Tally } from './tally.ts'

/** `npm test` runs every check and every test; `npm test -- <pattern>` only the test files whose path fits. */
async function main(pattern: string | undefined): Promise<readonly Tally[]> {
  const chosen = lanes(pattern === undefined ? undefined : new RegExp(pattern))
  if (chosen.length === 0) return [show(nothingFits(pattern ?? ''))]
  const tallies = pattern === undefined ? await inPairs(await checks()) : []
  const [coverage, evidence] = [openCoverage(), openEvidence()]
  for (const each of chosen) {
    const lane = evidence.needed(each)
    process.stdout.write(`...  tests: ${lane.name}, ${lane.files.length} files\n`)
    tallies.push(show(await runLane(coverage.measured(evidence.noted(lane)))))
  }
  if (pattern === undefined) tallies.push(show(await runCheck(coverage.check)))
  coverage.close()
  evidence.close()
  return tallies
}

/** Checks are one process each, so two at a time fill the smallest runner. */
async function inPairs(all: readonly Parameters<typeof runCheck>[0][]): Promise<Tally[]> {
  const waiting = [...all]
  const done: Tally[] = []
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) done.push(show(await runCheck(check)))
  }
  await Promise.all([work(), work()])
  return done
}

function show(tally: Tally): Tally {
  process.stdout.write(`${tallyLine(tally)}\n`)
  if (tally.output.trim() !== '') process.stdout.write(`${tally.output.trim()}\n\n`)
  return tally
}

function nothingFits(pattern: string): Tally {
  return { name: 'tests', passed: 0, failed: [`no test file fits ${pattern}`], skipped: [], seconds: 0, output: '', slow: [], files: [] }
}

endWithParent()
const started = performance.now()
const tallies = await main(process.argv[2])
for (const line of detailLines(tallies)) process.stdout.write(`${line}\n`)
process.stdout.write(`\n${((performance.now() - started) / 1000).toFixed(0)} s\n${totalLine(tallies)}\n`)
await end(tallies.some((tally) => tally.failed.length > 0) ? 1 : 0)

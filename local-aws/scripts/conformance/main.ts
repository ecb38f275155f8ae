import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { RowResult } from '../../__tests__/conformance/replay.ts'
import { readScenarios, type Scenario } from '../../__tests__/conformance/rows.ts'
import { startLocalAws } from '../../server.ts'
import { root } from '../../../scripts/lib/requirements.mjs'
import { count, type Uncovered } from './count.ts'
import { readRecordings } from './recordings.ts'
import { section, withSection } from './report.ts'

const usage = `Usage: node local-aws/scripts/conformance/main.ts [folder of recordings] [--write]
  Replays the rows of local-aws/__tests__/conformance against local AWS and counts them over the recordings (*.snapshot.json; default ../shared/aws-recordings).
  --write  puts the counts into local-aws/docs/conformance.md`

/** Model names of the operations that the product calls. */
function calledOperations(): Set<string> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  const texts = files.map((path) => readFileSync(join(root, 'src', path), 'utf8'))
  return new Set(texts.flatMap((text) => [...text.matchAll(/new ([A-Z]\w+)Command\b/g)].map((match) => match[1] ?? '')))
}

/** Every row's result, from a local AWS of its own. */
async function replayAll(scenarios: readonly Scenario[]): Promise<RowResult[]> {
  const local = await startLocalAws({ port: 0, clockRate: 0 })
  // What the tests share is told to them in the environment.
  process.env['LOCAL_AWS_URL'] = local.url
  try {
    const { replay } = await import('../../__tests__/conformance/replay.ts')
    const waiting = [...scenarios]
    const results: RowResult[] = []
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results.push(...(await replay(next)))
    }
    await Promise.all([work(), work(), work()])
    return results
  } finally {
    await local.stop()
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } })
if (values.help) console.log(usage)
else {
  const exchanges = readRecordings(positionals[0] ?? join(root, '..', 'shared', 'aws-recordings'))
  const scenarios = [...readScenarios().values()].flat()
  const uncovered = JSON.parse(readFileSync(join(import.meta.dirname, 'uncovered.json'), 'utf8')) as Uncovered
  const text = section(count(exchanges, { scenarios, results: await replayAll(scenarios), uncovered, operations: calledOperations() }))
  const page = join(root, 'local-aws', 'docs', 'conformance.md')
  if (values.write) writeFileSync(page, withSection(readFileSync(page, 'utf8'), text))
  else console.log(text)
}

import { expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { awsEnvironment } from '../../local-aws/environment.ts'
import { freshAccount, virtualTime } from '../../local-aws/testing.ts'

/** FOREIGN_SEED=5 npm test -- random-trees plays other cases; a case that fails is told with its seed. */
const [seed, cases] = [process.env['FOREIGN_SEED'] ?? '1', process.env['FOREIGN_CASES'] ?? '200']

test('random APIs of others, random routes of ours: nothing foreign differs after deploy, change and destroy', async () => {
  const { url, id } = freshAccount()
  const clock = virtualTime({ url, account: id })
  const child = spawn(process.execPath, [...clock.nodeArgs, '--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'cases.ts')], {
    env: { ...process.env, ...awsEnvironment({ endpoint: url, account: id }), ...clock.environment, FOREIGN_SEED: seed, FOREIGN_CASES: cases },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  process.stdout.write(output)
  expect(output + errors).toBe(`${cases} cases of seed ${seed}, 0 failed\n`)
})

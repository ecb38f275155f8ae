import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from '../lib/lifetime.mjs'
import type { Check } from './checks.ts'
import type { Lane } from './lanes.ts'

/** The lane whose tests are there to try every refusal of local AWS; others may lead to some by chance. */
const laneOfRefusals = 'local AWS'

/** Where local AWS notes which of its lines ran, and the check that looks for refusals among those that did not. */
export interface Coverage {
  /** The lane with local AWS taking notes, where its tests are there for that. */
  readonly measured: (lane: Lane) => Lane
  readonly check: Check
  readonly close: () => void
}

/** Makes a folder for the notes of one run of the tests; `close` removes it, and so does the end of the process. */
export function openCoverage(): Coverage {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-coverage-'))
  const forget = atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return {
    measured: (lane) => (lane.name === laneOfRefusals ? { ...lane, environment: { ...lane.environment, LOCAL_AWS_COVERAGE: folder } } : lane),
    check: { name: 'every refusal has a test', command: process.execPath, args: ['local-aws/scripts/refusals/main.ts', folder] },
    close: () => {
      rmSync(folder, { recursive: true, force: true })
      forget()
    },
  }
}

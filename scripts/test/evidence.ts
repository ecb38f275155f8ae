import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from '../lib/lifetime.mjs'
import { root } from '../lib/requirements.mjs'
import type { Lane } from './lanes.ts'

/** What a test file has met in its first run, as note-evidence.mjs writes it down. */
interface Note {
  readonly file: string
  /** How many accounts of local AWS it has made. */
  readonly accounts: number
  /** Whether a rule without evidence has decided something in one of them. */
  readonly met: boolean
}

/** The test that says which rules a lane has; it runs in each. */
const saysWhichRules = /\/rules\.test\.ts$/

/** Which test files must be run once more by documented rules, found out while they run with all rules. */
export interface Evidence {
  /** The lane with its files taking notes. */
  readonly noted: (lane: Lane) => Lane
  /**
   * The lane without the files that can tell nothing new: whose every account was treated as it would have been without the rules for which
   * there is no evidence. What made no note (a file that has failed, or makes no account) stays.
   */
  readonly needed: (lane: Lane) => Lane
  readonly close: () => void
}

export function openEvidence(): Evidence {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-evidence-'))
  const path = join(folder, 'notes')
  const forget = atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return {
    noted: (lane) => (lane.environment === undefined ? { ...lane, environment: { TEST_EVIDENCE_NOTES: path } } : lane),
    needed: (lane) => (lane.environment?.['LOCAL_AWS_DOCUMENTED_ONLY'] === 'true' ? { ...lane, files: withoutProven(lane.files, read(path)) } : lane),
    close: () => {
      rmSync(folder, { recursive: true, force: true })
      forget()
    },
  }
}

/** Those of `files` that the notes do not acquit; paths are relative to the project. */
export function withoutProven(files: readonly string[], notes: readonly Note[]): readonly string[] {
  const proven = new Set(notes.filter(({ accounts, met }) => accounts > 0 && !met).map(({ file }) => file))
  return files.filter((file) => saysWhichRules.test(file) || !proven.has(join(root, file)))
}

function read(path: string): Note[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Note)
  } catch {
    return []
  }
}

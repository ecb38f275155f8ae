import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../lib/children.mjs'
import { atEnd } from '../lib/lifetime.mjs'
import { root } from '../lib/requirements.mjs'
import { cpuOfChildren } from './cpu.ts'
import type { Lane } from './lanes.ts'
import type { Tally } from './tally.ts'

/** The parts of jest's `--json` report that are read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly status: string
    /** Milliseconds since 1970. */
    readonly startTime: number
    readonly endTime: number
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly duration?: number | null }[]
  }[]
}

const slowSeconds = 5
/** A lane that takes longer hangs: all of them together take about 12 minutes on two quiet cores, and a busy machine is no failure. */
const limitMs = 4 * 3_600_000

/**
 * Test files that run at once. The smallest runner has two cores, and what a file does is to wait for its children a fifth to a third of its
 * time: a third one fills that.
 */
const filesAtOnce = 3

/** Runs one lane's files in jest; a lane without any is done (jest itself takes no path for every path). */
export async function runLane(lane: Lane): Promise<Tally> {
  if (lane.files.length === 0) return { name: `tests: ${lane.name}`, passed: 0, failed: [], skipped: [], seconds: 0, output: '', slow: [], files: [] }
  const folder = mkdtempSync(join(tmpdir(), 'lambda-api-deploy-jest-'))
  const forget = atEnd(() => rmSync(folder, { recursive: true, force: true }))
  const report = join(folder, 'report.json')
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(root, 'node_modules/jest/bin/jest.js')]
  const args = [...jest, `--maxWorkers=${filesAtOnce}`, '--json', `--outputFile=${report}`, '--runTestsByPath', ...lane.files]
  const [started, before] = [performance.now(), cpuOfChildren()]
  const { code, output, stdout } = await run(process.execPath, args, { cwd: root, env: { ...cleanEnvironment(process.env), ...lane.environment }, limitMs })
  const seconds = (performance.now() - started) / 1000
  const after = cpuOfChildren()
  const cpu = before === undefined || after === undefined ? undefined : after - before
  const tally = count(lane, { code, output, stdout, report: readReport(report) })
  rmSync(folder, { recursive: true, force: true })
  forget()
  return { ...tally, seconds, cpu }
}

/** Without what the developer's shell says about AWS and GitHub: a test that depends on it would pass here and fail elsewhere. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|GITHUB_|ACTIONS_|INPUT_|RUNNER_|STATE_|npm_)/.test(name)))
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}

/** Every test of the lane ends in exactly one of the three lists; a file that could not be run counts as a failure of its own. */
function count(lane: Lane, run: { code: number | null; output: string; stdout: string; report: Report | undefined }): Omit<Tally, 'seconds' | 'cpu'> {
  const files = run.report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, name: `${file.name.slice(root.length + 1)}: ${test.fullName}` })))
  const broken = files.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'))
  const missing = lane.files.filter((path) => !files.some((file) => file.name === join(root, path)))
  const failed = [
    ...tests.filter((test) => test.status === 'failed').map((test) => test.name),
    ...broken.map((file) => `${file.name.slice(root.length + 1)}: could not be run`),
    ...missing.map((path) => `${path}: was not run`),
  ]
  const isUnexplained = run.code !== 0 && failed.length === 0
  return {
    name: `tests: ${lane.name}`,
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: isUnexplained ? [`jest ended with exit code ${run.code} (${lane.name})`] : failed,
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.name),
    // jest itself speaks on stderr; what stands on stdout are words of the tests, such as the number of kill points.
    output: withoutJson(failed.length > 0 || isUnexplained ? run.output : run.stdout),
    slow: tests
      .map((test) => ({ test: test.name, seconds: (test.duration ?? 0) / 1000 }))
      .filter((test) => test.seconds >= slowSeconds),
    files: files.map(({ name, startTime, endTime }) => ({ file: name.slice(root.length + 1), seconds: (endTime - startTime) / 1000 })),
  }
}

/** jest prints the whole report beside writing it, and says where it wrote it. */
const withoutJson = (output: string): string => output.split('\n').filter((line) => !/^(\{"num|Test results written to)/.test(line)).join('\n')

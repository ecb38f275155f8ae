import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCommandFile, readPrinted } from '../../local-runner/commands.ts'
import { startStep, runStep } from '../../local-runner/run.ts'

describe('what an action prints', () => {
  test('an annotation carries its place, decoded', () => {
    const { annotations } = readPrinted('::error title=Bad%3A value,file=lambda-api.yml,line=3,col=5::50%25%0Asecond line\n')
    expect(annotations).toEqual([
      { level: 'error', title: 'Bad: value', file: 'lambda-api.yml', line: 3, column: 5, message: '50%\nsecond line' },
    ])
  })

  test('a mask hides its value, and each of its lines, from its own line on', () => {
    const { log, masks } = readPrinted('early s3cret\n::add-mask::s3cret%0Ablue42\nthe s3cret is blue42\n::group::With s3cret\n')
    expect(masks).toEqual(['s3cret\nblue42', 's3cret', 'blue42'])
    expect(log).toEqual(['early s3cret', 'the *** is ***', '▸ With ***'])
  })

  test.each(['a ::error::b', '::no-such-command::b', '##[section]b', '##[error b'])('a line that only looks like a command is a line: %s', (line) => {
    expect(readPrinted(`${line}\n`)).toEqual({ annotations: [], masks: [], log: [line] })
  })

  test('blanks before a command do not hide it, and the old form stands anywhere', () => {
    expect(readPrinted('   ::error line=2::a\nsome ##[warning file=x.py;line=3]b\n').annotations).toEqual([
      { level: 'error', line: 2, message: 'a' },
      { level: 'warning', file: 'x.py', line: 3, message: 'b' },
    ])
  })
})

describe('command files', () => {
  test('both forms, empty values and values with the other form inside', () => {
    expect(readCommandFile('a=1\nb<<EOF\nx=y\n\nz<<q\nEOF\nc=\nd=e=f\n')).toEqual({ a: '1', b: 'x=y\n\nz<<q', c: '', d: 'e=f' })
  })

  test('what the runner refuses is refused', () => {
    expect(() => readCommandFile('nonsense\n')).toThrow("Invalid format 'nonsense'")
    expect(() => readCommandFile('a<<EOF\n1\n')).toThrow("Matching delimiter not found 'EOF'")
  })
})

describe('a step', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-test-'))
  const program = join(folder, 'program.mjs')

  beforeAll(() => {
    writeFileSync(join(folder, 'action.yml'), 'inputs:\n  some-name:\n    default: "a"\n  github-token:\n    default: ${{ github.token }}\n  bare: {}\n')
    writeFileSync(
      program,
      `import { appendFileSync } from 'node:fs'
       appendFileSync(process.env.GITHUB_OUTPUT, 'env<<X\\n' + JSON.stringify(process.env) + '\\nX\\ncwd=' + process.cwd() + '\\n')
       appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# done')
       process.stderr.write('::warning::careful\\n')
       if (process.env['INPUT_BARE'] === 'wait') setInterval(() => undefined, 1000)
       else process.exitCode = 3`,
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('gets its inputs as the runner writes them, in a clean environment', async () => {
    process.env['AWS_PROFILE'] = 'mine'
    const result = await runStep({ workspace: folder, action: folder, program, token: 'ghs_1', inputs: { 'some-name': 'b', other: 'c' } })
    delete process.env['AWS_PROFILE']
    const env = JSON.parse(result.outputs['env'] ?? '{}') as Record<string, string>
    expect(env).toMatchObject({ 'INPUT_SOME-NAME': 'b', 'INPUT_GITHUB-TOKEN': 'ghs_1', INPUT_BARE: '', INPUT_OTHER: 'c', GITHUB_WORKSPACE: folder })
    expect(env['AWS_PROFILE']).toBeUndefined()
    expect(Object.keys(env).filter((name) => name.startsWith('npm_package') || name === 'JEST_WORKER_ID')).toEqual([])
    expect(result).toMatchObject({ exitCode: 3, signal: null, summary: '# done' })
    expect(result.outputs['cwd']).toBe(folder)
    expect(result.annotations.map((each) => each.message)).toEqual(["Unexpected input(s) 'other'", 'careful'])
  })

  test('can be killed from outside', async () => {
    const step = startStep({ workspace: folder, action: folder, program, inputs: { bare: 'wait' }, onOutput: () => step.kill() })
    expect(await step.result).toMatchObject({ exitCode: null, signal: 'SIGKILL', outputs: {} })
  })
})

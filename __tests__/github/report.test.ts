import { describe, expect, test } from '@jest/globals'
import { fitting } from '../../src/github/index.ts'
import { result } from '../render/sample.ts'
import { runProgram } from './programs.ts'

const reportResult = (more = {}): string => `await github.reportResult(${JSON.stringify(result(more))}, { progress, env: process.env })`

describe('a result', () => {
  test('is told in log, outputs and summary', async () => {
    const { log, outputs, summary, exitCode } = await runProgram(reportResult())
    expect(exitCode).toBe(0)
    expect(log[0]).toMatch(/^greeting on prod: Release 4 is live with 4 changes \(\d+\.\d s\)$/)
    expect(outputs).toMatchObject({ 'invoke-url': result().invokeUrl, changed: 'true' })
    expect(outputs['plan-file']).toMatch(/\/lambda-api-deploy-plan-greeting-prod\.json$/)
    expect(summary).toMatch(/^<h2>greeting on prod<\/h2>/)
  })

  test('works where there is no summary', async () => {
    const { exitCode, summary } = await runProgram(`delete process.env.GITHUB_STEP_SUMMARY\n${reportResult()}`)
    expect([exitCode, summary]).toEqual([0, ''])
  })
})

describe('a result that cannot be told in full', () => {
  test('break 17: outputs that cannot be written are no defect of the action, and the work is done', async () => {
    const { annotations, exitCode } = await runProgram(`process.env.GITHUB_OUTPUT = '/no/such/folder/output'
      try { ${reportResult()} } catch (error) { await github.reportFailure(error, { progress, env: process.env }) }`)
    expect(exitCode).toBe(1)
    expect(annotations.map((each) => each.message)).toEqual([expect.stringMatching(/^The run has done its work, but its outputs cannot be written\./)])
    expect(annotations[0]?.message).not.toContain('defect')
  })

  test('break 17: a summary that cannot be written makes no run fail', async () => {
    const { annotations, outputs, exitCode } = await runProgram(`process.env.GITHUB_STEP_SUMMARY = '/no/such/folder/summary'\n${reportResult()}`)
    expect([exitCode, outputs['changed']]).toEqual([0, 'true'])
    expect(annotations.map((each) => [each.level, each.message.slice(0, 30)])).toEqual([['warning', 'The job summary could not be w']])
  })

  test('names as long as they may be still give a file for the plan', async () => {
    const { exitCode, outputs } = await runProgram(reportResult({ service: 's'.repeat(128), stage: 't'.repeat(126) }))
    expect(exitCode).toBe(0)
    expect(outputs['plan-file']).toMatch(/\/lambda-api-deploy-plan-s+-[0-9a-f]{8}-t+\.json$/)
  })

  test('a list that an output has no room for is said', async () => {
    const routes = Array.from({ length: 2000 }, (_, index) => ({ method: 'GET', path: `/${'p'.repeat(40)}/${index}`, function: 'f' }))
    const { annotations, outputs } = await runProgram(reportResult({ routes }))
    const kept = (JSON.parse(outputs['routes'] ?? '') as unknown[]).length
    expect(kept).toBeLessThan(2000)
    expect(annotations.map((each) => each.message)).toEqual([`The output routes holds ${kept} of 2000 entries: an output takes no more than 100 KB.`])
  })
})

describe('a failure', () => {
  test('each mistake is one annotation on its place, and stands in the summary', async () => {
    const { annotations, summary, exitCode } = await runProgram(
      `await github.reportFailure(new DiagnosticsError([
         { severity: 'error', what: 'no handler', cure: 'write one', docs: 'config.md', place: { file: '/w/lambda-api.yml', line: 3, column: 5 } },
         { severity: 'warning', what: 'odd' },
         { severity: 'error', what: 'bad, value: 100%' },
       ]), { progress, env: process.env })`,
      { GITHUB_WORKSPACE: '/w', GITHUB_ACTION_REPOSITORY: 'acme/x', GITHUB_ACTION_REF: 'v1' },
    )
    expect(exitCode).toBe(1)
    expect(annotations).toEqual([
      { level: 'error', message: 'no handler\nWhere: lambda-api.yml:3\nCure: write one\nDocs: https://github.com/acme/x/blob/v1/docs/config.md', file: 'lambda-api.yml', line: 3, column: 5 },
      { level: 'error', message: 'bad, value: 100%' },
      { level: 'warning', message: 'odd' },
    ])
    expect(summary).toContain('<h2>2 errors</h2>')
  })

  test('places are told from the workspace, in annotation and summary alike', async () => {
    const files = ['/w/app/requirements.txt', 'lambda-api.yml', '/etc/pip.conf', '/w/..app/x.py']
    const errors = files.map((file) => ({ severity: 'error', what: 'bad', place: { file } }))
    const { annotations, summary } = await runProgram(`await github.reportFailure(new DiagnosticsError(${JSON.stringify(errors)}), { progress, env: process.env })`, { GITHUB_WORKSPACE: '/w' })
    const shown = ['app/requirements.txt', 'lambda-api.yml', '/etc/pip.conf', '..app/x.py']
    expect(annotations.map((each) => each.file)).toEqual(shown)
    expect([...summary.matchAll(/Where: <code>(.*?)<\/code>/g)].map((match) => match[1])).toEqual(shown)
  })

  test('the words, too, name paths from the workspace', async () => {
    const error = JSON.stringify({ what: '/w/app/poetry.lock cannot be read.', why: 'open /w/app/poetry.lock, /etc/x', cure: 'Fix /w/app/poetry.lock.' })
    const { annotations, summary } = await runProgram(`await github.reportFailure(new UserError(${error}), { progress, env: process.env })`, { GITHUB_WORKSPACE: '/w' })
    expect(annotations[0]?.message).toBe('app/poetry.lock cannot be read.\nWhy: open app/poetry.lock, /etc/x\nCure: Fix app/poetry.lock.')
    expect(summary).not.toContain('/w/')
  })

  test('a refusal lists what had been done', async () => {
    const done = JSON.stringify(result().plan.slice(0, 1))
    const { summary, log } = await runProgram(`await github.reportFailure(new Interrupted(${done}, new UserError({ what: 'AccessDenied' })), { progress, env: process.env })`)
    expect(summary).toContain('1 change had been made by then')
    expect(log).toEqual(['Error: AccessDenied'])
  })

  test('what failed at the same time is told, each once, also in the summary', async () => {
    const { annotations, summary, output } = await runProgram(`await github.reportFailure(new SeveralErrors([
      new UserError({ what: 'one' }), new TypeError('a defect'), new UserError({ what: 'two' }), new UserError({ what: 'one' }),
    ]), { progress, env: process.env })`)
    expect(annotations.map((each) => each.message.split('\n')[0])).toEqual(['one', 'TypeError: a defect', 'two'])
    for (const what of ['one', 'a defect', 'two']) expect(summary).toContain(what)
    expect(output).toMatch(/^::debug::.*program\.ts/m)
  })

  test('the stack of a defect goes to the debug log alone', async () => {
    const { output, log, annotations } = await runProgram(`await github.reportFailure(new TypeError('x is not a function', { cause: new Error('deeper') }), { progress, env: process.env })`)
    expect(annotations.map((each) => each.message.split('\n')[0])).toEqual(['TypeError: x is not a function'])
    expect(log.join('\n')).not.toContain('program.ts')
    expect(output).toMatch(/^::debug::.*program\.ts/m)
    expect(output).toContain('::debug::Error: deeper')
  })

  test('a summary that cannot be written hides nothing', async () => {
    const { annotations, exitCode } = await runProgram(`
      process.env.GITHUB_STEP_SUMMARY = '/no/such/folder/summary'
      await github.reportFailure(new UserError({ what: 'first' }), { progress, env: process.env })`)
    expect(annotations.map((each) => [each.level, each.message.slice(0, 30)])).toEqual([
      ['error', 'first'],
      ['warning', 'The job summary could not be w'],
    ])
    expect(exitCode).toBe(1)
  })
})

describe('a summary that is too long', () => {
  test('keeps whole blocks and says so', () => {
    const cut = fitting(['<p>1</p>', '<p>2</p>', `<p>${'ü'.repeat(200)}</p>`].join('\n\n'), 120)
    expect(cut).toBe('<p>1</p>\n\n<p>2</p>\n\n<p>The rest did not fit into the job summary; the log has it all.</p>\n')
  })

  test('one that fits is left alone', () => {
    expect(fitting('üü', 4)).toBe('üü')
  })
})

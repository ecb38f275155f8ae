import { describe, expect, test } from '@jest/globals'
import { runProgram } from './programs.ts'

/** Times differ from run to run. */
const withoutTimes = (log: readonly string[]): string[] => log.map((line) => line.replace(/^\d+\.\d s$/, 'time'))

describe('the log', () => {
  test('groups that run at once come out whole, in the order of their start', async () => {
    const { log, output } = await runProgram(`
      const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
      await Promise.all([
        progress.group('Slow', async () => { progress.info('slow 1'); await wait(120); progress.info('slow 2') }),
        progress.group('Quick', async () => { progress.info('quick 1'); await wait(20); progress.info('quick 2') }),
        progress.group('Last', async () => { await wait(200); progress.info('last') }),
      ])
      progress.info('after')`)
    expect(withoutTimes(log)).toEqual(['▸ Slow', 'slow 1', 'slow 2', 'time', '▸ Quick', 'quick 1', 'quick 2', '▸ Last', 'last', 'time', 'after'])
    expect(output.match(/^::(end)?group::/gm)).toEqual(['::group::', '::endgroup::', '::group::', '::endgroup::', '::group::', '::endgroup::'])
  })

  test('a group that fails is closed, one within another is a heading', async () => {
    const { log, exitCode } = await runProgram(`
      await progress.group('Outer', () => progress.group('Inner', async () => { throw new Error('x') })).catch(() => progress.info('caught'))`)
    expect(withoutTimes(log)).toEqual(['▸ Outer', 'Inner', 'caught'])
    expect(exitCode).toBe(0)
  })

  test('a value cannot start a workflow command of its own', async () => {
    const { annotations, log } = await runProgram(`progress.info('a\\n::error::forged'); progress.warning('b\\n::error::forged')`)
    expect(annotations).toEqual([{ level: 'warning', message: 'b\n::error::forged' }])
    expect(log[0]).toBe('a\\n::error::forged')
  })

  test.each(['::error::forged', '   ::add-mask::forged', 'description ##[add-mask]forged', '##[error]forged'])('nor can one that looks like a command: %s', async (line) => {
    const text = JSON.stringify(line)
    const { annotations, masks, log } = await runProgram(`progress.info(${text}); await progress.group('Outer', () => progress.group(${text}, async () => progress.info(${text})))`)
    expect([annotations, masks]).toEqual([[], []])
    expect(withoutTimes(log).filter((each) => each.endsWith('forged'))).toHaveLength(3)
  })

  test('neither can a heading, and nothing hides behind an escape sequence', async () => {
    const { annotations, log, output } = await runProgram(`
      await progress.group('Outer\\u001b[8m', () => progress.group('Inner\\n::error::forged', async () => progress.warning('two\\nlines\\u001b[8m')))`)
    expect(annotations).toEqual([{ level: 'warning', message: 'two\nlines\\u{1b}[8m' }])
    expect(log.slice(0, 2)).toEqual(['▸ Outer\\u{1b}[8m', 'Inner\\n::error::forged'])
    expect(output).not.toContain('\u001b')
  })

  test('a mask inside of a waiting group is told at once', async () => {
    const { output, masks } = await runProgram(`
      const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
      await Promise.all([
        progress.group('First', async () => { await wait(50); progress.info('tell s3cr3t-value') }),
        progress.group('Second', async () => progress.mask('s3cr3t-value')),
      ])`)
    expect(masks).toEqual(['s3cr3t-value'])
    expect(output.indexOf('::add-mask::')).toBeLessThan(output.indexOf('tell'))
  })
})

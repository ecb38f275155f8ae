import { expect, test } from '@jest/globals'
import { runProgram } from './programs.ts'

const commands = `import * as runner from '${new URL('../../src/github/workflow-commands.ts', import.meta.url).pathname}'`

test('text and places are escaped as the runner reads them', async () => {
  const { output } = await runProgram(`${commands}
    runner.error('50 %\\nof it', { file: 'a:b,c.py', line: 3 })
    runner.warning('plain', { file: 'x.py' })
    runner.error('nowhere')`)
  expect(output).toContain('::error file=a%3Ab%2Cc.py,line=3::50 %25%0Aof it')
  expect(output).toContain('::warning file=x.py::plain')
  expect(output).toContain('::error::nowhere')
})

test('an output of several lines is one value, whatever stands in it', async () => {
  const value = 'one\nname<<EOF\ntwo\nEOF\n::set-output name=other::x'
  const { outputs } = await runProgram(`${commands}\nrunner.setOutput('first', ${JSON.stringify(value)})\nrunner.setOutput('second', '')`)
  expect(outputs).toEqual({ first: value, second: '' })
})

test('a server that names no file for outputs reads a command', async () => {
  const { output } = await runProgram(`${commands}\ndelete process.env.GITHUB_OUTPUT\nrunner.setOutput('first', 'one\\ntwo')`)
  expect(output).toContain('\n::set-output name=first::one%0Atwo')
})

test('a file that the runner has not made is told, and not made', async () => {
  const { output } = await runProgram(`${commands}
    try { process.env.GITHUB_OUTPUT = 'no-such-file'; runner.setOutput('first', 'one') } catch (cause) { runner.info(cause.message) }`)
  expect(output).toContain('There is no file no-such-file.')
})

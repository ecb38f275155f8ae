import { expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { enginePython } from '../../engine/venv.mjs'
import { freshAccount } from '../../testing.ts'

const life = fileURLToPath(new URL('life.py', import.meta.url))

test('botocore lives the whole life of a service', async () => {
  const { url, id, control } = freshAccount()
  // The script makes more control calls in a second than AWS would let it; rates have tests of their own.
  await control.configure({ rates: false })
  // It waits in real time.
  await control.runClock(20)
  const { stdout } = await promisify(execFile)(enginePython, [life, url, id], { env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' } })
  expect(JSON.parse(stdout)).toEqual({
    account: id,
    role: true,
    'role twice': ['EntityAlreadyExists', 409],
    'log group': [30, { a: 'b' }],
    'log group twice': ['ResourceAlreadyExistsException', 400],
    objects: ['a/b c.zip'],
    'object missing': ['NoSuchKey', 404],
    'state at first': 'Pending',
    'function twice': ['ResourceConflictException', 409],
    invoked: [200, '1', '["one", "/x"]'],
    'function missing': ['ResourceNotFoundException', 404],
    stage: ['prod', { alias: 'live' }, 'datetime'],
    'without permission': [500, { message: 'Internal server error' }],
    answer: [200, ['one', '/greeting']],
    'answer before the alias moves': [200, ['one', '/greeting']],
    'answer after': [200, ['from S3', '/greeting']],
    canary: [50, true],
    left: [0, 0, 0],
  })
  expect((await control.journal()).filter(({ operation }) => operation === 'Unknown')).toEqual([])
})

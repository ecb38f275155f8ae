import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { call, everything, handler, makeService, succeeded, type Deployable } from '../support/service.ts'

let service: Deployable
beforeAll(() => {
  service = makeService({ ...everything, stage: 'prod', package: 'large.zip' })
  pack('one')
})
afterAll(() => service.remove())

/** A zip of 51 MB that no compression makes smaller. */
function pack(text: string): void {
  service.write('lambda_function.py', handler(text))
  const noise = join(service.workspace, 'noise.bin')
  try {
    readFileSync(noise)
  } catch {
    writeFileSync(noise, randomBytes(53_000_000))
  }
  const script = 'import zipfile,sys\nz=zipfile.ZipFile("large.zip","w",zipfile.ZIP_STORED)\n[z.write(n) for n in ("lambda_function.py","noise.bin")]\nz.close()'
  execFileSync('python3', ['-c', script], { cwd: service.workspace })
}

test('a package of 50 MB or more without a bucket is an error that names the cure and writes nothing', async () => {
  const result = await service.run()
  expect(result.exitCode).toBe(1)
  expect(result.annotations[0]?.message).toMatch(/50\.\d MB.*[\s\S]*Cure: Send it through a bucket .*`s3-bucket: create`/)
  expect(await service.writes()).toEqual([])
})

test('it goes through a bucket that is made on request, once', async () => {
  const inputs = { 's3-bucket': 'create' }
  const first = succeeded(await service.run(inputs))
  expect(await service.writes()).toEqual(expect.arrayContaining(['CreateBucket', 'PutObject', 'CreateFunction']))
  expect((await call(first, '/items')).body).toMatchObject({ text: 'one' })
  succeeded(await service.run(inputs))
  expect(await service.writes()).toEqual([])
})

test('a new package takes the old one\'s place in the bucket', async () => {
  pack('two')
  const inputs = { 's3-bucket': 'create' }
  const result = succeeded(await service.run(inputs))
  const writes = await service.writes()
  expect(writes.filter((operation) => operation === 'PutObject')).toHaveLength(1)
  expect(writes.filter((operation) => operation === 'DeleteObject')).toHaveLength(1)
  expect(writes).not.toContain('CreateBucket')
  expect((await call(result, '/items')).body).toMatchObject({ text: 'two' })
  succeeded(await service.run(inputs))
  expect(await service.writes()).toEqual([])
})

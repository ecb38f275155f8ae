import { afterAll, expect, test } from '@jest/globals'
import { LambdaClient, PublishLayerVersionCommand } from '@aws-sdk/client-lambda'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { newFolder, removeFolders } from '../package/support.ts'
import { everything, handler, makeService, succeeded } from '../support/service.ts'

const service = makeService({ ...everything, stage: 'prod' })
afterAll(() => {
  service.remove()
  removeFolders()
})

test('what AWS tells of a layer counts towards the limit as soon as a version has it', async () => {
  const folder = newFolder()
  writeFileSync(path.join(folder, 'noise.bin'), randomBytes(12 * 1_048_576))
  execFileSync('zip', ['-q', '-0', 'layer.zip', 'noise.bin'], { cwd: folder })
  const lambda = new LambdaClient(service.account.client)
  const layer = await lambda.send(new PublishLayerVersionCommand({ LayerName: 'noise', Content: { ZipFile: readFileSync(path.join(folder, 'layer.zip')) } }))
  lambda.destroy()
  const inputs = { layers: layer.LayerVersionArn ?? '' }
  service.write('lambda_function.py', handler('one'))
  expect(succeeded(await service.run(inputs)).annotations.filter(({ message }) => message.includes('layers'))).toEqual([])
  // Below the share of the limit from which a run warns without knowing the layer.
  service.write('zeros.bin', '')
  truncateSync(path.join(service.workspace, 'zeros.bin'), 195 * 1_048_576)
  const told = succeeded(await service.run({ ...inputs, command: 'plan' })).annotations.map(({ message }) => message)
  expect(told).toEqual(expect.arrayContaining([expect.stringContaining('The package has 195.0 MB unpacked, and its layers at least 12.0 MB more')]))
})

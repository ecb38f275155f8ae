import { CreateFunctionCommand, GetFunctionCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { activeFunction, bench, echoZip, functionInput, refusal, type Bench } from './support.ts'

/** PutObject and CreateBucket by plain HTTP: the project needs no S3 client. */
async function put({ url, id, region }: Bench, path: string, body?: Buffer): Promise<void> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${id}/20260101/${region}/s3/aws4_request, SignedHeaders=host, Signature=0`
  const answer = await fetch(`${url}${path}`, { method: 'PUT', headers: { authorization }, ...(body !== undefined && { body: new Uint8Array(body) }) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}

// test_lambda_code_location_s3, test_lambda_code_location_s3_errors
test('code comes from S3, and a missing object is told in the words of S3', async () => {
  const on = await bench()
  const place = `<CreateBucketConfiguration><LocationConstraint>${on.region}</LocationConstraint></CreateBucketConfiguration>`
  await put(on, `/packages-${on.id}`, Buffer.from(place))
  await put(on, `/packages-${on.id}/deep/code.zip`, echoZip)
  const source = { S3Bucket: `packages-${on.id}`, S3Key: 'deep/code.zip' }
  const created = await on.lambda.send(new CreateFunctionCommand(functionInput(on, 'f', { Code: source })))
  const hash = createHash('sha256').update(echoZip).digest('base64')
  expect([created.CodeSha256, created.CodeSize]).toEqual([hash, echoZip.length])
  await activeFunction(on, 'g')
  const updated = await on.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'g', ...source }))
  expect(updated).toMatchObject({ CodeSha256: hash, LastUpdateStatus: 'InProgress' })
  const missing = on.lambda.send(new CreateFunctionCommand(functionInput(on, 'h', { Code: { ...source, S3Key: 'nothing' } })))
  expect(await refusal(missing)).toEqual({
    status: 400,
    name: 'InvalidParameterValueException',
    message: 'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  })
  expect((await refusal(on.lambda.send(new GetFunctionCommand({ FunctionName: 'h' })))).name).toBe('ResourceNotFoundException')
})

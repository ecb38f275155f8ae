import { InvokeCommand, PublishLayerVersionCommand } from '@aws-sdk/client-lambda'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from '@jest/globals'
import { activeFunction, bench, refusal, zipOf, type Bench } from '../support.ts'

type Files = Parameters<typeof zipOf>[0]
type Runtime = 'python3.12' | 'nodejs20.x' | 'nodejs24.x'
let functions = 0

/** Deploys the files as a function, invokes it once, and gives its answer and the end of its log. */
async function run(on: Bench, Runtime: Runtime, files: Files, Layers?: string[]): Promise<{ readonly payload: unknown; readonly log: string }> {
  const FunctionName = `f${functions++}`
  await activeFunction(on, FunctionName, { Code: { ZipFile: zipOf(files) }, Runtime, Layers, Handler: 'index.handler', Timeout: 30 })
  const { Payload, LogResult } = await on.lambda.send(new InvokeCommand({ FunctionName, Payload: '{}', LogType: 'Tail' }))
  return { payload: JSON.parse(Buffer.from(Payload ?? []).toString()), log: Buffer.from(LogResult ?? '', 'base64').toString() }
}

const python = (...lines: string[]): Files => ({ 'index.py': `import boto3\ndef handler(event, context):\n${lines.map((line) => `    ${line}\n`).join('')}` })

const commonJs = (body: string): Files => ({ 'index.js': `exports.handler = async () => { ${body} }` })

const storesInPython = python(
  "s3, sqs, names = boto3.client('s3'), boto3.client('sqs'), lambda list: [each['Name'] for each in list]",
  "account, before = boto3.client('sts').get_caller_identity()['Account'], names(s3.list_buckets()['Buckets']) + sqs.list_queues().get('QueueUrls', [])",
  "s3.create_bucket(Bucket='sdk-' + account, CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})",
  "s3.put_object(Bucket='sdk-' + account, Key='k', Body=b'kept')",
  "url = sqs.create_queue(QueueName='q')['QueueUrl']",
  "sqs.send_message(QueueUrl=url, MessageBody='sent')",
  "return [account, before, s3.get_object(Bucket='sdk-' + account, Key='k')['Body'].read().decode(), sqs.receive_message(QueueUrl=url)['Messages'][0]['Body'], url.startswith(__import__('os').environ['AWS_ENDPOINT_URL'])]",
)

const storesInNode = `const s3 = new S3({}), sqs = new SQS({})
  const { Account } = await new STS({}).getCallerIdentity({}), Bucket = 'sdk-' + Account
  const before = [...(await s3.listBuckets({})).Buckets.map(({ Name }) => Name), ...((await sqs.listQueues({})).QueueUrls ?? [])]
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } })
  await s3.putObject({ Bucket, Key: 'k', Body: 'kept' })
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'q' })
  await sqs.sendMessage({ QueueUrl, MessageBody: 'sent' })
  const { Messages } = await sqs.receiveMessage({ QueueUrl })
  return [Account, before, await (await s3.getObject({ Bucket, Key: 'k' })).Body.transformToString(), Messages[0].Body, QueueUrl.startsWith(process.env.AWS_ENDPOINT_URL)]`
const clients = [['S3', 'client-s3'], ['SQS', 'client-sqs'], ['STS', 'client-sts']]
const required = clients.map(([name, from]) => `const { ${name} } = require('@aws-sdk/${from}')\n`).join('')
const imported = clients.map(([name, from]) => `import { ${name} } from '@aws-sdk/${from}'\n`).join('')
const esModule: Files = { 'index.mjs': `${imported}export const handler = async () => { ${storesInNode} }` }

test.each<[string, Runtime, Files]>([
  ['boto3', 'python3.12', storesInPython],
  ['require of the SDK', 'nodejs24.x', { 'index.js': `${required}exports.handler = async () => { ${storesInNode} }` }],
  ['import of the SDK', 'nodejs24.x', esModule],
  ['import of the SDK in an older Node', 'nodejs20.x', esModule],
])('%s is there, and what it does stays in local AWS and in the account of the function', async (...[, runtime, files]) => {
  for (const on of [await bench(), await bench()]) {
    expect((await run(on, runtime, files)).payload).toEqual([on.id, [], 'kept', 'sent', true])
    const calls = (await on.control.journal()).map(({ service, operation }) => `${service} ${operation}`)
    expect(calls).toEqual(expect.arrayContaining(['s3 GetObject', 'sts GetCallerIdentity', 'sqs SendMessage', 'sqs ReceiveMessage']))
  }
})

describe('the SDK comes after the zip and the layers', () => {
  const versions = "return [boto3.__version__, __import__('botocore').__version__ > '1']"

  test("a zip's boto3 wins, with the botocore of the runtime where it brings none", async () => {
    const { payload } = await run(await bench(), 'python3.12', { ...python(versions), 'boto3/__init__.py': "__version__ = 'zip'\n" })
    expect(payload).toEqual(['zip', true])
  })

  test("a layer's wins, too, and the zip's over that", async () => {
    const on = await bench()
    const layer = async (LayerName: string, files: Files): Promise<string> => (await on.lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: zipOf(files) } }))).LayerVersionArn ?? ''
    const forPython = await layer('p', { 'python/boto3.py': "__version__ = 'layer'\n" })
    expect((await run(on, 'python3.12', python(versions), [forPython])).payload).toEqual(['layer', true])
    const forNode = await layer('n', { 'nodejs/node_modules/@aws-sdk/client-sts/index.js': "exports.from = 'layer'", 'nodejs/node_modules/own/package.json': '{"exports":{"./sub":"./it.mjs"}}', 'nodejs/node_modules/own/it.mjs': 'export const own = 1' })
    const source = "import { from } from '@aws-sdk/client-sts'\nimport { own } from 'own/sub'\nimport { S3 } from '@aws-sdk/client-s3'\nexport const handler = async () => [from, own, typeof S3]"
    for (const runtime of ['nodejs24.x', 'nodejs20.x'] as const) expect((await run(on, runtime, { 'index.mjs': source }, [forNode])).payload).toEqual(['layer', 1, 'function'])
    const zipped = { 'node_modules/@aws-sdk/client-sts/index.js': "exports.from = 'zip'", 'index.mjs': source }
    expect((await run(on, 'nodejs24.x', zipped, [forNode])).payload).toEqual(['zip', 1, 'function'])
  })
})

test("what local AWS itself is made of is not there, in Python as in Node", async () => {
  const on = await bench()
  expect((await run(on, 'python3.12', python("find = __import__('importlib.util').util.find_spec", "return [name for name in ('boto3', 's3transfer', 'dateutil', 'ministack', 'yaml', 'pip', 'h2') if find(name)]"))).payload).toEqual(['boto3', 's3transfer', 'dateutil'])
  const names = ['@aws-sdk/lib-dynamodb', '@smithy/node-http-handler', 'yaml', 'archiver', 'jest', '@actions/core']
  const load = `const found = []; for (const name of ${JSON.stringify(names)}) await LOAD.then(() => found.push(name), () => {}); return found`
  expect((await run(on, 'nodejs24.x', commonJs(load.replace('LOAD', 'Promise.resolve().then(() => require(name))')))).payload).toEqual(names.slice(0, 2))
  expect((await run(on, 'nodejs24.x', commonJs(load.replace('LOAD', 'import(name)')))).payload).toEqual(names.slice(0, 2))
})

test.each<[string, Files]>([
  ['required', { 'index.js': "require('@aws-sdk/client-braket')" }],
  ['imported', { 'index.mjs': "import '@aws-sdk/client-braket'" }],
  ['required late', commonJs("require('@aws-sdk/client-braket')")],
])('a client that local AWS lacks is named in the log: %s', async (_, files) => {
  const { payload, log } = await run(await bench(), 'nodejs24.x', files)
  expect(payload).toMatchObject({ errorMessage: expect.stringContaining("'@aws-sdk/client-braket'") })
  expect(log).toContain('[LOCAL AWS] The runtime on AWS brings the whole SDK with it, local AWS only its most used clients, and not @aws-sdk/client-braket')
})

test("settings for AWS in the home folder, which is the developer's own here, do not reach a handler", async () => {
  const planted: Files = { 'index.py': `import os, pathlib
os.environ["HOME"] = os.environ["TMPDIR"]
folder = pathlib.Path.home() / ".aws"
folder.mkdir()
(folder / "config").write_text("[profile planted]\\nregion = us-west-2\\n")
import boto3
def handler(event, context):
    return [boto3.Session().available_profiles, boto3.client("s3").meta.endpoint_url == os.environ["AWS_ENDPOINT_URL"]]
` }
  expect((await run(await bench(), 'python3.12', planted)).payload).toEqual([[], true])
})

test("a policy of the account's caller does not limit what a handler asks", async () => {
  const on = await bench()
  await on.control.configure({ policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['lambda:*', 'iam:PassRole'], Resource: '*' }] } })
  expect((await run(on, 'nodejs24.x', { 'index.js': `${required}exports.handler = async () => (await new S3({}).listBuckets({})).Buckets` })).payload).toEqual([])
  expect(await refusal(new S3Client(on.client).send(new ListBucketsCommand({})))).toMatchObject({ name: 'AccessDenied', status: 403 })
})

test('what asks over HTTP/2 is not answered', async () => {
  const source = "const { Kinesis } = require('@aws-sdk/client-kinesis')\nexports.handler = async () => new Kinesis({ maxAttempts: 1 }).listStreams({})"
  expect((await run(await bench(), 'nodejs24.x', { 'index.js': source })).payload).toMatchObject({ errorMessage: 'Protocol error' })
})

import { expect, test } from '@jest/globals'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { deployActions } from '../../src/resources/actions.ts'
import { deployPolicy } from '../../src/resources/deploy-policy.ts'
import { example } from '../../scripts/generate/permissions.ts'
import { root } from './markdown.ts'

/** What nobody has to be allowed (STS API reference, GetCallerIdentity). */
const free = 'sts:GetCallerIdentity'

type Sdk = Readonly<Record<string, unknown>>

/** The action of each operation that has another name than the operation (service authorization reference, Amazon S3 and AWS Lambda). */
const otherActions: Readonly<Record<string, string>> = { Invoke: 'InvokeFunction', HeadObject: 'GetObject', HeadBucket: 'ListBucket', ListObjectsV2: 'ListBucket' }
const prefixes: Readonly<Record<string, string>> = { 'client-lambda': 'lambda', 'client-cloudwatch-logs': 'logs', 'client-iam': 'iam', 'client-sts': 'sts', 'client-cloudwatch': 'cloudwatch', 'client-s3': 's3' }

/** The action that a command of the SDK needs. API Gateway's are the HTTP verbs of its operations, which the SDK's own schema has. */
function actionOf(client: string, sdk: Sdk, operation: string): string {
  if (client !== 'client-api-gateway') return `${prefixes[client]}:${otherActions[operation] ?? operation}`
  const [, , , traits] = sdk[`${operation}$`] as readonly [number, string, string, { readonly http: readonly [string] }]
  return `apigateway:${traits.http[0]}`
}

/** Every action that src/ sends: file, command and action. */
async function sentActions(): Promise<(readonly [string, string, string])[]> {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  const found = paths.map(async (path) => {
    const text = readFileSync(join(root, 'src', path), 'utf8')
    const clients = [...new Set([...text.matchAll(/@aws-sdk\/(client-[\w-]+)/g)].map((match) => match[1] ?? ''))]
    const sdks = await Promise.all(clients.map(async (client) => [client, (await import(`@aws-sdk/${client}`)) as Sdk] as const))
    return [...text.matchAll(/new (\w+)Command\(/g)].map(([, operation = '']) => {
      const [client, sdk] = sdks.find(([, each]) => `${operation}Command` in each) ?? []
      return [path, operation, client === undefined || sdk === undefined ? 'unknown' : actionOf(client, sdk, operation)] as const
    })
  })
  return (await Promise.all(found)).flat()
}

test('every command that src/ sends has an action that a resource file names', async () => {
  const [sent, named] = [await sentActions(), new Set([...deployActions, free])]
  expect(sent.length).toBeGreaterThan(50)
  expect(sent.filter(([, , action]) => !named.has(action))).toEqual([])
})

test('an action without a row in the table of resources is an error, and so is a row without an action', () => {
  expect(() => deployPolicy(example, [...deployActions, 'sqs:SendMessage'])).toThrow('has no row for sqs:SendMessage')
  expect(() => deployPolicy(example, deployActions.filter((action) => !action.startsWith('s3:')))).toThrow('row Packages fits no action')
})

test('the policy of another partition has its ARNs', () => {
  const text = JSON.stringify(deployPolicy({ partition: 'aws-cn', region: 'cn-north-1', account: '111122223333', service: 'hello' }))
  expect(text).not.toMatch(/arn:aws:/)
  expect(text).toContain('arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')
})

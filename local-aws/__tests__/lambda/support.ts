import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, GetFunctionCommand, LambdaClient, type CreateFunctionCommandInput } from '@aws-sdk/client-lambda'
import { deflateRawSync, crc32 } from 'node:zlib'
import { freshAccount, type FreshAccount } from '../../testing.ts'

/** What a refusal tells. */
export interface Refusal {
  readonly status: number | undefined
  readonly name: string
  readonly message: string
}

/** An account with a Lambda client and a role that Lambda can assume. */
export interface Bench extends FreshAccount {
  readonly lambda: LambdaClient
  readonly iam: IAMClient
  readonly role: string
  /** ARN of a function, or of what is below it. */
  readonly arn: (name: string) => string
}

/** An empty account but for the role, without the documented rates: those have tests of their own. */
export async function bench(): Promise<Bench> {
  const account = freshAccount()
  await account.control.configure({ rates: false })
  const iam = new IAMClient(account.client)
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
  await iam.send(new CreateRoleCommand({ RoleName: 'runs', AssumeRolePolicyDocument: JSON.stringify(trust) }))
  return {
    ...account,
    iam,
    lambda: new LambdaClient(account.client),
    role: `arn:aws:iam::${account.id}:role/runs`,
    arn: (name) => `arn:aws:lambda:${account.region}:${account.id}:function:${name}`,
  }
}

/** A member of a zip; `mode` with type bits, as a Unix zip has them. */
export interface ZipMember {
  readonly content: string | Buffer
  readonly mode?: number
}

/** A zip of these files, written byte by byte: independent of the packager and of the reader under test. */
export function zipOf(files: Readonly<Record<string, string | ZipMember>>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, member] of Object.entries(files)) {
    const { content, mode = 0o100644 } = typeof member === 'string' ? { content: member } : member
    const raw = Buffer.from(content)
    const packed = deflateRawSync(raw)
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(crc32(raw), 0)
    sizes.writeUInt32LE(packed.length, 4)
    sizes.writeUInt32LE(raw.length, 8)
    const path = Buffer.from(name)
    const local = Buffer.concat([bytes(0x04034b50, 4), bytes(20, 2), bytes(0x800, 2), bytes(8, 2), bytes(0, 4), sizes, bytes(path.length, 2), bytes(0, 2), path, packed])
    const head = [bytes(0x02014b50, 4), bytes(0x0314, 2), bytes(20, 2), bytes(0x800, 2), bytes(8, 2), bytes(0, 4), sizes, bytes(path.length, 2)]
    directory.push(Buffer.concat([...head, bytes(0, 8), bytes(mode * 0x10000, 4), bytes(offset, 4), path]))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const count = bytes(directory.length, 2)
  return Buffer.concat([...locals, central, bytes(0x06054b50, 4), bytes(0, 4), count, count, bytes(central.length, 4), bytes(offset, 4), bytes(0, 2)])
}

function bytes(value: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  for (let at = 0, left = value; at < length; at++, left = Math.floor(left / 256)) buffer[at] = left % 256
  return buffer
}

export const echoZip = zipOf({ 'index.py': 'def handler(event, context):\n    return event\n' })

/** CreateFunction's input for a small Python function. */
export function functionInput({ role }: Bench, name: string, more: Partial<CreateFunctionCommandInput> = {}): CreateFunctionCommandInput {
  return { FunctionName: name, Role: role, Runtime: 'python3.12', Handler: 'index.handler', Code: { ZipFile: echoZip }, ...more }
}

/** Creates a function and waits until it is Active. */
export async function activeFunction(on: Bench, name: string, more: Partial<CreateFunctionCommandInput> = {}): Promise<void> {
  await on.lambda.send(new CreateFunctionCommand(functionInput(on, name, more)))
  await settled(on, name)
}

/** Moves the clock on until `$LATEST`, or the version, is past its window. */
export async function settled({ lambda, control }: Bench, name: string, qualifier?: string): Promise<void> {
  for (let step = firstStep; ; step *= 2) {
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: name, Qualifier: qualifier }))
    if (Configuration?.State === 'Active' && Configuration.LastUpdateStatus === 'Successful') return
    await control.advance(step)
  }
}

/** Virtual milliseconds. */
const firstStep = 100

/** The refusal that a call ends in; a call that goes through is a failure of the test. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    (answer) => {
      throw new Error(`Expected a refusal, got ${JSON.stringify(answer)}`)
    },
    (reason: unknown) => reason as Error & { $metadata?: { httpStatusCode?: number } },
  )
  if (error.$metadata === undefined) throw error
  return { status: error.$metadata.httpStatusCode, name: error.name, message: error.message }
}

import { InvokeCommand, type InvokeCommandInput } from '@aws-sdk/client-lambda'
import { activeFunction, zipOf, type Bench, type ZipMember } from '../support.ts'

/** Files of a zip by their paths. */
export type Files = Readonly<Record<string, string | ZipMember>>

interface PythonSetting {
  readonly files?: Files
  readonly handler?: string
  /** Seconds. */
  readonly timeout?: number
  readonly environment?: Readonly<Record<string, string>>
}

/** Makes the function f of this `index.py`. */
export async function python(on: Bench, source: string, more: PythonSetting = {}): Promise<void> {
  const Code = { ZipFile: zipOf({ 'index.py': source, ...more.files }) }
  const Environment = more.environment === undefined ? undefined : { Variables: more.environment }
  await activeFunction(on, 'f', { Code, Environment, Handler: more.handler ?? 'index.handler', Timeout: more.timeout ?? 10, Runtime: 'python3.11' })
}

/** What an invocation gives. */
interface Answer {
  /** Undefined where nothing came back. */
  readonly payload: unknown
  readonly functionError: string | undefined
  readonly log: string
}

/** Invokes the function f. */
export async function call({ lambda }: Bench, event: unknown = {}, more: Partial<InvokeCommandInput> = {}): Promise<Answer> {
  const input = { FunctionName: 'f', Payload: JSON.stringify(event), LogType: 'Tail' as const, ...more }
  const { Payload, FunctionError, LogResult } = await lambda.send(new InvokeCommand(input))
  const text = Buffer.from(Payload ?? []).toString()
  return { payload: text === '' ? undefined : JSON.parse(text), functionError: FunctionError, log: Buffer.from(LogResult ?? '', 'base64').toString() }
}

import type { JsonObject, Step } from '../rows.ts'
import { refused, step } from './rule.ts'

/** A request about the function `f`. */
export const onF = (operation: string, input: JsonObject = {}): Step => step(`lambda ${operation}`, { FunctionName: 'f', ...input })

/** A proxy handler that answers with a text. */
export const answering = (text: string): JsonObject => ({ $source: `def handler(event, context):\n    return {'statusCode': 200, 'body': '${text}'}\n` })

/** A zip with one Python handler of these lines. */
export const python = (...lines: readonly string[]): JsonObject => ({ $source: `def handler(event, context):\n${lines.map((line) => `    ${line}\n`).join('')}` })

export const createFunction = (input: JsonObject = {}): Step =>
  onF('CreateFunction', {
    Runtime: 'python3.12',
    Role: '{{role}}',
    Handler: 'handler.handler',
    Timeout: 60,
    Code: { ZipFile: answering('one') },
    ...input,
  })

/** Waits until no change of `f` is under way. */
export const wait: Step = step('wait', { FunctionName: 'f' })

/** CreateFunction of `f` and the wait for it: steps 0 and 1. */
export const withFunction = (input: JsonObject = {}): Step[] => [createFunction(input), wait]

/** The same with code of its own, which Invoke can then call. */
export const withCode = (ZipFile: JsonObject, input: JsonObject = {}): Step[] => withFunction({ Code: { ZipFile }, ...input })

export const updateCode = (text: string, input: JsonObject = {}): Step => onF('UpdateFunctionCode', { ZipFile: answering(text), ...input })
export const publish = (input: JsonObject = {}): Step => onF('PublishVersion', input)
export const invokeF = (input: JsonObject = {}): Step => onF('Invoke', input)

/** Steps 0 to 5: `f` with the versions 1 (answers `one`) and 2 (answers `two`). */
export const twoVersions: readonly Step[] = [...withFunction(), publish(), updateCode('two'), wait, publish()]

export const alias = (input: JsonObject = {}): Step => onF('CreateAlias', { Name: 'live', FunctionVersion: '1', ...input })

/** Steps 0 to 3: `f`, its version 1 and the alias `live` on it. */
export const withAlias: readonly Step[] = [...withFunction(), publish(), alias()]

export const permit = (input: JsonObject = {}): Step =>
  onF('AddPermission', { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', ...input })

export const functionArn = (qualified: string): string => `arn:aws:lambda:{{region}}:{{account}}:function:${qualified}`
/** The same in an answer, where the account and Region of the test stand for those of the record. */
export const answeredArn = (qualified: string): string => `arn:aws:lambda:<region>:111111111111:function:${qualified}`

export const invalidValue = (message?: string): Partial<Step> => refused(400, 'InvalidParameterValueException', message)
export const invalidByModel = (message?: string): Partial<Step> => refused(400, 'ValidationException', message)
export const conflict = (message?: string): Partial<Step> => refused(409, 'ResourceConflictException', message)
export const notFound = (message?: string): Partial<Step> => refused(404, 'ResourceNotFoundException', message)
export const stale = (): Partial<Step> => refused(412, 'PreconditionFailedException')

/** A RevisionId that nothing has. */
export const otherRevision = '00000000-0000-4000-8000-000000000000'

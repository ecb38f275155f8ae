import { GetExportCommand, type Stage } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../../aws/clients.ts'
import { AwsRefusal } from '../../../aws/refusal.ts'
import { aliasVariable } from '../../../service/names.ts'
import { byPathThenMethod } from '../../../service/route-order.ts'
import type { Route, Service, ServiceId } from '../../../service/service.ts'
import { functionNameOf, methodName, methodOfVerb, methodsOf } from './method.ts'

/** What callers of a stage reach: by the method's name, such as `GET /events/{id}`, the function that answers, where it is one. */
export type ServedMethods = ReadonlyMap<string, string | undefined>

/**
 * Reads the methods of the deployment that a stage serves, with their integrations: GetExport shows that deployment, never the working
 * copy (recorded: LocalStack's test_export_oas30_openapi; its extensions: developer guide, "Export a REST API from API Gateway").
 * @returns undefined where AWS does not export it, as of an API that OpenAPI cannot say
 */
export async function readServedMethods(
  aws: Aws, restApiId: string, stage: Pick<Stage, 'stageName'>,
): Promise<ServedMethods | undefined> {
  const uris = await readUris(aws, restApiId, stage)
  return uris && new Map([...uris].map(([name, { uri }]) => [name, functionNameOf(uri)]))
}

/**
 * Reads the routes of a service that a stage serves: those methods that lead to the live slot of a function.
 * @returns undefined where AWS does not export them
 */
export async function readServedRoutes(
  aws: Aws, restApiId: string, { name, stage: stageName }: Pick<ServiceId, 'name' | 'stage'>,
): Promise<readonly Route[] | undefined> {
  const uris = await readUris(aws, restApiId, { stageName })
  const isOurs = (uri = ''): boolean => uri.includes(`\${stageVariables.${aliasVariable(name)}}`)
  return uris && [...uris.values()].flatMap(({ method, path, uri }) => {
    const functionName = functionNameOf(uri)
    return functionName === undefined || !isOurs(uri) ? [] : [{ method, path, functionName }]
  }).sort(byPathThenMethod)
}

/** Where a method leads. */
interface Target {
  readonly method: string
  readonly path: string
  readonly uri: string | undefined
}

async function readUris(
  aws: Aws, restApiId: string, { stageName }: Pick<Stage, 'stageName'>,
): Promise<ReadonlyMap<string, Target> | undefined> {
  const parameters = { extensions: 'integrations' }
  try {
    const input = { restApiId, stageName, exportType: 'oas30', accepts: 'application/json', parameters }
    const { body } = await aws.api(new GetExportCommand(input))
    return targetsIn(JSON.parse(Buffer.from(body ?? []).toString()) as Exported)
  } catch (error) {
    if (error instanceof AwsRefusal || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** What callers of a stage reach that serves what the service asks for. */
export function wantedMethods(service: Service): ServedMethods {
  return new Map(methodsOf(service).map((spec) => [methodName(spec), spec.integration.functionName]))
}

interface ExportedOperation {
  readonly 'x-amazon-apigateway-integration'?: { readonly uri?: string }
}

/** The part of an OpenAPI document that is looked at. */
interface Exported {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, ExportedOperation>>>>
}

function targetsIn({ paths = {} }: Exported): ReadonlyMap<string, Target> {
  const entries = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([verb, operation]): [string, Target][] => {
      const method = methodOfVerb(verb)
      if (method === undefined) return []
      return [[methodName({ method, path }), { method, path, uri: operation['x-amazon-apigateway-integration']?.uri }]]
    }),
  )
  return new Map(entries)
}

import { PutRestApiCommand } from '@aws-sdk/client-api-gateway'
import { isRefusal } from '../../../aws/refusal.ts'
import type { Route } from '../../../service/service.ts'
import { known, type ApplyContext } from '../../step.ts'
import { integrationUri, mark, prefixes, type Where } from './tree.ts'

/** From so many routes on, one document is cheaper: single calls are two or more a route, and AWS takes ten a second. */
export const documentFrom = 5

/**
 * Many routes as one OpenAPI document for PutRestApi, in the mode `merge`: what the document does not name stays as it is, and a method
 * that it names is replaced whole (developer guide, "Updating APIs"), so that it adopts and mends as single calls do. `operationId`
 * becomes the method's `operationName` (recorded, test_import_swagger_api), which bears our mark.
 */
export class RoutesDocument {
  readonly #routes: readonly Route[]
  readonly #where: Where
  #taken: Promise<boolean> | undefined

  constructor(routes: readonly Route[], where: Where) {
    this.#routes = routes
    this.#where = where
  }

  /** Sends the document once, whoever asks first. False where AWS refuses it as such, and has changed nothing. */
  taken(context: ApplyContext): Promise<boolean> {
    return (this.#taken ??= this.#put(context))
  }

  async #put({ aws, ids, service, progress }: ApplyContext): Promise<boolean> {
    const restApiId = known(ids.apiId, 'the API')
    const body = Buffer.from(JSON.stringify(openApi(service.api.name, this.#routes, this.#where)))
    try {
      // A warning would leave something out: then nothing is changed (API reference, PutRestApi: failonwarnings).
      await aws.api(new PutRestApiCommand({ restApiId, mode: 'merge', failOnWarnings: true, body }))
      return true
    } catch (error) {
      if (!isRefusal(error, 'BadRequestException')) throw error
      progress.info(`AWS does not take the routes as one document (${error.detail}); they are made one by one.`)
      return false
    }
  }
}

/** The document. `title` becomes the API's name, in both modes (recorded, test_put_rest_api_mode_binary_media_types). */
export function openApi(title: string, routes: readonly Route[], where: Where): object {
  const paths = Map.groupBy(routes, ({ path }) => path)
  const operations = (ofPath: readonly Route[]): object => Object.fromEntries(ofPath.map((route) => [verb(route.method), operation(route, where)]))
  return { openapi: '3.0.1', info: { title, version: '1.0' }, paths: Object.fromEntries([...paths].map(([path, ofPath]) => [path, operations(ofPath)])) }
}

/** An operation without responses is a warning (aws-apigateway-importer#202). */
function operation({ method, path, functionName }: Route, where: Where): object {
  const variables = prefixes(path).flatMap((prefix) => /\{(\w[^}+]*)\+?\}$/.exec(prefix)?.[1] ?? [])
  return {
    operationId: mark(where.service, method, path),
    parameters: variables.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    responses: { 200: { description: 'The function decides.' } },
    'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: integrationUri(where, functionName) },
  }
}

function verb(method: string): string {
  return method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase()
}

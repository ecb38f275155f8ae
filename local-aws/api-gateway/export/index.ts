import { stringify } from 'yaml'
import type { Call, Output } from '../../kernel/call.ts'
import { badRequest } from '../errors.ts'
import { partitionOf } from '../partition.ts'
import { pathOf } from '../path-parts.ts'
import { findStage } from '../stages.ts'
import type { Definition, Resource } from '../state.ts'
import { exportedMethod, type Dialect } from './method.ts'
import { exportedSchemas } from './schemas.ts'
import { exportedSchemes } from './security.ts'
import { text } from '../values.ts'

/** What one export shows. */
interface Export {
  readonly definition: Definition
  readonly dialect: Dialect
  readonly apiId: string
  readonly region: string
  readonly stageName: string
  /** ISO time of the deployment: stands for the version of an API without one. */
  readonly deployedAt: string
}

/**
 * GetExport shows the deployment that the stage serves, never the working copy (recorded: test_export_oas30_openapi,
 * test_export_swagger_openapi).
 */
export function getExport(call: Call): Output {
  const { api, stage } = findStage(call)
  const exportType = String(call.params.exportType)
  // Text unverified; the two types are the API reference's.
  if (exportType !== 'oas30' && exportType !== 'swagger') throw badRequest(`Invalid export type ${exportType}`)
  const deployment = api.deployments.get(stage.settings.deploymentId)
  const definition = deployment?.snapshot ?? api.definition
  const shown = { definition, dialect: dialectOf(exportType, call), apiId: api.id, region: api.region, stageName: stage.name }
  const document = exported({ ...shown, deployedAt: new Date((deployment?.createdDate ?? api.createdDate) * 1000).toISOString() })
  const isYaml = text(call.params.accepts).includes('yaml')
  const file = `${exportType}_${String((document.info as Output).version)}.${isYaml ? 'yaml' : 'json'}`
  return {
    contentType: 'application/octet-stream',
    contentDisposition: `attachment; filename="${file}"`,
    body: Buffer.from(isYaml ? stringify(document) : JSON.stringify(document, null, 2)),
  }
}

/** `extensions=integrations,authorizers`, or `apigateway` for all of them (developer guide, export a REST API). */
function dialectOf(exportType: 'oas30' | 'swagger', call: Call): Dialect {
  const { extensions = '' } = (call.params.parameters ?? {}) as { extensions?: string }
  const wanted = extensions.split(',').map((one) => one.trim())
  const all = wanted.includes('apigateway')
  return {
    isSwagger: exportType === 'swagger',
    integrations: all || wanted.includes('integrations'),
    authorizers: all || wanted.includes('authorizers'),
  }
}

function exported(shown: Export): Record<string, unknown> {
  const { definition, dialect } = shown
  const info = { title: definition.name, description: definition.description, version: definition.version ?? shown.deployedAt }
  return {
    ...(dialect.isSwagger ? { swagger: '2.0' } : { openapi: '3.0.1' }),
    info,
    ...(dialect.isSwagger ? swaggerServer(shown) : server(shown)),
    paths: exportedPaths(shown),
    ...components(shown),
    ...(dialect.integrations ? extensionsOf(definition) : {}),
  }
}

function host({ apiId, region }: Export): string {
  return `${apiId}.execute-api.${region}.${partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`
}

function server(shown: Export): Record<string, unknown> {
  return { servers: [{ url: `https://${host(shown)}/{basePath}`, variables: { basePath: { default: shown.stageName } } }] }
}

function swaggerServer(shown: Export): Record<string, unknown> {
  return { host: host(shown), basePath: `/${shown.stageName}`, schemes: ['https'] }
}

/** Only resources with methods have a path. */
function exportedPaths({ definition, dialect }: Export): Record<string, unknown> {
  const resources = [...definition.resources.values()].filter((resource) => resource.methods.size > 0)
  return Object.fromEntries(resources.map((resource) => [pathOf(definition, resource), exportedResource(definition, resource, dialect)]))
}

function exportedResource(definition: Definition, resource: Resource, dialect: Dialect): Record<string, unknown> {
  return Object.fromEntries(
    [...resource.methods.values()].map((method) => {
      const verb = method.httpMethod === 'ANY' ? 'x-amazon-apigateway-any-method' : method.httpMethod.toLowerCase()
      return [verb, exportedMethod(definition, method, dialect)]
    }),
  )
}

/** OpenAPI 3 has its components even when empty, Swagger only what there is (recorded: the two TEST_IMPORT_PETS exports). */
function components({ definition, dialect }: Export): Record<string, unknown> {
  const schemas = exportedSchemas(definition, dialect.isSwagger)
  const schemes = dialect.authorizers ? exportedSchemes(definition) : {}
  const some = (members: Record<string, unknown>, name: string) => (Object.keys(members).length === 0 ? {} : { [name]: members })
  if (dialect.isSwagger) return { ...some(schemes, 'securityDefinitions'), ...some(schemas, 'definitions') }
  return { components: { ...some(schemas, 'schemas'), ...some(schemes, 'securitySchemes') } }
}

/** Properties that only extensions can say. The endpoint is never exported (developer guide). */
function extensionsOf(definition: Definition): Record<string, unknown> {
  const { binaryMediaTypes, minimumCompressionSize, policy, gatewayResponses, requestValidators } = definition
  const validators = Object.fromEntries([...requestValidators.values()].map(({ id, name, ...rest }) => [name ?? id, rest]))
  const responses = Object.fromEntries([...gatewayResponses.values()].map(({ responseType, ...rest }) => [responseType, rest]))
  return {
    'x-amazon-apigateway-binary-media-types': binaryMediaTypes,
    'x-amazon-apigateway-minimum-compression-size': minimumCompressionSize,
    'x-amazon-apigateway-policy': policy === undefined ? undefined : (JSON.parse(policy) as unknown),
    ...(requestValidators.size === 0 ? {} : { 'x-amazon-apigateway-request-validators': validators }),
    ...(gatewayResponses.size === 0 ? {} : { 'x-amazon-apigateway-gateway-responses': responses }),
  }
}

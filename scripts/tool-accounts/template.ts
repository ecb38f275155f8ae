import type { Call } from './account.ts'

interface Resource {
  readonly Type: string
  readonly Properties?: Properties
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
}

type Properties = Readonly<Record<string, unknown>>

interface Making {
  readonly stack: string
  readonly standIn: Readonly<Record<string, string>>
  /** Calls that came before those of the template. */
  readonly before: readonly Call[]
}

/**
 * The calls that CloudFormation makes for a template, in the order in which one thing needs another. Only for the kinds of things that
 * Serverless and Zappa write. Names that CloudFormation makes up end in a random text; here it is one and the same.
 */
export function callsOfTemplate({ Resources }: Template, { stack, standIn, before }: Making): Call[] {
  const calls: Call[] = []
  const made = new Map<string, { readonly ref: string; readonly attributes: Readonly<Record<string, string>> }>()
  const tagsOf = (id: string): Record<string, string> => ({
    'aws:cloudformation:stack-name': stack, 'aws:cloudformation:logical-id': id,
    'aws:cloudformation:stack-id': `arn:aws:cloudformation:{{region}}:{{account}}:stack/${stack}/11111111-2222-3333-4444-555555555555`,
  })
  const call = (name: string, input: Properties): string => {
    calls.push({ call: name, with: JSON.parse(JSON.stringify(input)) as Properties })
    return String(before.length + calls.length - 1)
  }
  const note = (id: string, ref: string, attributes: Record<string, string> = {}): void => void made.set(id, { ref, attributes })

  const makers: Readonly<Record<string, (id: string, properties: Properties) => void>> = {
    'AWS::Logs::LogGroup': (id, { LogGroupName }) => {
      call('logs CreateLogGroup', { logGroupName: LogGroupName, tags: tagsOf(id) })
      note(id, String(LogGroupName))
    },
    'AWS::IAM::Role': (id, { RoleName, Path, AssumeRolePolicyDocument, Policies = [] }) => {
      call('iam CreateRole', { RoleName, Path, AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument) })
      for (const { PolicyName, PolicyDocument } of Policies as Properties[]) {
        call('iam PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) })
      }
      note(id, String(RoleName), { Arn: `arn:aws:iam::{{account}}:role/${String(RoleName)}` })
    },
    'AWS::Lambda::Function': (id, { Code: _code, ...rest }) => {
      call('lambda CreateFunction', { ...rest, Code: { ZipFile: { $files: standIn } }, Tags: tagsOf(id) })
      call('wait', { FunctionName: rest['FunctionName'] })
      note(id, String(rest['FunctionName']), { Arn: `arn:aws:lambda:{{region}}:{{account}}:function:${String(rest['FunctionName'])}` })
    },
    'AWS::Lambda::Version': (id, { FunctionName }) => {
      call('lambda PublishVersion', { FunctionName })
      note(id, id)
    },
    'AWS::Lambda::Permission': (id, properties) => {
      call('lambda AddPermission', { ...properties, StatementId: `${stack}-${id}-A1B2C3D4E5F6` })
      note(id, id)
    },
    'AWS::ApiGateway::RestApi': (id, { Name, EndpointConfiguration, Description }) => {
      const types = (EndpointConfiguration as Properties | undefined)?.['Types']
      const endpoint = types === undefined ? {} : { endpointConfiguration: { types } }
      const index = call('apigateway CreateRestApi', { name: Name, description: Description, ...endpoint, tags: tagsOf(id) })
      note(id, `{{${index}.id}}`, { RootResourceId: `{{${index}.rootResourceId}}` })
    },
    'AWS::ApiGateway::Resource': (id, { RestApiId, ParentId, PathPart }) => {
      note(id, `{{${call('apigateway CreateResource', { restApiId: RestApiId, parentId: ParentId, pathPart: PathPart })}.id}}`)
    },
    'AWS::ApiGateway::Method': (id, properties) => {
      makeMethod(call, properties)
      note(id, id)
    },
    'AWS::ApiGateway::Deployment': (id, { RestApiId, StageName }) => {
      note(id, `{{${call('apigateway CreateDeployment', { restApiId: RestApiId, stageName: StageName })}.id}}`)
    },
    'AWS::ApiGateway::ApiKey': (id, { Name, Enabled }) => {
      note(id, `{{${call('apigateway CreateApiKey', { name: Name, enabled: Enabled, tags: tagsOf(id) })}.id}}`)
    },
    'AWS::ApiGateway::UsagePlan': (id, { UsagePlanName, Description, ApiStages, Throttle }) => {
      const { RateLimit: rateLimit, BurstLimit: burstLimit } = Throttle as Properties
      const apiStages = (ApiStages as Properties[]).map(({ ApiId: apiId, Stage: stage }) => ({ apiId, stage }))
      const input = { name: UsagePlanName, description: Description, apiStages, throttle: { rateLimit, burstLimit }, tags: tagsOf(id) }
      note(id, `{{${call('apigateway CreateUsagePlan', input)}.id}}`)
    },
    'AWS::ApiGateway::UsagePlanKey': (id, { UsagePlanId, KeyId, KeyType }) => {
      call('apigateway CreateUsagePlanKey', { usagePlanId: UsagePlanId, keyId: KeyId, keyType: KeyType })
      note(id, id)
    },
  }

  const waiting = Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('AWS::S3::'))
  while (waiting.length > 0) {
    const index = waiting.findIndex(([, { Type, Properties = {} }]) => isReady(Type, Properties))
    const [next] = waiting.splice(index, 1)
    if (index < 0 || next === undefined) throw new Error(`these wait for one another: ${waiting.map(([id]) => id).join(', ')}`)
    const [id, { Type, Properties = {} }] = next
    const make = makers[Type]
    if (make === undefined) throw new Error(`${Type} is not known here`)
    make(id, resolved(Properties) as Properties)
  }
  return calls

  /** A deployment comes after all methods, which it names by DependsOn alone; keys and plans name its stage by text. */
  function isReady(type: string, properties: Properties): boolean {
    const isLate = /::(Deployment|ApiKey|UsagePlan|UsagePlanKey)$/.test(type)
    const methodsLeft = waiting.some(([, each]) => /::(Method|Permission|Version)$/.test(each.Type) && !isLateKind(each.Type))
    const deploymentLeft = waiting.some(([, each]) => each.Type.endsWith('::Deployment'))
    if (isLate && (methodsLeft || (deploymentLeft && !type.endsWith('::Deployment')))) return false
    return namesIn(properties).every((name) => made.has(name) || !waiting.some(([id]) => id === name))
  }

  function resolved(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(resolved)
    const { Ref, ...rest } = value as Properties
    if (typeof Ref === 'string') return pseudo[Ref] ?? made.get(Ref)?.ref
    const { 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': sub } = rest
    if (attribute !== undefined) return made.get((attribute as string[])[0] ?? '')?.attributes[(attribute as string[])[1] ?? '']
    if (join !== undefined) return (resolved((join as unknown[])[1]) as string[]).join(String((join as unknown[])[0]))
    if (typeof sub === 'string') return sub.replace(/\$\{([^}]+)\}/g, (_all, name: string) => pseudo[name] ?? made.get(name)?.ref ?? '')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]))
  }
}

const pseudo: Readonly<Record<string, string>> = { 'AWS::Partition': 'aws', 'AWS::Region': '{{region}}', 'AWS::AccountId': '{{account}}', 'AWS::URLSuffix': 'amazonaws.com' }

const isLateKind = (type: string): boolean => /::(Deployment|ApiKey|UsagePlan|UsagePlanKey)$/.test(type)

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const { Ref, 'Fn::GetAtt': attribute } = value as Properties
  const own = [...(typeof Ref === 'string' ? [Ref] : []), ...(Array.isArray(attribute) ? [String(attribute[0])] : [])]
  return [...own, ...Object.values(value).flatMap(namesIn)]
}

function makeMethod(call: (name: string, input: Properties) => string, properties: Properties): void {
  const { RestApiId: restApiId, ResourceId: resourceId, HttpMethod: httpMethod, Integration, MethodResponses = [] } = properties
  const at = { restApiId, resourceId, httpMethod }
  const { AuthorizationType, ApiKeyRequired, RequestParameters } = properties
  const lower = (value: Properties): Properties => Object.fromEntries(Object.entries(value).map(([key, each]) => [key.charAt(0).toLowerCase() + key.slice(1), each]))
  call('apigateway PutMethod', { ...at, authorizationType: AuthorizationType, apiKeyRequired: ApiKeyRequired ?? false, requestParameters: RequestParameters })
  for (const response of MethodResponses as Properties[]) call('apigateway PutMethodResponse', { ...at, ...lower(response) })
  const { IntegrationResponses = [], IntegrationHttpMethod: integrationHttpMethod, CacheKeyParameters, ...integration } = Integration as Properties
  call('apigateway PutIntegration', { ...at, ...lower(integration), integrationHttpMethod, cacheKeyParameters: CacheKeyParameters })
  for (const response of IntegrationResponses as Properties[]) call('apigateway PutIntegrationResponse', { ...at, ...lower(response) })
}

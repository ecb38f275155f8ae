import { functionNameIn } from './function-name.ts'

/** One call to AWS: `service:Operation`, and what was sent. */
export interface Call {
  readonly operation: string
  readonly input: object
}

/** What an answer tells about what is there, by name: `lambda/shop/prod-a`, `api/a1b2c3/resource/x1/GET`, `bucket/b`. */
interface Names {
  readonly made: readonly string[]
  readonly seen: readonly string[]
  readonly gone: readonly string[]
}

type Values = Readonly<Record<string, unknown>>

/** Others of this beginning delete a setting of the thing that they name. */
const deletions = /^Delete(Function|Alias|RestApi|Resource|Method|Deployment|Stage|Role|Bucket|LogGroup)$/

/** The names of what a call was about, and of what its answer lists. */
export function namesOf({ operation, input }: Call, output: object): Names {
  const [service = '', name = ''] = operation.split(':')
  const read = readers[service]
  if (read === undefined) return { made: [], seen: [], gone: [] }
  const { whole, listed, created } = read(input as Values, output as Values)
  if (deletions.test(name)) return { made: [], seen: [], gone: whole.slice(-1) }
  const makes = /^(Create|Publish)/.test(name) || name === 'PutMethod'
  return { made: makes ? created : [], seen: [...(makes ? [] : whole), ...listed], gone: [] }
}

interface Read {
  /** The thing that the call names, after those that hold it. */
  readonly whole: readonly string[]
  /** Things that the answer lists. */
  readonly listed: readonly string[]
  /** What the call has made, where it makes something. */
  readonly created: readonly string[]
}

const readers: Readonly<Record<string, (input: Values, output: Values) => Read>> = {
  lambda: readLambda,
  apigateway: readApi,
  iam: (input) => plain('role', input['RoleName']),
  s3: (input) => plain('bucket', input['Bucket']),
  logs: (input) => plain('log-group', input['logGroupName']),
}

function plain(kind: string, name: unknown): Read {
  const whole = path(kind, name)
  return { whole, listed: [], created: whole }
}

function readLambda(input: Values, output: Values): Read {
  const fn = functionNameIn(input['FunctionName'])
  const whole = [...path('lambda', fn), ...path('lambda', fn, input['Name'] ?? input['Qualifier'])]
  const below = [...list(output['Aliases'], 'Name'), ...list(output['Versions'], 'Version')].flatMap((each) => path('lambda', fn, each))
  // A created function is shown with Version $LATEST, a published one with its number, an alias by its Name.
  const version = output['Version']
  const created = path('lambda', fn, output['AliasArn'] === undefined ? (version === '$LATEST' ? '' : version) : input['Name'])
  return { whole, listed: below, created: created.length > 0 ? created : path('lambda', fn) }
}

function readApi(input: Values, output: Values): Read {
  const api = input['restApiId']
  const resource = input['resourceId']
  const whole = [
    ...path('api', api), ...path('api', api, 'resource', resource), ...path('api', api, 'resource', resource, input['httpMethod']),
    ...path('api', api, 'deployment', input['deploymentId']), ...path('api', api, 'stage', input['stageName']),
  ]
  return { whole, listed: listedIn(api, output), created: createdIn(input, output) }
}

/** What GetRestApis, GetResources, GetDeployments and GetStages list. */
function listedIn(api: unknown, output: Values): string[] {
  const items = [output['items'], output['item']].flatMap((each) => (Array.isArray(each) ? each as Values[] : []))
  return items.flatMap((item) => {
    if (api === undefined) return path('api', item['id'])
    const methods = Object.keys((item['resourceMethods'] ?? {})).flatMap((method) => path('api', api, 'resource', item['id'], method))
    const kind = item['path'] === undefined ? 'deployment' : 'resource'
    return [...path('api', api, kind, item['id']), ...methods, ...path('api', api, 'stage', item['stageName'])]
  })
}

function createdIn(input: Values, output: Values): string[] {
  const api = input['restApiId']
  if (api === undefined) return path('api', output['id'])
  if (input['httpMethod'] !== undefined) return path('api', api, 'resource', input['resourceId'], input['httpMethod'])
  if (input['stageName'] !== undefined) return path('api', api, 'stage', input['stageName'])
  return path('api', api, output['pathPart'] === undefined ? 'deployment' : 'resource', output['id'])
}

/**
 * The name of what AWS says is not there; undefined where it says something else. Texts as recorded (test_lambda_api,
 * test_apigateway_api).
 */
export function subjectOf({ operation, input }: Call, { name, message = '' }: Error): string | undefined {
  const given = input as Values
  const [service] = operation.split(':')
  if (service === 'lambda' && name === 'ResourceNotFoundException') {
    const missing = /(?:not found|find alias arn|policy found for): arn:\S+:function:([^:\s]+)(?::(\S+))?$/i
    const [, fn, qualifier = ''] = missing.exec(message) ?? []
    return path('lambda', fn, qualifier === '$LATEST' ? '' : qualifier)[0] ?? path('lambda', fn)[0]
  }
  if (service === 'apigateway') return apiSubject(given, { name, message })
  if (service === 'iam' && /^NoSuchEntity/.test(name)) return path('role', /role with name (\S+) cannot be found/.exec(message)?.[1])[0]
  const isBucket = name === 'NoSuchBucket' || (name === 'NotFound' && operation === 's3:HeadBucket')
  if (service === 's3' && isBucket) return path('bucket', given['Bucket'])[0]
  if (service === 'logs' && name === 'ResourceNotFoundException') return path('log-group', given['logGroupName'])[0]
  return undefined
}

function apiSubject(input: Values, { name, message }: Pick<Error, 'name' | 'message'>): string | undefined {
  // TagResource names a stage or an API by its ARN.
  const { resourceArn } = input
  const arn = typeof resourceArn === 'string' ? resourceArn : ''
  const [, tagged, taggedStage] = /\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? []
  const api = input['restApiId'] ?? tagged
  if (name === 'BadRequestException' && /^Deployment id does not exist/.test(message)) {
    const patches = (input['patchOperations'] ?? []) as readonly Values[]
    return path('api', api, 'deployment', input['deploymentId'] ?? patches.find(({ path: at }) => at === '/deploymentId')?.['value'])[0]
  }
  const kind = name === 'NotFoundException' ? /^Invalid (\w+) identifier/.exec(message)?.[1]?.toLowerCase() : undefined
  const resource = input['resourceId'] ?? input['parentId']
  if (kind === 'api') return path('api', api)[0]
  if (kind === 'resource') return path('api', api, 'resource', resource)[0]
  if (kind === 'method') return path('api', api, 'resource', resource, input['httpMethod'])[0]
  if (kind === 'deployment') return path('api', api, 'deployment', input['deploymentId'])[0]
  return kind === 'stage' ? path('api', api, 'stage', input['stageName'] ?? taggedStage)[0] : undefined
}

/** The parts as one name; none where one of them is not known. */
function path(...parts: readonly unknown[]): string[] {
  return parts.every((part) => typeof part === 'string' && part !== '') ? [parts.join('/')] : []
}

function list(items: unknown, key: string): unknown[] {
  return Array.isArray(items) ? (items as Values[]).map((item) => item[key]) : []
}

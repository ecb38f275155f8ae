/** A documented request rate of an account in a Region. */
export interface Rate {
  /** Name of the bucket; operations that share a rate share its name. */
  readonly name: string
  readonly perSecond: number
  readonly burst: number
}

/**
 * API Gateway's own rates per operation: "Amazon API Gateway quotas and important notes", table "API Gateway quotas for creating,
 * deploying and managing an API".
 * Only the total has a documented burst; for the others one second's worth, at least 1, is unverified.
 */
const apiGateway: Readonly<Record<string, number>> = {
  CreateDeployment: 1 / 5,
  DeleteRestApi: 1 / 30,
  PutRestApi: 1,
  CreateResource: 5,
  DeleteResource: 5,
  GetResources: 5 / 2,
  UpdateAccount: 1 / 20,
  CreateDocumentationVersion: 1 / 20,
  UpdateUsagePlan: 1 / 20,
  CreateDomainName: 1 / 30,
  DeleteDomainName: 1 / 30,
  UpdateDomainName: 1 / 30,
  ImportDocumentationParts: 1 / 30,
  CreateApiKey: 5,
  DeleteApiKey: 5,
}

/**
 * CreateRestApi and ImportRestApi have one rate together for Regional APIs, and a slower one for edge-optimised ones, which this product
 * never makes.
 */
const restApiCreation: Rate = { name: 'apigateway CreateRestApi', perSecond: 1 / 3, burst: 1 }

const apiGatewayTotal: Rate = { name: 'apigateway', perSecond: 10, burst: 40 }

/** Lambda quotas, "API requests": GetFunction 100/s, GetPolicy 15/s, all other control plane requests 15/s together. */
const lambda: Readonly<Record<string, Rate>> = {
  GetFunction: { name: 'lambda GetFunction', perSecond: 100, burst: 100 },
  GetPolicy: { name: 'lambda GetPolicy', perSecond: 15, burst: 15 },
}
const lambdaTotal: Rate = { name: 'lambda', perSecond: 15, burst: 15 }
const lambdaDataPlane: ReadonlySet<string> = new Set(['Invoke', 'InvokeAsync', 'InvokeWithResponseStream'])

/** The rates that one request of this operation counts against; empty where no rate is documented. */
export function ratesOf(service: string, operation: string): readonly Rate[] {
  if (service === 'lambda') return lambdaDataPlane.has(operation) ? [] : [lambda[operation] ?? lambdaTotal]
  if (service !== 'apigateway') return []
  if (operation === 'CreateRestApi' || operation === 'ImportRestApi') return [apiGatewayTotal, restApiCreation]
  const perSecond = apiGateway[operation]
  return perSecond === undefined
    ? [apiGatewayTotal]
    : [apiGatewayTotal, { name: `apigateway ${operation}`, perSecond, burst: Math.max(1, perSecond) }]
}

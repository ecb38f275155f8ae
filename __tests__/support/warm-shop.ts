import { LambdaClient, ListProvisionedConcurrencyConfigsCommand } from '@aws-sdk/client-lambda'
import { makeService, type Deployable } from './service.ts'

/** A handler that says which code it is, which release the stage says it serves, and how its environment was started. */
export const starting = (text: string): string => `import json, os
def lambda_handler(event, context):
    variables = event["stageVariables"]
    record = next(variables[name] for name in sorted(variables) if name.endswith("_release"))
    text = "${text} " + os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]
    return {"statusCode": 200, "body": json.dumps({"text": text, "release": int(record.split(":")[0])})}
`

/** A shop of two functions, one of which has provisioned concurrency. */
export interface WarmShop extends Deployable {
  readonly edit: (text: string, more?: string) => void
  /** What stands and costs money, as `f0:prod-a 2 READY`. */
  readonly provisioned: () => Promise<readonly string[]>
}

/** @param settings of f0, such as `provisioned-concurrency: 2` */
export function warmShop(settings: string): WarmShop {
  const service = makeService({ stage: 'prod', service: 'shop' })
  const lambda = new LambdaClient(service.account.client)
  return {
    ...service,
    edit: (text, more = settings) => {
      service.write('f0.py', starting(text))
      service.write('f1.py', starting(text))
      service.write('lambda-api.yml', `
service: shop
defaults: { runtime: python3.11 }
functions: { f0: { handler: f0.lambda_handler, ${more} }, f1: { handler: f1.lambda_handler } }
api:
  access-log: off
  routes: { GET /f0: f0, GET /f1: f1 }
`)
    },
    provisioned: async () => {
      const lists = ['f0', 'f1'].map(async (name) => {
        const { ProvisionedConcurrencyConfigs = [] } = await lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: `shop-${name}` }))
        return ProvisionedConcurrencyConfigs.map(({ FunctionArn = '', RequestedProvisionedConcurrentExecutions: number, Status }) =>
          `${name}:${FunctionArn.split(':').at(-1)} ${number} ${Status}`)
      })
      return (await Promise.all(lists)).flat().sort()
    },
  }
}

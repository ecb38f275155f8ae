import * as apiGateway from './api-gateway/index.ts'
import type { Services } from './kernel/service.ts'
import * as lambda from './lambda/index.ts'

/** Every service of local AWS by its model's name. The front owns API Gateway and Lambda wholly; the engine keeps the others, behind the front's rules. */
export const services: Services = {
  apigateway: { handlers: apiGateway.handlers, forwards: false, dump: apiGateway.dump },
  lambda: { handlers: lambda.handlers, forwards: false, dump: lambda.dump, stop: lambda.stop },
  iam: { handlers: {}, forwards: true },
  sts: { handlers: {}, forwards: true },
  logs: { handlers: {}, forwards: true },
  s3: { handlers: {}, forwards: true },
  cloudwatch: { handlers: {}, forwards: true },
}

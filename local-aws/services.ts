import * as apiGateway from './api-gateway/index.ts'
import { service as cloudwatch } from './cloudwatch/index.ts'
import { service as iam } from './iam/index.ts'
import { engineServices } from './kernel/engine-services.ts'
import type { Services } from './kernel/service.ts'
import * as lambda from './lambda/index.ts'
import { service as logs } from './logs/index.ts'
import { service as s3 } from './s3/index.ts'
import { service as sts } from './sts/index.ts'

/**
 * Every service of local AWS by its model's name. The front owns API Gateway and Lambda wholly; the engine keeps the others, behind the
 * front's rules.
 */
export const services: Services = {
  apigateway: { handlers: apiGateway.handlers, forwards: false, dump: apiGateway.dump, tagsOf: apiGateway.tagsOf },
  lambda: {
    handlers: lambda.handlers,
    forwards: false,
    dump: lambda.dump,
    tagsOf: lambda.tagsOf,
    endProcesses: lambda.endProcesses,
    stop: lambda.stop,
  },
  iam,
  sts,
  logs,
  s3,
  cloudwatch,
  ...Object.fromEntries(engineServices.map((name) => [name, { handlers: {}, forwards: true }])),
}

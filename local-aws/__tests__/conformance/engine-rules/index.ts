import { accessLogs, account } from './api-gateway/account.ts'
import { authorizers } from './api-gateway/authorizers.ts'
import { canaries } from './api-gateway/canary.ts'
import { imports } from './api-gateway/imports.ts'
import { apiKeys, usagePlans } from './api-gateway/keys.ts'
import { integrations } from './api-gateway/integrations.ts'
import { methods } from './api-gateway/methods.ts'
import { resources } from './api-gateway/resources.ts'
import { restApis } from './api-gateway/rest-apis.ts'
import { deployments, stages } from './api-gateway/stages.ts'
import { quotas, tags } from './api-gateway/tags.ts'
import { events } from './invoke/events.ts'
import { gates, lambdaAuthorizers } from './invoke/gates.ts'
import { mocks, throttling } from './invoke/mocks.ts'
import { permissions } from './invoke/permissions.ts'
import { releases } from './invoke/releases.ts'
import { results } from './invoke/results.ts'
import { code } from './lambda/code.ts'
import { concurrency, layers } from './lambda/concurrency.ts'
import { configuration } from './lambda/configuration.ts'
import { functions } from './lambda/functions.ts'
import { invocations } from './lambda/invoke.ts'
import { policies } from './lambda/policies.ts'
import { runtime } from './lambda/runtime.ts'
import { aliases, versions } from './lambda/versions.ts'
import type { Rule } from './rule.ts'
import { callers, roles } from './stores/iam.ts'
import { logs } from './stores/logs.ts'
import { objects, oddRequests } from './stores/s3.ts'

/** Rules by the room that they are in. */
export type Rooms = readonly (readonly [string, readonly Rule[]])[]

/** API Gateway's control plane. */
export const gatewayRooms: Rooms = [
  ['API Gateway: APIs', restApis],
  ['API Gateway: tags', tags],
  ['API Gateway: quotas', quotas],
  ['API Gateway: resources', resources],
  ['API Gateway: methods', methods],
  ['API Gateway: integrations', integrations],
  ['API Gateway: deployments', deployments],
  ['API Gateway: stages', stages],
  ['API Gateway: canary', canaries],
  ['API Gateway: account', account],
  ['API Gateway: access log', accessLogs],
  ['API Gateway: authorizers', authorizers],
  ['API Gateway: API keys', apiKeys],
  ['API Gateway: usage plans', usagePlans],
  ['API Gateway: imports', imports],
]

/** The invoke URL. */
export const invokeRooms: Rooms = [
  ['invoke URL: permissions', permissions],
  ['invoke URL: releases and access log', releases],
  ['invoke URL: results', results],
  ['invoke URL: events', events],
  ['invoke URL: mocks', mocks],
  ['invoke URL: throttling', throttling],
  ['invoke URL: authorizers', lambdaAuthorizers],
  ['invoke URL: gates', gates],
]

/** Lambda, and what the engine keeps. */
export const otherRooms: Rooms = [
  ['Lambda: functions', functions],
  ['Lambda: code', code],
  ['Lambda: configuration', configuration],
  ['Lambda: versions', versions],
  ['Lambda: aliases', aliases],
  ['Lambda: policies', policies],
  ['Lambda: concurrency', concurrency],
  ['Lambda: layers and pages', layers],
  ['Lambda: Invoke', invocations],
  ['Lambda: runtime', runtime],
  ['IAM', roles],
  ['STS', callers],
  ['CloudWatch Logs', logs],
  ['S3', objects],
  ['requests that no SDK sends', oddRequests],
]

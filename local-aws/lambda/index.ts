import type { Account } from '../kernel/account.ts'
import type { Handler, Handlers } from '../kernel/call.ts'
import { getAccountSettings, getFunctionRecursionConfig, putFunctionRecursionConfig } from './account-settings.ts'
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases.ts'
import { stopCodeServer } from './code-location.ts'
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from './concurrency.ts'
import { createFunction } from './create-function.ts'
import { deleteFunction } from './delete-function.ts'
import { createFunctionUrlConfig, deleteFunctionUrlConfig, getFunctionUrlConfig, listFunctionUrlConfigs } from './function-urls.ts'
import { invoke } from './invoke.ts'
import { deleteLayerVersion, getLayerVersion, getLayerVersionByArn, publishLayerVersion } from './layers.ts'
import { createEventSourceMapping, deleteEventSourceMapping, listEventSourceMappings } from './event-sources.ts'
import { oneWriteAtATime } from './one-write.ts'
import { addPermission, getPolicy, removePermission } from './policies.ts'
import {
  deleteProvisionedConcurrencyConfig,
  getProvisionedConcurrencyConfig,
  listProvisionedConcurrencyConfigs,
  putProvisionedConcurrencyConfig,
} from './provisioned.ts'
import { publishVersion } from './publish.ts'
import { getFunction, getFunctionConfiguration, listFunctions, listVersionsByFunction } from './read-function.ts'
import { retire, stopPools } from './runtime/pools.ts'
import { logsDelivered } from './runtime/execute.ts'
import { lambdaState } from './state.ts'
import { listTags, tagResource, untagResource } from './tags.ts'
import { updateFunctionCode } from './update-code.ts'
import { updateFunctionConfiguration } from './update-configuration.ts'

export { dump } from './dump.ts'
export { tagsOfFunction as tagsOf } from './tags.ts'
export { invokeFunction, type Invoked } from './invoke.ts'
export { Trail } from './runtime/trail.ts'
export { resourcePolicy, type PolicyDocument } from './policies.ts'
export { sendHandlersTo } from './runtime/environment.ts'
export { logsDelivered }

/** Writes of one function, of which Lambda takes one at a time. */
const writes: Readonly<Record<string, Handler>> = {
  UpdateFunctionCode: updateFunctionCode,
  UpdateFunctionConfiguration: updateFunctionConfiguration,
  PublishVersion: publishVersion,
  CreateAlias: createAlias,
  UpdateAlias: updateAlias,
  DeleteAlias: deleteAlias,
  AddPermission: addPermission,
  RemovePermission: removePermission,
  PutFunctionConcurrency: putFunctionConcurrency,
  DeleteFunctionConcurrency: deleteFunctionConcurrency,
  PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig,
  DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig,
}

/** The operations of Lambda that local AWS answers, all by itself. */
export const handlers: Handlers = {
  ...Object.fromEntries(Object.entries(writes).map(([operation, handler]) => [operation, oneWriteAtATime(handler)])),
  CreateFunction: createFunction,
  GetFunction: getFunction,
  GetFunctionConfiguration: getFunctionConfiguration,
  DeleteFunction: deleteFunction,
  ListFunctions: listFunctions,
  ListVersionsByFunction: listVersionsByFunction,
  GetAlias: getAlias,
  ListAliases: listAliases,
  GetPolicy: getPolicy,
  CreateEventSourceMapping: createEventSourceMapping,
  ListEventSourceMappings: listEventSourceMappings,
  DeleteEventSourceMapping: deleteEventSourceMapping,
  CreateFunctionUrlConfig: createFunctionUrlConfig,
  GetFunctionUrlConfig: getFunctionUrlConfig,
  ListFunctionUrlConfigs: listFunctionUrlConfigs,
  DeleteFunctionUrlConfig: deleteFunctionUrlConfig,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTags: listTags,
  GetFunctionConcurrency: getFunctionConcurrency,
  GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig,
  ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs,
  PutFunctionRecursionConfig: putFunctionRecursionConfig,
  GetFunctionRecursionConfig: getFunctionRecursionConfig,
  GetAccountSettings: getAccountSettings,
  PublishLayerVersion: publishLayerVersion,
  GetLayerVersion: getLayerVersion,
  GetLayerVersionByArn: getLayerVersionByArn,
  DeleteLayerVersion: deleteLayerVersion,
  Invoke: invoke,
}

/** Ends the processes of the account's functions, before its state is forgotten. */
export async function endProcesses(account: Account): Promise<void> {
  for (const region of account.regions()) {
    for (const { latest, versions } of lambdaState(account, region).functions.values()) {
      for (const { served } of [latest, ...versions.values()]) retire(served)
    }
  }
}

/** Ends every process and server that Lambda started, and removes every folder. */
export async function stop(): Promise<void> {
  await Promise.all([stopPools(), stopCodeServer()])
  await logsDelivered()
}

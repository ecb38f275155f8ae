import type { Account } from '../kernel/account.ts'
import type { Handler, Handlers } from '../kernel/call.ts'
import { getAccount, updateAccount } from './account.ts'
import { createApiKey, deleteApiKey, getApiKey, getApiKeys, updateApiKey } from './api-keys.ts'
import { createAuthorizer, deleteAuthorizer, getAuthorizer, getAuthorizers, updateAuthorizer } from './authorizers.ts'
import { createBasePathMapping, deleteBasePathMapping, getBasePathMapping, getBasePathMappings } from './base-path-mappings.ts'
import { createDeployment, deleteDeployment, getDeployment, getDeployments, updateDeployment } from './deployments.ts'
import {
  createDocumentationPart,
  createDocumentationVersion,
  deleteDocumentationPart,
  getDocumentationPart,
  getDocumentationParts,
  getDocumentationVersions,
  updateDocumentationPart,
} from './documentation-parts.ts'
import { createDomainName, deleteDomainName, getDomainName, getDomainNames } from './domain-names.ts'
import { dumpGateway, isEmpty } from './dump.ts'
import {
  deleteGatewayResponse,
  getGatewayResponse,
  getGatewayResponses,
  putGatewayResponse,
  updateGatewayResponse,
} from './gateway-responses.ts'
import { getExport } from './export/index.ts'
import { importRestApi, putRestApi } from './import/index.ts'
import {
  deleteIntegrationResponse,
  getIntegrationResponse,
  putIntegrationResponse,
  updateIntegrationResponse,
} from './integration-responses.ts'
import { deleteIntegration, getIntegration, putIntegration, updateIntegration } from './integrations.ts'
import { deleteMethodResponse, getMethodResponse, putMethodResponse, updateMethodResponse } from './method-responses.ts'
import { deleteMethod, getMethod, putMethod, updateMethod } from './methods.ts'
import { createModel, deleteModel, getModel, getModels, updateModel } from './models.ts'
import { oneAtATime } from './one-write.ts'
import {
  createRequestValidator,
  deleteRequestValidator,
  getRequestValidator,
  getRequestValidators,
  updateRequestValidator,
} from './request-validators.ts'
import { createResource, deleteResource, getResource, getResources, updateResource } from './resources.ts'
import { createRestApi, deleteRestApi, getRestApi, getRestApis, updateRestApi } from './rest-apis.ts'
import { createStage, deleteStage, getStage, getStages, updateStage } from './stages.ts'
import { flushCache } from './stage-cache.ts'
import { gatewayIn } from './state.ts'
import { getTags, tagResource, untagResource } from './tags.ts'
import { testInvokeMethod } from './test-invoke-method.ts'
import {
  createUsagePlan,
  createUsagePlanKey,
  deleteUsagePlan,
  deleteUsagePlanKey,
  getUsagePlan,
  getUsagePlanKeys,
  getUsagePlans,
  updateUsagePlan,
} from './usage-plans.ts'

export { inheritedTags as tagsOf } from './tags.ts'

const REST_APIS = { CreateRestApi: createRestApi, ImportRestApi: importRestApi, GetRestApi: getRestApi, GetRestApis: getRestApis }

const READS = {
  GetResource: getResource,
  GetResources: getResources,
  GetMethod: getMethod,
  GetIntegration: getIntegration,
  GetMethodResponse: getMethodResponse,
  GetIntegrationResponse: getIntegrationResponse,
  GetDeployment: getDeployment,
  GetDeployments: getDeployments,
  GetStage: getStage,
  GetStages: getStages,
  GetModel: getModel,
  GetModels: getModels,
  GetAuthorizer: getAuthorizer,
  GetAuthorizers: getAuthorizers,
  GetRequestValidator: getRequestValidator,
  GetRequestValidators: getRequestValidators,
  GetGatewayResponse: getGatewayResponse,
  GetGatewayResponses: getGatewayResponses,
  GetDocumentationPart: getDocumentationPart,
  GetDocumentationParts: getDocumentationParts,
  GetDocumentationVersions: getDocumentationVersions,
  GetExport: getExport,
  TestInvokeMethod: testInvokeMethod,
}

/** Writes to one API, of which API Gateway takes one at a time. */
const WRITES: Readonly<Record<string, Handler>> = {
  PutRestApi: putRestApi,
  UpdateRestApi: updateRestApi,
  DeleteRestApi: deleteRestApi,
  CreateResource: createResource,
  UpdateResource: updateResource,
  DeleteResource: deleteResource,
  PutMethod: putMethod,
  UpdateMethod: updateMethod,
  DeleteMethod: deleteMethod,
  PutIntegration: putIntegration,
  UpdateIntegration: updateIntegration,
  DeleteIntegration: deleteIntegration,
  PutMethodResponse: putMethodResponse,
  UpdateMethodResponse: updateMethodResponse,
  DeleteMethodResponse: deleteMethodResponse,
  PutIntegrationResponse: putIntegrationResponse,
  UpdateIntegrationResponse: updateIntegrationResponse,
  DeleteIntegrationResponse: deleteIntegrationResponse,
  CreateDeployment: createDeployment,
  UpdateDeployment: updateDeployment,
  DeleteDeployment: deleteDeployment,
  CreateStage: createStage,
  UpdateStage: updateStage,
  DeleteStage: deleteStage,
  FlushStageCache: flushCache,
  FlushStageAuthorizersCache: flushCache,
  CreateModel: createModel,
  UpdateModel: updateModel,
  DeleteModel: deleteModel,
  CreateAuthorizer: createAuthorizer,
  UpdateAuthorizer: updateAuthorizer,
  DeleteAuthorizer: deleteAuthorizer,
  CreateRequestValidator: createRequestValidator,
  UpdateRequestValidator: updateRequestValidator,
  DeleteRequestValidator: deleteRequestValidator,
  PutGatewayResponse: putGatewayResponse,
  UpdateGatewayResponse: updateGatewayResponse,
  DeleteGatewayResponse: deleteGatewayResponse,
  CreateDocumentationPart: createDocumentationPart,
  UpdateDocumentationPart: updateDocumentationPart,
  DeleteDocumentationPart: deleteDocumentationPart,
  CreateDocumentationVersion: createDocumentationVersion,
}

const ACCOUNT = {
  GetAccount: getAccount,
  UpdateAccount: updateAccount,
  TagResource: tagResource,
  UntagResource: untagResource,
  GetTags: getTags,
}

const KEYS = {
  CreateApiKey: createApiKey,
  GetApiKey: getApiKey,
  GetApiKeys: getApiKeys,
  UpdateApiKey: updateApiKey,
  DeleteApiKey: deleteApiKey,
  CreateUsagePlan: createUsagePlan,
  GetUsagePlan: getUsagePlan,
  GetUsagePlans: getUsagePlans,
  UpdateUsagePlan: updateUsagePlan,
  DeleteUsagePlan: deleteUsagePlan,
  CreateUsagePlanKey: createUsagePlanKey,
  GetUsagePlanKeys: getUsagePlanKeys,
  DeleteUsagePlanKey: deleteUsagePlanKey,
}

const DOMAINS = {
  CreateDomainName: createDomainName,
  GetDomainName: getDomainName,
  GetDomainNames: getDomainNames,
  DeleteDomainName: deleteDomainName,
  CreateBasePathMapping: createBasePathMapping,
  GetBasePathMapping: getBasePathMapping,
  GetBasePathMappings: getBasePathMappings,
  DeleteBasePathMapping: deleteBasePathMapping,
}

/** Every operation of API Gateway (REST, v1) that local AWS has; none of them is forwarded to the engine. */
export const handlers: Handlers = {
  ...REST_APIS,
  ...READS,
  ...ACCOUNT,
  ...KEYS,
  ...DOMAINS,
  ...Object.fromEntries(Object.entries(WRITES).map(([operation, handler]) => [operation, oneAtATime(handler)])),
}

/**
 * The account's whole state by Region, as plain JSON: APIs with their tree, deployments with their snapshot, stages, the CloudWatch role.
 */
export function dump(account: Account): unknown {
  const regions = account.regions().map((region) => [region, gatewayIn(account, region)] as const)
  return Object.fromEntries(regions.filter(([, gateway]) => !isEmpty(gateway)).map(([region, gateway]) => [region, dumpGateway(gateway)]))
}

import { GetDeploymentCommand } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../../aws/clients.ts'
import { methodName } from './method.ts'
import type { WorkingCopy } from './part.ts'
import { treeMethods } from './tree.ts'

/** The names of the methods that a deployment holds, such as `GET /events/{id}`. */
export type FrozenMethods = ReadonlySet<string>

/**
 * Reads the methods of a deployment, whether it is on a stage or not (GetDeployment, `embed`, in the API reference).
 * @returns undefined where AWS does not show them
 */
export async function readFrozenMethods(aws: Aws, restApiId: string, deploymentId: string): Promise<FrozenMethods | undefined> {
  const { apiSummary } = await aws.api(new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }))
  if (apiSummary === undefined) return undefined
  const namesAt = (path: string, methods: object): string[] => Object.keys(methods).map((method) => methodName({ method, path }))
  return new Set(Object.entries(apiSummary).flatMap(([path, methods]) => namesAt(path, methods)))
}

/** Whether a deployment holds just the methods of the working copy. */
export function isFrozenWhole(frozen: FrozenMethods, copy: WorkingCopy): boolean {
  const names = treeMethods(copy.methods).map(methodName)
  return names.length === frozen.size && names.every((name) => frozen.has(name))
}

import { ListProvisionedConcurrencyConfigsCommand } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { shorten } from '../../service/names.ts'

export const provisionedActions = [
  'lambda:ListProvisionedConcurrencyConfigs',
  'lambda:GetProvisionedConcurrencyConfig',
  'lambda:PutProvisionedConcurrencyConfig',
  'lambda:DeleteProvisionedConcurrencyConfig',
  'lambda:TagResource',
  'lambda:UntagResource',
] as const

/** The provisioned concurrency of one alias, as Lambda shows it. */
export interface Provisioned {
  /** Environments that are asked for. */
  readonly requested: number
  /** READY, IN_PROGRESS or FAILED. */
  readonly status: string
}

/**
 * Begins the key of the tag in which we remember, for each stage, that its slots may have provisioned concurrency, and how much the config
 * last asked for. Where AWS has another number, somebody else scales it.
 */
const tagPrefix = 'lambda-api-deploy:provisioned:'

/** A tag's key takes 128 characters (Lambda API reference, TagResource). */
const keyLimit = 128

export function provisionedTag(stage: string): string {
  return `${tagPrefix}${shorten(stage, keyLimit - tagPrefix.length)}`
}

export function isProvisionedTag(key: string): boolean {
  return key.startsWith(tagPrefix)
}

/** How much an earlier run has set for a stage; undefined where none has. */
export function rememberedProvisioned(tags: Readonly<Record<string, string>>, stage: string): number | undefined {
  const told = tags[provisionedTag(stage)]
  return told === undefined ? undefined : Number(told)
}

/** The provisioned concurrency of a function, by alias or version. */
export async function readProvisioned(aws: Aws, FunctionName: string): Promise<ReadonlyMap<string, Provisioned>> {
  const configs = await allPages(async (Marker) => {
    const found = await aws.lambda(new ListProvisionedConcurrencyConfigsCommand({ FunctionName, Marker }))
    return { items: found.ProvisionedConcurrencyConfigs, next: found.NextMarker }
  })
  return new Map(configs.map(({ FunctionArn = '', RequestedProvisionedConcurrentExecutions: requested = 0, Status: status = '' }) =>
    [FunctionArn.slice(FunctionArn.lastIndexOf(':') + 1), { requested, status }]))
}

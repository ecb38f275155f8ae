import type { Account } from '../kernel/account.ts'
import { functionArn } from './arns.ts'
import { policiesOf } from './policies.ts'
import { lambdaState, type LambdaFunction, type Version } from './state.ts'

/**
 * Everything that Lambda holds for the account, by Region, as plain JSON: nothing of it changes by itself except through a window that
 * ends.
 */
export function dump(account: Account): Record<string, unknown> {
  const used = account.regions().filter((region) => {
    const { functions, layers } = lambdaState(account, region)
    return functions.size + layers.size > 0
  })
  return Object.fromEntries(used.sort().map((region) => [region, dumpRegion(account, region)]))
}

function dumpRegion(account: Account, region: string): Record<string, unknown> {
  const { functions, mappings, urls, layers } = lambdaState(account, region)
  return {
    functions: Object.fromEntries([...functions].map(([name, fn]) => [name, dumpFunction(fn, functionArn({ account, region }, name))])),
    ...(urls.size === 0 ? {} : { functionUrls: [...urls.values()] }),
    ...(mappings.size === 0 ? {} : { eventSourceMappings: [...mappings.values()] }),
    layers: Object.fromEntries(
      [...layers].map(([name, { versions }]) => [
        name,
        [...versions.values()].filter(({ deleted }) => !deleted).map(({ version, code }) => [version, code.sha256]),
      ]),
    ),
  }
}

function dumpFunction(fn: LambdaFunction, arn: string): Record<string, unknown> {
  return {
    arn,
    latest: dumpVersion(fn.latest),
    versions: Object.fromEntries([...fn.versions].map(([number, version]) => [number, dumpVersion(version)])),
    aliases: Object.fromEntries(
      [...fn.aliases.values()].map(({ name, version, description, weights }) => [name, { version, description, weights }]),
    ),
    policies: policiesOf(fn),
    tags: fn.tags,
    reservedConcurrency: fn.reserved ?? null,
    provisionedConcurrency: Object.fromEntries([...fn.provisioned].map(([qualifier, { requested }]) => [qualifier, requested])),
    recursiveLoop: fn.recursiveLoop,
  }
}

function dumpVersion({ configuration, code }: Version): Record<string, unknown> {
  return { configuration, codeSha256: code.sha256, codeSize: code.size }
}

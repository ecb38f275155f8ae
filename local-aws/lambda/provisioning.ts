import type { Account } from '../kernel/account.ts'
import type { Output } from '../kernel/call.ts'
import { isAlias } from './names.ts'
import { initialize } from './runtime/initialize.ts'
import type { Alias, LambdaFunction, Provisioned, Version } from './state.ts'

interface SetUp {
  readonly fn: Pick<LambdaFunction, 'name'>
  readonly version: Version | undefined
  readonly requested: number
  readonly before: number
}

interface Setting {
  readonly account: Account
  readonly region: string
  readonly now: number
}

/**
 * Provisioned concurrency that is being set up. One process is started ahead of all requests, as on AWS all of them are: whether it can
 * load the handler's module decides between READY and FAILED (test_provisioned_concurrency_init_failure).
 */
export function setUp({ account, region, now }: Setting, { fn, version, requested, before }: SetUp): Provisioned {
  const { served, number = '' } = version ?? {}
  const loaded = served === undefined ? Promise.resolve(true) : initialize({ account, region, name: fn.name, version: number, served })
  const provisioned: Provisioned = {
    requested, before, lastModified: now, readyAt: now + account.settings.windows.provisionedReady, hasFailed: false, running: 0,
    initialized: loaded.catch(() => false).then((isLoaded) => void (provisioned.hasFailed = !isLoaded)),
  }
  return provisioned
}

/** As Lambda shows it at `now`; only what has waited for the process knows whether that has failed. */
export function stateOfProvisioned({ requested, readyAt, before, hasFailed }: Provisioned, now: number): Output {
  const isOver = now >= readyAt
  const there = !isOver ? before : hasFailed ? 0 : requested
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: there,
    AllocatedProvisionedConcurrentExecutions: there,
    Status: !isOver ? 'IN_PROGRESS' : hasFailed ? 'FAILED' : 'READY',
    StatusReason: isOver && hasFailed ? 'FUNCTION_ERROR_INIT_FAILURE' : undefined,
  }
}

export function isSetUp({ readyAt, hasFailed }: Provisioned, now: number): boolean {
  return now >= readyAt && !hasFailed
}

/**
 * The version that gets all invocations of an alias while the provisioned concurrency of the version that it names is set up, for ever
 * where that fails. AWS shows it as a weight of 1 (terraform-provider-aws PR 48116; @gradientedge/cdk-utils, ProvisionedConcurrencyProps).
 */
export function rollingVersion({ rolling }: Alias, now: number): string | undefined {
  return rolling === undefined || isSetUp(rolling.provisioned, now) ? undefined : rolling.version
}

export function hasWeights(alias: Alias, now: number): boolean {
  return Object.keys(alias.weights).length > 0 || rollingVersion(alias, now) !== undefined
}

interface Invocation {
  /** As the caller named it. */
  readonly qualifier: string | undefined
  readonly version: string
  readonly now: number
}

/**
 * What an invocation finds initialized: of the alias or version that it names, and of the version that it goes to. What is more than that
 * runs on demand (developer guide, "Configuring provisioned concurrency").
 */
export function provisionedFor(fn: LambdaFunction, { qualifier, version, now }: Invocation): Provisioned | undefined {
  const alias = qualifier !== undefined && isAlias(qualifier) ? fn.aliases.get(qualifier) : undefined
  const provisioned = (alias && fn.provisioned.get(alias.name)) ?? fn.provisioned.get(version)
  if (provisioned === undefined) return undefined
  const isNamed = alias === undefined || alias.version === version
  const there = isNamed && isSetUp(provisioned, now) ? provisioned.requested : provisioned.before
  return provisioned.running < there ? provisioned : undefined
}

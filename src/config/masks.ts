import type { RunOptions } from '../service/run-options.ts'
import type { Service } from '../service/service.ts'
import type { Findings } from './findings.ts'

/** What the outputs are made of, apart from ids that AWS gives. */
interface OutputSource {
  readonly service: Service
  readonly options: Pick<RunOptions, 'region' | 'allowedAccountIds'>
}

/**
 * A masked value is replaced by *** wherever the runner prints it, and an output that holds it is dropped. Where a name of the
 * service, or the Region, holds a secret's value, the outputs would silently be empty.
 */
export function checkMasks(masks: ReadonlySet<string>, { service, options }: OutputSource, findings: Findings): void {
  const names: readonly (readonly [string, string])[] = [
    ['the name of the service', service.name],
    ['the name of the stage', service.stage],
    ['the name of the API', service.api.name],
    ['the Region', options.region],
    ...options.allowedAccountIds.map((id) => ['the account id', id] as const),
    ...(service.accessLog.group === undefined ? [] : [['the log group', service.accessLog.group] as const]),
    ...service.functions.map((one) => ['the name of a function', one.name] as const),
    ...service.functions.flatMap(({ role }) => (role.kind === 'given' ? [['the role', role.arn] as const] : [])),
    ...service.api.routes.map((route) => ['the route', route.path] as const),
  ]
  for (const [word, name] of names) {
    if (![...masks].some((mask) => name.includes(mask))) continue
    findings.error({
      what: `A from-env value is part of ${word}, "${name}".`,
      why: 'The value is masked, and GitHub drops every output that holds it: invoke-url, functions and the like would be empty.',
      cure: 'Write a value that is no secret into the config, without from-env, or rename.',
    })
  }
}

import type { Service } from '../service/service.ts'
import type { Findings } from './findings.ts'

/**
 * A masked value is replaced by *** wherever the runner prints it, and an output that holds it is dropped. Where a name of the
 * service holds a secret's value, the outputs would silently be empty.
 */
export function checkMasks(masks: ReadonlySet<string>, service: Service, findings: Findings): void {
  const names: readonly (readonly [string, string])[] = [
    ['the service', service.name],
    ['the stage', service.stage],
    ['the API', service.api.name],
    ...service.functions.map((one) => ['a function', one.name] as const),
  ]
  for (const [word, name] of names) {
    if (![...masks].some((mask) => name.includes(mask))) continue
    findings.error({
      what: `A from-env value is part of the name of ${word}, "${name}".`,
      why: 'The value is masked, and GitHub drops every output that holds it: invoke-url, functions and the like would be empty.',
      cure: 'Write a value that is no secret into the config, without from-env, or rename.',
    })
  }
}

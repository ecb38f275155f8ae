import type { Service } from '../service/service.ts'
import type { Findings } from './findings.ts'
import { at } from './node.ts'

/**
 * Lambda counts the provisioned concurrency of all aliases of a function against what is reserved for it ("Requested Provisioned
 * Concurrency should not be greater than the reservedConcurrentExecution for function", recorded in test_reserved_provisioned_overlap).
 * While a release goes live both slots of its stage have theirs.
 */
export function checkConcurrency(services: readonly Service[], findings: Findings): void {
  const functions = services.flatMap((service) => service.functions)
  for (const name of new Set(functions.map((spec) => spec.name))) {
    const specs = functions.filter((spec) => spec.name === name)
    const reserved = specs.find((spec) => spec.reservedConcurrency !== undefined)?.reservedConcurrency
    const numbers = specs.flatMap(({ provisionedConcurrency }) => provisionedConcurrency ?? [])
    const needed = numbers.reduce((sum, number) => sum + number, Math.max(0, ...numbers))
    if (reserved === undefined || reserved >= needed) continue
    const spec = specs.find(({ provisionedConcurrency }) => provisionedConcurrency !== undefined)
    findings.error({
      what: `reserved-concurrency of ${name} is ${reserved}, and its provisioned-concurrency needs ${needed}.`,
      why: whyOf(numbers),
      cure: `Set reserved-concurrency to ${needed} or more, or lower provisioned-concurrency.`,
      ...at({ place: spec?.places?.['provisioned-concurrency'] }),
    })
  }
}

function whyOf(numbers: readonly number[]): string {
  const stages = numbers.length > 1 ? `The stages together provision ${numbers.join(' + ')}. ` : ''
  return `${stages}While a release goes live, both the slot before and the next one have their environments, so one number counts twice.`
}

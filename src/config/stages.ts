import type { FunctionSpec, Service } from '../service/service.ts'
import type { Findings } from './findings.ts'
import type { FileConfig } from './layers.ts'
import { at } from './node.ts'
import { camelCase } from './settings/setting.ts'
import { unversionedNames } from './settings/function.ts'

/**
 * Stages of one service share its functions, and Lambda has no versions of tags, reserved concurrency and log retention: each
 * deployment would overwrite the other stage's value.
 */
export function checkSharedSettings(services: readonly Service[], file: FileConfig, findings: Findings): void {
  const [first, ...others] = services
  for (const other of first === undefined ? [] : others) {
    for (const one of other.functions) {
      const twin = first?.functions.find((candidate) => candidate.key === one.key)
      for (const name of twin === undefined ? [] : unversionedNames) {
        if (same(valueOf(one, name), valueOf(twin, name))) continue
        const layers = [file.stages.get(other.stage), file.stages.get(first?.stage ?? '')]
        const node = layers.flatMap((layer) => layer?.functions.get(one.key)?.given.get(name) ?? layer?.defaults.get(name) ?? [])[0]
        findings.error({
          what: `${name} of the function ${one.key} differs between the stages ${other.stage} and ${first?.stage}.`,
          why: 'All stages share the function, and Lambda does not version this setting.',
          cure: `Write ${name} once, below functions.${one.key}, and take it out of stages.`,
          ...at(node ?? {}),
        })
      }
    }
  }
}

function valueOf(spec: FunctionSpec | undefined, name: string): unknown {
  return (spec as Readonly<Record<string, unknown>> | undefined)?.[camelCase(name)]
}

function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

import type { Kind } from '../kinds/kind.ts'

/**
 * One setting of the config: what a user may write, and all that is told about it. The tables of settings are the one source of
 * the inputs, the file, the JSON Schema, action.yml and the README's tables. `V` includes undefined where nothing stands in for a
 * value that is not given.
 */
export interface Setting<V> {
  readonly kind: Kind<NonNullable<V>>
  /** One or more sentences of Markdown. */
  readonly description: string
  readonly default?: NonNullable<V>
  /** How docs tell the default, where the value does not tell it, or where nothing is given and something else decides. */
  readonly otherwise?: string
  /** Where it stands in the file, when that is not its name: `access-log.retention-days`. */
  readonly path?: string
  /** An expression that GitHub puts in where the workflow gives nothing. */
  readonly inWorkflow?: string
}

export type Table = Readonly<Record<string, Setting<unknown>>>

interface Text {
  readonly description: string
  readonly otherwise?: string
  readonly path?: string
  readonly inWorkflow?: string
}

export function setting<T>(kind: Kind<T>, rest: Text & { readonly default: NonNullable<T> }): Setting<T>
export function setting<T>(kind: Kind<T>, rest: Text): Setting<T | undefined>
export function setting<T>(kind: Kind<NonNullable<T>>, rest: Text & { readonly default?: NonNullable<T> }): Setting<T> {
  return { kind, ...rest }
}

/** `memory-size` as `memorySize`. */
export type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S

export function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

type ValueOf<S> = S extends Setting<infer V> ? V : never

/** The values of a table's settings under their camelCase names. What has no default may be missing. */
export type Values<T extends Table> = {
  readonly [K in keyof T & string as undefined extends ValueOf<T[K]> ? never : CamelCase<K>]: ValueOf<T[K]>
} & {
  readonly [K in keyof T & string as undefined extends ValueOf<T[K]> ? CamelCase<K> : never]?: NonNullable<ValueOf<T[K]>>
}

/** `Spec`, where `Given` has the same keys: a setting without a field, or a field without a setting, does not compile. */
export type Exact<Spec, Given> = [keyof Spec, keyof Given] extends [keyof Given, keyof Spec] ? Spec : never

import type { Setting, Table } from '../../src/config/settings/setting.ts'
import { tables } from '../../src/config/settings/tables.ts'

/** Every setting with its input's name, in the order of the tables. */
export function allSettings(): (readonly [string, Setting<unknown>])[] {
  return Object.values<Table>(tables).flatMap((table) => Object.entries(table))
}

/** How docs tell what holds where nothing is given; '' where there is nothing to tell. */
export function defaultText({ otherwise, default: value }: Setting<unknown>): string {
  if (otherwise !== undefined) return otherwise
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return `\`${String(value)}\``
  return value === undefined ? '' : 'none'
}

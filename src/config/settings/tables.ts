import { apiTable } from './api.ts'
import { functionTable } from './function.ts'
import { releaseTable } from './release.ts'
import { runTable, serviceTable } from './run.ts'
import type { Table } from './setting.ts'

/** All settings, in the order in which docs show them. */
export const tables = {
  run: runTable,
  service: serviceTable,
  function: functionTable,
  api: apiTable,
  release: releaseTable,
} as const

/** Every input's name. */
export const inputNames: readonly string[] = Object.values(tables).flatMap((table: Table) => Object.keys(table))

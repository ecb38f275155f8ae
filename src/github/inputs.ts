import type { Environment } from './event.ts'

/**
 * Reads an input of the step; '' where it is not given.
 * The runner writes the name in upper case with spaces as `_` (hyphens stay); source: `getInput` of @actions/core, which reads the
 * process's own environment only.
 */
export const actionInput =
  (env: Environment) =>
  (name: string): string =>
    (env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim()

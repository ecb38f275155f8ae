import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** `inputs` of an action.yml. */
type Declared = Readonly<Record<string, { readonly default?: unknown }>>

/**
 * The `INPUT_*` variables that the runner sets for an action: upper case, spaces as `_`, hyphens kept.
 * Every declared input is there, with its default or empty, and so is one that the action does not declare (the runner only warns).
 * Source: actions/runner, ActionRunner.cs and Handler.AddInputsToEnvironment.
 */
export function inputVariables(actionFile: string, given: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const declared = declaredInputs(actionFile)
  const defaults = Object.entries(declared).map(([name, input]) => [name, defaultValue(name, input.default, token)] as const)
  const all = new Map([...defaults, ...Object.entries(given)])
  return Object.fromEntries([...all].map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]))
}

/** The warning that the runner prints for inputs the action does not declare. */
export function unexpectedInputs(actionFile: string, given: Readonly<Record<string, string>>): string[] {
  const declared = declaredInputs(actionFile)
  return Object.keys(given).filter((name) => !(name in declared))
}

function declaredInputs(actionFile: string): Declared {
  const action = parse(readFileSync(actionFile, 'utf8')) as { readonly inputs?: Declared | null }
  return action.inputs ?? {}
}

function defaultValue(name: string, value: unknown, token: string): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const evaluated = text.replaceAll(/\$\{\{\s*github\.token\s*\}\}/g, token)
  if (evaluated.includes('${{')) throw new Error(`the runner's stand-in cannot evaluate the default of ${name}: ${text}`)
  return evaluated
}

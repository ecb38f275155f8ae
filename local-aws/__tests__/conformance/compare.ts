import type { Outcome } from './calls.ts'
import type { Step } from './rows.ts'
import { unify, type Bindings } from './unify.ts'

/** Compares an outcome with what a row says; returns the first difference in words, or undefined. */
export function compare(step: Step, outcome: Outcome, bindings: Bindings): string | undefined {
  const { status, answer, error } = outcome
  if (step.error !== undefined) return error === undefined ? `AWS refuses it with ${step.error.name}, here it is taken` : compareErrors(step, { status, error }, bindings)
  if (error !== undefined) return `AWS takes it, here it is refused: ${status ?? ''} ${error.name}: ${error.message}`
  if (step.status !== undefined && step.status !== status) return `status: recorded ${step.status}, got ${status ?? 'none'}`
  if (step.answer === undefined) return undefined
  const member = step.member?.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answer)
  return unify(step.answer, step.member === undefined ? answer : member, bindings, step.except)
}

function compareErrors(step: Step, { status, error }: { readonly status: number | undefined; readonly error: NonNullable<Outcome['error']> }, bindings: Bindings): string | undefined {
  const { name = '', message, type, problems } = step.error ?? {}
  if (step.status !== undefined && step.status !== status) return `status: recorded ${step.status} ${name}, got ${status ?? 'none'} ${error.name}: ${error.message}`
  if (name !== error.name) return `error: recorded ${name}, got ${error.name}: ${error.message}`
  // The SDK shows Type only on errors that the model has.
  if (type !== undefined && error.type !== undefined && error.type !== type) return `Type: recorded ${type}, got ${String(error.type)}`
  if (problems !== undefined) return compareProblems(problems, error.message, bindings)
  return message === undefined ? undefined : unify(message, error.message, bindings, [], 'message')
}

/** The model's complaints come in one text; their order is no promise. */
function compareProblems(recorded: readonly string[], message: string, bindings: Bindings): string | undefined {
  const found = message.replace(/^\d+ validation errors? detected: /, '').split('; ')
  const missing = recorded.filter((problem) => !found.some((each) => unify(problem, each, bindings) === undefined))
  if (missing.length === 0 && found.length === recorded.length) return undefined
  return `problems: recorded ${JSON.stringify(recorded)}, got ${JSON.stringify(found)}`
}

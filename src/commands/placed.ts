import { AwsRefusal } from '../aws/refusal.ts'
import { SeveralErrors } from '../errors.ts'
import type { FunctionSpec } from '../service/service.ts'

/** The failure with its place in the user's file, where AWS does not take a setting of a function that stands there. */
export function placed(error: unknown, functions: readonly FunctionSpec[]): unknown {
  if (error instanceof SeveralErrors) return new SeveralErrors(error.errors.map((each) => placed(each, functions)))
  const setting = error instanceof AwsRefusal ? error.setting : undefined
  const place = functions.find(({ name }) => name === setting?.functionName)?.places?.[setting?.name ?? '']
  return error instanceof AwsRefusal && place !== undefined ? error.at(place) : error
}

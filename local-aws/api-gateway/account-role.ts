import type { Call } from '../kernel/call.ts'
import { badRequest } from './errors.ts'

export async function checkLogsRole(_call: Call, _arn: string): Promise<void> {
  await Promise.resolve()
  if (_arn === '') throw badRequest('x')
}

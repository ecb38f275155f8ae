import type { Service } from '../kernel/service.ts'

/** CloudWatch's metrics and alarms as the engine has them; no rule of ours yet stands before it. */
export const service: Service = { handlers: {}, forwards: true }

import { functionNameIn } from './function-name.ts'

/** Sends writes to one API, and writes to one function, one after another, in the order in which they come; everything else at once. */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Does `work` when the write before it, to the same thing, has been answered; `operation` is written `service:Operation`. */
  run<T>(operation: string, input: object, work: () => Promise<T>): Promise<T> {
    const lane = laneOf(operation, input)
    if (lane === undefined) return work()
    const turn = (this.#last.get(lane) ?? Promise.resolve()).then(work)
    this.#last.set(lane, turn.catch(() => undefined))
    return turn
  }
}

/**
 * What a write stands in line for; undefined for a read, and for what AWS keeps apart itself.
 * API Gateway answers overlapping writes to one API with a ConflictException (developer guide, "Quotas"; terraform-provider-aws retries
 * it). Lambda answers overlapping writes to one function, of its aliases and policies too, with "The function could not be updated due to
 * a concurrent update operation" (anomalyco/sst#6923, terraform-provider-aws#5154), and parallel AddPermission calls may lose statements
 * (acknowledged by AWS; terraform-provider-aws, permission.go).
 */
function laneOf(operation: string, input: object): string | undefined {
  const [service = '', name = ''] = operation.split(':')
  if (/^(Get|List|Invoke)/.test(name)) return undefined
  const { restApiId, resourceArn, FunctionName, Resource } = input as Readonly<Record<string, unknown>>
  if (service === 'apigateway') return laneNamed(service, restApiId ?? apiIn(resourceArn))
  if (service === 'lambda') return laneNamed(service, functionNameIn(FunctionName ?? Resource))
  return undefined
}

function apiIn(arn: unknown): string | undefined {
  return typeof arn === 'string' ? /\/restapis\/([^/]+)/.exec(arn)?.[1] : undefined
}

function laneNamed(service: string, name: unknown): string | undefined {
  return typeof name === 'string' ? `${service} ${name}` : undefined
}

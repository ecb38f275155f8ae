import { AwsRefusal } from '../aws/refusal.ts'
import { UserError } from '../errors.ts'
import type { ServiceId } from '../service/service.ts'

/** This run gives way to another writer. What is live is the other's, or what was live before. */
export class OtherRunWon extends UserError {
  /**
   * Whether this run begins again all the same: what is live may be part its own and part the other's, or it is the one that goes on and
   * lacks what it has not built.
   */
  readonly beginsAgain: boolean

  constructor({ name }: Pick<ServiceId, 'name'>, why: string, options: ErrorOptions & { readonly beginsAgain?: boolean } = {}) {
    super({
      what: `Another run has won: ${name} was changed by somebody else while this run was deploying it.`,
      why,
      cure:
        'Run this job again if it is the one that should win; ' +
        'a `concurrency` group in the workflow keeps deploys of one service apart.',
      docs: 'concurrency.md',
    }, options)
    this.name = 'OtherRunWon'
    this.beginsAgain = options.beginsAgain ?? false
  }
}

/** One refusal that only another writer can have caused, because this run has just read or made what it is about. */
interface Sign {
  readonly operation: RegExp
  readonly code: string
  readonly detail: RegExp
}

/** Texts as recorded (test_lambda_api, test_apigateway_api, test_apigateway_common) where nothing else is said. */
const signs: readonly Sign[] = [
  { operation: /^lambda:/, code: 'PreconditionFailedException', detail: /./ },
  // Text: LocalStack's provider, which follows AWS's.
  { operation: /^lambda:CreateFunction$/, code: 'ResourceConflictException', detail: /^Function already exist/ },
  { operation: /^lambda:CreateAlias$/, code: 'ResourceConflictException', detail: /^Alias already exists/ },
  {
    operation: /^lambda:PublishVersion$/, code: 'InvalidParameterValueException',
    detail: /^CodeSHA256 .* is different from current CodeSHA256/,
  },
  // Others of this class say what holds a thing, such as a usage plan or a method's model (serverless#4006, aws-apigateway-importer#144).
  { operation: /^apigateway:/, code: 'ConflictException', detail: /concurrent modification|already (exists|has this name)/i },
]

/** Whether a refusal came of another writer's work between this run's reading and its writing. */
export function isOtherRuns(error: unknown): error is AwsRefusal {
  if (!(error instanceof AwsRefusal)) return false
  // What AWS had shown to this run and shows no more, although it was waited for (aws/sightings), somebody has removed; in an API, which
  // every run leads to its own config, also what this run has made.
  const isRemoved = error.sighting === 'seen' || (error.sighting === 'made' && error.operation.startsWith('apigateway:'))
  const isSign = ({ operation, code, detail }: Sign): boolean =>
    operation.test(error.operation) && code === error.code && detail.test(error.detail)
  return isRemoved || signs.some(isSign)
}

/** The error as the user sees it: {@link OtherRunWon} where another writer caused it, else as it is. */
export function asOtherRun(error: unknown, service: Pick<ServiceId, 'name'>): unknown {
  return isOtherRuns(error) ? new OtherRunWon(service, `AWS refused ${error.operation}: ${error.detail}`, { cause: error }) : error
}

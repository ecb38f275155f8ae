import { CreateAliasCommand, GetAliasCommand, UpdateAliasCommand, type AliasConfiguration } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { isRefusal, orUndefined } from '../../aws/refusal.ts'
import { known, step, type ApplyContext, type Step, type Task } from '../step.ts'
import { codeMark, type WantedCode } from '../code.ts'
import type { FunctionState } from './state.ts'
import { waitUntilReady } from './wait.ts'

export const aliasActions = ['lambda:CreateAlias', 'lambda:UpdateAlias', 'lambda:GetAlias'] as const

/** One alias as it is now. */
export async function readAlias(aws: Aws, FunctionName: string, Name: string): Promise<AliasConfiguration> {
  return aws.lambda(new GetAliasCommand({ FunctionName, Name }))
}

interface WantedAlias {
  readonly functionName: string
  readonly alias: string
  readonly code: WantedCode
  readonly state: FunctionState | undefined
  /** The version that the alias is to name, where it is known before the run; else the one that this run publishes. */
  readonly version: string | undefined
  readonly needs: readonly Task[]
}

/** The alias of one slot, made or moved so that it names the wanted version. */
export function planAlias({ functionName, alias, code, state, version, needs }: WantedAlias): Step[] {
  const actual = state?.aliases.find((each) => each.Name === alias)
  if (actual !== undefined && version !== undefined && actual.FunctionVersion === version && !hasWeights(actual)) return []
  const wanted = (context: ApplyContext): string => version ?? known(context.ids.versions.get(functionName), `the version of ${functionName}`)
  const facts = { id: `function/${functionName}/alias/${alias}`, kind: 'alias', name: `${functionName}:${alias}`, phase: 'prepare', needs } as const
  const common = (context: ApplyContext) => ({ FunctionName: functionName, Name: alias, FunctionVersion: wanted(context), Description: codeMark(code) })
  /** A version that stood before may still be coming up, after a run that was stopped; listing versions does not tell (recorded). */
  const ready = async ({ aws }: ApplyContext): Promise<unknown> => (version === undefined ? undefined : waitUntilReady(aws, functionName, version))
  if (actual === undefined) {
    return [step({
      ...facts, action: 'create', reason: 'the slot has none yet',
      apply: async (context) => {
        await ready(context)
        await create(context, common(context))
      },
    })]
  }
  return [step({
    ...facts, action: 'update', reason: 'the idle slot takes the version that goes live',
    fields: [{ field: 'version', from: actual.FunctionVersion ?? '', to: version ?? '(new)' }],
    apply: async (context) => {
      await ready(context)
      if (!hasWeights(actual) && actual.FunctionVersion === wanted(context) && actual.Description === codeMark(code)) return
      // Weights that somebody set would survive an UpdateAlias without a RoutingConfig (Lambda API reference, UpdateAlias).
      const RoutingConfig = { AdditionalVersionWeights: {} }
      await context.aws.lambda(new UpdateAliasCommand({ ...common(context), RoutingConfig, RevisionId: actual.RevisionId }), {
        lookup: async () => {
          const now = await readAlias(context.aws, functionName, alias)
          return now.FunctionVersion === wanted(context) && now.Description === codeMark(code) ? now : undefined
        },
      })
    },
  })]
}

type Input = { FunctionName: string; Name: string; FunctionVersion: string; Description: string }

async function create({ aws }: ApplyContext, input: Input): Promise<void> {
  const { FunctionName, Name } = input
  const lookup = (): Promise<AliasConfiguration | undefined> => orUndefined(readAlias(aws, FunctionName, Name))
  try {
    await aws.lambda(new CreateAliasCommand(input), { lookup })
  } catch (error) {
    // Made meanwhile by another run: right where it names the same version, for then both runs deploy the same.
    const made = isRefusal(error, 'ResourceConflictException') ? await lookup() : undefined
    if (made?.FunctionVersion !== input.FunctionVersion) throw error
  }
}

function hasWeights(alias: AliasConfiguration): boolean {
  return Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0
}

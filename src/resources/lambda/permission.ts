import { createHash } from 'node:crypto'
import { AddPermissionCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import { isRefusal } from '../../aws/refusal.ts'
import { stageCallsArn, type Account } from '../../service/arns.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import type { FunctionState, Statement } from './state.ts'

export const permissionActions = ['lambda:AddPermission', 'lambda:RemovePermission'] as const

const prefix = 'lambda-api-deploy-'

interface Slot {
  readonly functionName: string
  readonly alias: string
  readonly stage: string
  readonly state: FunctionState | undefined
  readonly needs: readonly Step[]
}

/** The API whose stage is to call a function. */
interface ApiReference {
  readonly account: Account
  /** Undefined where the API is yet to be made. */
  readonly apiId: string | undefined
}

/** A name that stands for what is allowed, so that equal statements have equal names and no deploy adds a second one. */
export function statementId(functionName: string, alias: string, arn: string): string {
  return prefix + createHash('sha256').update(['apigateway.amazonaws.com', functionName, alias, arn].join('|')).digest('hex').slice(0, 24)
}

/** The one statement of a slot that lets the stage call it. */
export function planPermission(slot: Slot, api: ApiReference): Step[] {
  const sid = currentStatementId(slot, api)
  if ((slot.state?.policies.get(slot.alias) ?? []).some((statement) => statement.Sid === sid)) return []
  return [step({
    id: `function/${slot.functionName}/permission/${slot.alias}`, kind: 'permission', name: `${slot.functionName}:${slot.alias}`,
    action: 'create', phase: 'prepare', reason: `API Gateway may not call this slot from stage ${slot.stage} yet`, needs: slot.needs,
    apply: (context) => add(context, slot),
  })]
}

/** Statements of ours that allow what no longer exists, such as an API that was deleted. Foreign statements stay. */
export function planStalePermissions(slot: Slot, api: ApiReference): Step[] {
  const current = currentStatementId(slot, api)
  const stale = (slot.state?.policies.get(slot.alias) ?? []).filter((statement) => isOurs(statement, slot.alias) && statement.Sid !== current)
  return stale.map(({ Sid }) => step({
    id: `function/${slot.functionName}/permission/${slot.alias}/${Sid}`, kind: 'permission', name: `${slot.functionName}:${slot.alias}`,
    action: 'delete', phase: 'prune', reason: 'allows an API or a stage that is gone',
    apply: async ({ aws }) => {
      const { functionName: FunctionName, alias: Qualifier } = slot
      await aws.lambda(new RemovePermissionCommand({ FunctionName, Qualifier, StatementId: Sid })).catch((error: unknown) => {
        if (!isRefusal(error, 'ResourceNotFoundException')) throw error
      })
    },
  }))
}

/** Whether a statement is one that we made for this very alias. */
function isOurs({ Sid, Resource }: Statement, alias: string): boolean {
  return Sid.startsWith(prefix) && String(Resource).endsWith(`:${alias}`)
}

/** An API that is yet to be made is in no statement, so whatever stands there allows one that is gone. */
function currentStatementId({ functionName, alias, stage }: Slot, { account, apiId }: ApiReference): string | undefined {
  return apiId === undefined ? undefined : statementId(functionName, alias, stageCallsArn(account, { apiId, stage }))
}

async function add({ aws, account, ids, service }: ApplyContext, slot: Slot): Promise<void> {
  const { functionName: FunctionName, alias: Qualifier } = slot
  const SourceArn = stageCallsArn(account, { apiId: known(ids.apiId, 'the API'), stage: service.stage })
  try {
    await aws.lambda(new AddPermissionCommand({
      FunctionName, Qualifier, StatementId: statementId(FunctionName, Qualifier, SourceArn),
      Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn,
    }))
  } catch (error) {
    // Its name says what it allows, so a statement of this name is the one that is wanted. Lambda has other conflicts of this class
    // ("The statement id (…) provided already exists", recorded in test_lambda_api; the others: aws/retry).
    if (!isRefusal(error, 'ResourceConflictException') || !/statement id .* already exists/i.test(error.detail)) throw error
  }
  ids.permissionAddedAt = Date.now()
}

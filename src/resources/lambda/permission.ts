import { createHash } from 'node:crypto'
import { AddPermissionCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { isRefusal } from '../../aws/refusal.ts'
import { stageCallsArn, type Account } from '../../service/arns.ts'
import { known, step, type ApplyContext, type Step } from '../step.ts'
import type { Statement } from './state.ts'

export const permissionActions = ['lambda:AddPermission', 'lambda:RemovePermission'] as const

const prefix = 'lambda-api-deploy-'
const principal = 'apigateway.amazonaws.com'
const action = 'lambda:InvokeFunction'

/** That a stage may call the alias of a slot. */
interface PermissionGoal {
  readonly functionName: string
  readonly alias: string
  readonly stage: string
  readonly account: Account
  /** Undefined where the API is yet to be made. */
  readonly apiId: string | undefined
  /** What the alias's policy says now. */
  readonly statements: readonly Statement[]
}

/** A name that stands for what is allowed, so that equal statements have equal names and no deploy adds a second one. */
export function statementId(functionName: string, alias: string, sourceArn: string): string {
  const allowed = [principal, functionName, alias, sourceArn].join('|')
  return prefix + createHash('sha256').update(allowed).digest('hex').slice(0, 24)
}

/** The one statement of a slot that lets the stage call it. */
export function planPermission(goal: PermissionGoal, needs: readonly Step[]): Step[] {
  const { functionName, alias, stage, statements } = goal
  const sid = statementIdOf(goal)
  const actual = statements.find((statement) => statement.Sid === sid)
  if (actual !== undefined && allows(actual, goal)) return []
  const entry = { id: `function/${functionName}/permission/${alias}`, kind: 'permission', name: `${functionName}:${alias}` }
  if (actual !== undefined) {
    const reason = 'the statement has our name and allows something else'
    return [step({ ...entry, action: 'update', phase: 'prepare', reason, needs, apply: (context) => replace(context, goal, actual) })]
  }
  const reason = `API Gateway may not call this slot from stage ${stage} yet`
  return [step({ ...entry, action: 'create', phase: 'prepare', reason, needs, apply: (context) => add(context, goal) })]
}

/** Whether a statement says all that ours says and no more; the source is ArnLike (recorded, test_add_lambda_permission_aws). */
function allows({ Effect, Principal, Action, Condition }: Statement, { account, apiId, stage }: PermissionGoal): boolean {
  const SourceArn = apiId === undefined ? undefined : stageCallsArn(account, { apiId, stage })
  const wanted = ['Allow', { Service: principal }, action, { ArnLike: { 'AWS:SourceArn': SourceArn } }]
  return JSON.stringify([Effect, Principal, Action, Condition]) === JSON.stringify(wanted)
}

/** Takes away statements of ours that allow what no longer exists, such as an API that was deleted. Foreign statements stay. */
export function planPermissionPrune(goal: PermissionGoal): Step[] {
  const { functionName, alias, statements } = goal
  const sid = statementIdOf(goal)
  const stale = statements.filter((statement) => isOurs(statement, alias) && statement.Sid !== sid)
  return stale.map(({ Sid }) => step({
    id: `function/${functionName}/permission/${alias}/${Sid}`, kind: 'permission', name: `${functionName}:${alias}`,
    action: 'delete', phase: 'prune', reason: 'allows an API or a stage that is gone',
    apply: ({ aws }) => remove(aws, { FunctionName: functionName, Qualifier: alias, StatementId: Sid }),
  }))
}

/** Whether a statement bears our name, for whatever alias. */
export function isOwnStatement({ Sid }: Statement): boolean {
  return Sid.startsWith(prefix)
}

/** Whether a statement is one that we made for this very alias. */
function isOurs(statement: Statement, alias: string): boolean {
  return isOwnStatement(statement) && String(statement.Resource).endsWith(`:${alias}`)
}

/** Undefined where the API is yet to be made: then whatever stands in the policy allows one that is gone. */
function statementIdOf({ functionName, alias, stage, account, apiId }: PermissionGoal): string | undefined {
  return apiId === undefined ? undefined : statementId(functionName, alias, stageCallsArn(account, { apiId, stage }))
}

async function add({ aws, account, ids }: ApplyContext, { functionName, alias, stage }: PermissionGoal): Promise<void> {
  const [FunctionName, Qualifier] = [functionName, alias]
  const SourceArn = stageCallsArn(account, { apiId: known(ids.apiId, 'the API'), stage })
  try {
    await aws.lambda(new AddPermissionCommand({
      FunctionName, Qualifier, StatementId: statementId(FunctionName, Qualifier, SourceArn),
      Action: action, Principal: principal, SourceArn,
    }))
  } catch (error) {
    // Its name says what it allows, so a statement of this name is the one that is wanted. Lambda has other conflicts of this class
    // ("The statement id (…) provided already exists", recorded in test_lambda_api; the others: aws/retry).
    if (!isRefusal(error, 'ResourceConflictException') || !/statement id .* already exists/i.test(error.detail)) throw error
  }
  ids.permissionAddedAt = Date.now()
}

/** Lambda changes no statement, so the slot is without one for a moment: an idle slot, or a live one that could not be called anyway. */
async function replace(context: ApplyContext, goal: PermissionGoal, { Sid }: Statement): Promise<void> {
  await remove(context.aws, { FunctionName: goal.functionName, Qualifier: goal.alias, StatementId: Sid })
  await add(context, goal)
}

async function remove(aws: Aws, input: { FunctionName: string; Qualifier: string; StatementId: string }): Promise<void> {
  try {
    await aws.lambda(new RemovePermissionCommand(input))
  } catch (error) {
    if (!isRefusal(error, 'ResourceNotFoundException')) throw error
  }
}

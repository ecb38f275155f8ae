import { restApiActions } from './api/rest-api.ts'
import { roleActions } from './iam/role.ts'
import { previewRoleActions } from './iam/preview-roles.ts'
import { roleStatementActions } from './iam/role-statements.ts'
import { aliasActions } from './lambda/alias.ts'
import { callerActions } from './lambda/callers.ts'
import { formerFunctionActions } from './lambda/former-function.ts'
import { functionActions } from './lambda/function.ts'
import { permissionActions } from './lambda/permission.ts'
import { readActions } from './lambda/state.ts'
import { provisionedActions } from './lambda/provisioned.ts'
import { reservedConcurrencyActions } from './lambda/reserved-concurrency.ts'
import { roleOfActions } from './lambda/role-of.ts'
import { tagActions } from './lambda/tags.ts'
import { invocableActions } from './lambda/invocable.ts'
import { invokeActions } from './lambda/invoke.ts'
import { userActions } from './lambda/users.ts'
import { versionActions } from './lambda/version.ts'
import { alarmActions } from './cloudwatch/alarms.ts'
import { answerActions } from './logs/answers.ts'
import { logGroupActions } from './logs/log-group.ts'
import { packageObjectActions } from './s3/package-object.ts'

/** Every IAM action that a deploy, plan, promote, rollback or destroy may need, sorted. A resource names its own. */
export const deployActions: readonly string[] = [...new Set([
  ...restApiActions, ...roleActions, ...roleStatementActions, ...logGroupActions, ...packageObjectActions,
  ...functionActions, ...readActions, ...versionActions, ...invocableActions, ...invokeActions, ...aliasActions, ...permissionActions,
  ...tagActions, ...reservedConcurrencyActions, ...provisionedActions, ...formerFunctionActions, ...userActions, ...callerActions,
  ...answerActions, ...alarmActions, ...previewRoleActions, ...roleOfActions,
])].sort()

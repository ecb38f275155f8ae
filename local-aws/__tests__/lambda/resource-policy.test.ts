import { expect, test } from '@jest/globals'
import { Account } from '../../kernel/account.ts'
import type { Call } from '../../kernel/call.ts'
import { visibleAfter } from '../../kernel/visibility.ts'
import { defaultConfiguration } from '../../lambda/configuration-rules.ts'
import { handlers, resourcePolicy } from '../../lambda/index.ts'
import { lambdaState, newVersion } from '../../lambda/state.ts'

const region = 'eu-west-1'

/** An account with an Active function `f`, made without the engine. */
function accountWithFunction(): Account {
  const account = new Account('123456789012')
  const code = { zip: Buffer.alloc(0), sha256: '', size: 0, unzippedSize: 0 }
  const latest = newVersion({ number: '$LATEST', configuration: defaultConfiguration('f', 'arn'), code, lastModified: 0, transition: undefined, visibility: visibleAfter(0, 0) })
  const empty = { versions: new Map(), nextVersion: 1, lastPublished: undefined, aliases: new Map(), policies: new Map(), provisioned: new Map() }
  lambdaState(account, region).functions.set('f', { name: 'f', latest, ...empty, tags: {}, reserved: undefined, recursiveLoop: 'Terminate', running: 0 })
  return account
}

test('a permission counts for the invoke URL when its window is over, and for its qualifier only', async () => {
  const account = accountWithFunction()
  account.settings.windows.permissionVisible = 5000
  const params = { FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' }
  const call: Call = { service: 'lambda', operation: 'AddPermission', params, region, account, now: 1000 }
  await handlers['AddPermission']?.(call)
  const seen = (now: number, qualifier?: string): string[] | undefined =>
    resourcePolicy({ account, region, name: 'f', qualifier, now })?.Statement.map(({ Sid }) => Sid)
  expect([seen(1000), seen(5999), seen(6000)]).toEqual([[], [], ['s']])
  expect(seen(6000, 'live')).toBeUndefined()
})

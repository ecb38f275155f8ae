import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { send } from '../../local-aws/__tests__/conformance/calls.ts'
import { fillIn } from '../../local-aws/__tests__/conformance/values.ts'
import type { Json } from '../../local-aws/__tests__/conformance/rows.ts'
import type { FreshAccount } from '../../local-aws/testing.ts'
import type { ToolAccount } from '../../scripts/tool-accounts/account.ts'

const folder = join(import.meta.dirname, 'tool-accounts')

/** What a tool has made, as scripts/tool-accounts has recorded it. */
export function readToolAccount(name: string): ToolAccount {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as ToolAccount
}

/** Makes the account as the tool has left it, and gives the id of its API. */
export async function makeToolAccount({ calls }: ToolAccount, { id, region, client, control }: FreshAccount): Promise<string> {
  const answers: (Readonly<Record<string, unknown>> | undefined)[] = []
  // Tools that go by CloudFormation leave its tags.
  await control.configure({ rates: false, asCloudFormation: true })
  for (const { call, with: input } of calls) {
    const known = { account: id, region, role: '', logsRole: '', answers }
    const { answer, error } = call === 'wait' ? {} : await send(client, call, fillIn(input as Json, known))
    if (error !== undefined) throw new Error(`${call}: ${error.name}: ${error.message}`)
    answers.push(answer)
    // As long as it takes until a function is active and a role can be assumed.
    if (/^(lambda|iam) /.test(call)) await control.advance(60_000)
  }
  await control.configure({ asCloudFormation: false })
  const api = calls.findIndex(({ call }) => /^apigateway (Create|Import)RestApi$/.test(call))
  return String(answers[api]?.['id'])
}

import type { Account } from '../kernel/account.ts'
import { parseXml, textAt, type XmlElement } from '../kernel/xml.ts'

/** IAM's answer: the operation's result element, or the refusal. */
export type IamAnswer =
  { readonly ok: true; readonly result: XmlElement } | { readonly ok: false; readonly code: string; readonly message: string }

/** Asks the engine's IAM on the account's behalf, beside the journal and the rules. */
export async function askIam(account: Account, action: string, fields: Readonly<Record<string, string>> = {}): Promise<IamAnswer> {
  const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...fields }).toString()
  const answer = await account.engine.send({
    account: account.id,
    region: 'us-east-1',
    service: 'iam',
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  })
  const xml = parseXml(answer.body.toString())
  if (answer.status < 400) return { ok: true, result: xml.children.find(({ name }) => name === `${action}Result`) ?? xml }
  return {
    ok: false,
    code: textAt(xml, 'Error', 'Code') ?? String(answer.status),
    message: textAt(xml, 'Error', 'Message') ?? answer.body.toString(),
  }
}

/** The result, or an Error: for questions that cannot be refused. */
export async function mustAskIam(account: Account, action: string, fields: Readonly<Record<string, string>> = {}): Promise<XmlElement> {
  const answer = await askIam(account, action, fields)
  if (!answer.ok) throw new Error(`The engine's IAM refused ${action}: ${answer.code} ${answer.message}`)
  return answer.result
}

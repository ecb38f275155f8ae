import type { Account } from '../kernel/account.ts'

/** CloudWatch Logs' answer: its JSON, or the refusal. */
export type LogsAnswer =
  { readonly ok: true; readonly json: Record<string, unknown> } | { readonly ok: false; readonly code: string; readonly message: string }

/** Asks the engine's CloudWatch Logs on the account's behalf, beside the journal and the rules. */
export async function askLogs(
  account: Account,
  region: string,
  question: { readonly operation: string; readonly input: Readonly<Record<string, unknown>> },
): Promise<LogsAnswer> {
  const answer = await account.engine.send({
    account: account.id,
    region,
    service: 'logs',
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${question.operation}` },
    body: JSON.stringify(question.input),
  })
  const text = answer.body.toString()
  const json = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
  if (answer.status < 400) return { ok: true, json }
  const { __type: code, message } = json as { __type?: string; message?: string }
  return { ok: false, code: code ?? String(answer.status), message: message ?? text }
}

import { deployPolicy, statementUses } from '../../src/resources/deploy-policy.ts'

/** Stand-ins that a reader replaces by words of their own. The quick start uses the same. */
export const example = { partition: 'aws', region: 'eu-west-1', account: '111122223333', service: 'hello' } as const

/** The policy as JSON to copy, and what each statement is for. */
export function policySection(): string {
  const rows = statementUses(example).map(([sid, use]) => `| ${sid} | ${use} |`)
  const json = ['```json', JSON.stringify(deployPolicy(example), null, 2), '```']
  const lines = ['', '`policy.json`:', '', ...json, '', '| Statement | For |', '| --- | --- |', ...rows, '']
  return lines.join('\n')
}

import { parse } from 'yaml'
import type { PullRequest } from '../../src/service/pull-request.ts'

export interface WorkflowStep {
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

/** The part of a workflow file that is looked at here. */
export interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

interface Job {
  readonly environment?: string
  readonly strategy?: { readonly matrix?: { readonly include?: readonly Readonly<Record<string, unknown>>[] } }
  readonly steps: readonly WorkflowStep[]
}

export function parseWorkflow(text: string): Workflow {
  return parse(text) as Workflow
}

/** Whether a step runs this action. */
export function isOurs({ uses }: WorkflowStep): boolean {
  return uses?.startsWith('your-org/lambda-api-deploy@') === true
}

/** The steps of this action in a piece of YAML: a whole workflow, or a list of steps. */
export function ourSteps(text: string): WorkflowStep[] {
  const value = parse(text) as Workflow | readonly WorkflowStep[] | null
  const steps = Array.isArray(value) ? (value as readonly WorkflowStep[]) : Object.values((value as Workflow | null)?.jobs ?? {}).flatMap(stepsOf)
  return steps.filter(isOurs)
}

/** A job's steps, as the first row of its matrix has them. */
function stepsOf({ steps, strategy }: Job): WorkflowStep[] {
  const row = strategy?.matrix?.include?.[0] ?? {}
  const filled = JSON.stringify(steps).replaceAll(/\$\{\{ matrix\.(\w+) \}\}/g, (expression, name: string) => String(row[name] ?? expression))
  return JSON.parse(filled) as WorkflowStep[]
}

/** What steps of this action ask of GitHub: a preview and a sweep tell pull requests how they stand, and have Deployments. */
export function needed(steps: readonly WorkflowStep[]): Readonly<Record<string, string>> {
  const asks = steps.some(({ with: inputs = {} }) => inputs['preview'] !== undefined || inputs['command'] === 'sweep')
  return { contents: 'read', 'id-token': 'write', ...(asks ? { 'pull-requests': 'write', deployments: 'write' } : {}) }
}

/** The pull request for which a step with `preview: true` runs. */
export const pullRequest: PullRequest = {
  number: 12, action: 'opened', title: 'A change', headSha: 'a'.repeat(40), headRef: 'change', headRepository: 'octo/shop', baseSha: 'b'.repeat(40),
  baseRef: 'main', isFork: false, isDraft: false, author: 'ada',
}

/** Expressions as GitHub would fill them in; which value it is does not matter here. */
export function evaluated(values: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filledIn(String(value))]))
}

/** A value with something in place of each expression; `to` takes no word. */
function filledIn(value: string): string {
  return value.replace(/^\$\{\{ inputs\.to \}\}$/, '12').replace(/^\$\{\{ [\w.-]+ == [^}]* \}\}$/, 'true').replaceAll(/\$\{\{.*?\}\}/g, 'some-value')
}

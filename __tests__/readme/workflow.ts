import { parse } from 'yaml'

export interface WorkflowStep {
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

/** The part of a workflow file that is looked at here. */
export interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, { readonly environment?: string; readonly steps: readonly WorkflowStep[] }>>
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
  const steps = Array.isArray(value) ? (value as readonly WorkflowStep[]) : Object.values((value as Workflow | null)?.jobs ?? {}).flatMap((job) => job.steps)
  return steps.filter(isOurs)
}

/** Expressions as GitHub would fill them in; which value it is does not matter here. */
export function evaluated(values: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value).replaceAll(/\$\{\{.*?\}\}/g, 'some-value')]))
}

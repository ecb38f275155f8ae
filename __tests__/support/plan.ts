import { planDeploy, type DeployPlan } from '../../src/plan/deploy.ts'
import { definitionDiffers, needsWorkingCopy } from '../../src/release/differs.ts'
import { definitionDigest } from '../../src/resources/api/definition/parts.ts'
import { wantedMethods } from '../../src/resources/api/definition/served-methods.ts'
import type { FunctionCode } from '../../src/resources/code.ts'
import type { FormerFunction } from '../../src/resources/lambda/former-function.ts'
import type { Step, Task } from '../../src/resources/step.ts'
import type { Service } from '../../src/service/service.ts'
import { actualOf, copyOf, nothing, type Standing } from './standing.ts'
import { code, serviceOf } from './wanted.ts'

/** What a deploy is to lead to, and from where. */
export interface Case {
  readonly wanted?: Service
  /** The word of each function's code; a function of which nothing is said has the code `three`. */
  readonly words?: Readonly<Record<string, string>>
  readonly code?: Partial<FunctionCode>
  readonly standing?: Standing | 'nothing'
  readonly former?: readonly FormerFunction[]
}

/** Plans a deploy as `prepare` does. */
export function planOf({ wanted = serviceOf(), words = {}, code: more = {}, standing = {}, former = [] }: Case): DeployPlan {
  const actual = standing === 'nothing' ? nothing(wanted) : actualOf(standing)
  const before = standing === 'nothing' ? wanted : (standing.service ?? serviceOf())
  const goal = { service: wanted, digest: definitionDigest(wanted) }
  const differs = definitionDiffers(goal, actual) && actual.stage !== undefined
  return planDeploy(
    { ...goal, code: new Map(wanted.functions.map(({ name }) => [name, { ...code(words[name] ?? 'three'), ...more }])) },
    {
      actual,
      former,
      copy: actual.api !== undefined && needsWorkingCopy(goal, actual) ? copyOf(before, actual) : undefined,
      servedMethods: differs ? wantedMethods(before) : undefined,
    },
  )
}

/** The changes of a plan as `create alias shop:prod-a`, without what is kept. */
export function changesOf(steps: readonly Step[]): string[] {
  return steps.filter(({ action }) => action !== 'keep').map(({ action, kind, name }) => `${action} ${kind} ${name}`)
}

/** The ids of all that must be done before a task. */
export function idsBefore(task: Task | undefined): string[] {
  const found = new Set<string>()
  const visit = (each: Task): void =>
    each.needs.forEach((need) => {
      if (found.has(need.id)) return
      found.add(need.id)
      visit(need)
    })
  if (task !== undefined) visit(task)
  return [...found].sort()
}

import type { JsonObject, Scenario, Step } from '../rows.ts'

/** A fact of AWS that local AWS answers as AWS does, with what the bare engine makes of it today. */
export interface Rule extends Scenario {
  readonly engine: 'differs' | 'agrees'
}

/** How a rule is written down. */
export interface Fact extends Pick<Scenario, 'slow' | 'noLogsRole' | 'rates' | 'windows'> {
  /** What AWS does, in a few words. */
  readonly fact: string
  /** The public record or document that says so, or `unverified` with what is known. */
  readonly source: string
  /** The requests that lead there. */
  readonly given?: readonly Step[]
  /** The request that is judged. */
  readonly when: Step
  /** What AWS answers to it: only what stands here is compared. */
  readonly answer: Partial<Step>
}

/** A fact that the bare engine gets wrong: the front is there for it. */
export const differs = (fact: Fact): Rule => ruleOf(fact, 'differs')

/** A fact that the bare engine gets right, too. */
export const agrees = (fact: Fact): Rule => ruleOf(fact, 'agrees')

function ruleOf({ fact, source, given = [], when, answer, ...options }: Fact, engine: Rule['engine']): Rule {
  return { source: `${fact} (${source})`, engine, ...options, steps: [...given, { ...when, row: 'answer', ...answer }] }
}

/** One request, by service and operation. */
export const step = (call: string, input: JsonObject = {}): Step => ({ call, with: input })

/** AWS takes it; `answer` is compared whole, or with `member` that member alone. */
export const taken = (status: number, answer?: Step['answer'], member?: string): Partial<Step> => ({
  status,
  ...(answer === undefined ? {} : { answer }),
  ...(member === undefined ? {} : { member }),
})

/** AWS refuses it; without a message only status and name are known or compared. */
export const refused = (status: number, name: string, message?: string): Partial<Step> => ({
  status,
  error: { name, ...(message === undefined ? {} : { message }) },
})

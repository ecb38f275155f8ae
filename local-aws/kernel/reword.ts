import type { EngineAnswer } from './engine-client.ts'

/** A text of the engine and what AWS says instead; groups of the pattern are `$1`, `$2`. */
export type Rewording = readonly [engine: RegExp, aws: string]

/** Puts AWS's words in place of the engine's, in refusals only. */
export function reword(answer: EngineAnswer, rewordings: readonly Rewording[]): EngineAnswer {
  if (answer.status < 400) return answer
  const text = answer.body.toString()
  const [engine, aws] = rewordings.find(([pattern]) => pattern.test(text)) ?? []
  return engine === undefined || aws === undefined ? answer : { ...answer, body: Buffer.from(text.replace(engine, aws)) }
}

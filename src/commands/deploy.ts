import { Interrupted } from '../errors.ts'
import type { Result } from '../service/result.ts'
import { carryOut, untilWhole } from './carry-out.ts'
import { placed } from './placed.ts'
import { prepare } from './prepare.ts'
import { deployResult } from './result.ts'
import type { Run } from './run.ts'

/**
 * Leads a stage to what the config asks for, or to what another stage serves. Nothing changed means nothing written. Functions that are
 * taken over go live as they are first, and what is new goes live after that.
 */
export async function deploy(run: Run): Promise<Result> {
  const { options: { command } } = run
  try {
    return await untilWhole(run, async (done) => {
      const preparation = await prepare(run)
      done.push(...(await carryOut(run, preparation)))
      if (!preparation.joins) return deployResult(run, preparation, { command, done })
      const rest = await prepare(run, preparation)
      done.push(...(await carryOut(run, rest)))
      return deployResult(run, rest, { command, done, before: preparation.steps })
    })
  } catch (error) {
    const { cause, done } = Interrupted.from(error)
    throw new Interrupted(done, placed(cause, run.service.functions))
  }
}

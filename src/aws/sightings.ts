import { namesOf, subjectOf, type Call } from './subjects.ts'

/** How a run knows of a thing: it has made it, or AWS has shown it. */
export type Sighting = 'made' | 'seen'

/**
 * For how many milliseconds a 404 for something that is known to exist is tried again. AWS's stores are eventually consistent: a read, or
 * a write of what is below, may answer 404 for seconds after a create, and again after it was found (terraform-provider-aws waits up to
 * five minutes for Lambda, internal/service/lambda, and two for IAM and S3; issues 25440 and 33717). What stood before the run is old,
 * most of the time.
 */
const patience: Readonly<Record<Sighting, number>> = { made: 120_000, seen: 20_000 }

/**
 * API Gateway was reported so a few times, long ago (serverless#173, architect#136); there another run's hand in the same API is
 * likelier.
 */
const gatewayPatience: Readonly<Record<Sighting, number>> = { made: 15_000, seen: 5_000 }

/** What one run knows to be there, by the answers that it got. */
export class Sightings {
  readonly #things = new Map<string, Sighting>()

  /** Learns from an answer. */
  note(call: Call, output: object): void {
    const { made, seen, gone } = namesOf(call, output)
    for (const name of seen) if (!this.#things.has(name)) this.#things.set(name, 'seen')
    for (const name of made) this.#things.set(name, 'made')
    for (const name of gone) this.#forget(name)
  }

  /** How this run knows of the thing that AWS says is not there; undefined for another refusal, and for what it does not know. */
  of(call: Call, error: unknown): Sighting | undefined {
    const subject = subjectOf(call, error as Error)
    return subject === undefined ? undefined : this.#things.get(subject)
  }

  /** For how long the same call may be sent again; 0 where AWS is believed. Something old that is to go and is gone is as it should be. */
  patience(call: Call, error: unknown): number {
    const sighting = this.of(call, error)
    const isRemoval = /:(Delete|Remove)/.test(call.operation)
    if (sighting === undefined || (isRemoval && sighting === 'seen')) return 0
    return (call.operation.startsWith('apigateway:') ? gatewayPatience : patience)[sighting]
  }

  /** A thing goes with all that is below it. */
  #forget(name: string): void {
    for (const each of this.#things.keys()) if (each === name || each.startsWith(`${name}/`)) this.#things.delete(each)
  }
}

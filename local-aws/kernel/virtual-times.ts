import type { Clock } from './clock.ts'
import type { EngineAnswer } from './engine-client.ts'

type Virtual = (realMs: number) => number

/** For what happened: the clock's time at that moment. The engine tells whole seconds, within which a clock may have been moved. */
export const past = (clock: Clock): Virtual => (realMs) => clock.at(realMs)

/** For what ends in the future: it is as far from now as the engine says. */
export const future = (clock: Clock): Virtual => (realMs) => clock.now() + realMs - Date.now()

/**
 * Moves the times in these elements of an XML text from the engine's real time to the virtual clock, on which every other time of an
 * account stands.
 */
export function onVirtualClock(xml: string, elements: readonly string[], virtual: Virtual): string {
  const times = new RegExp(`<(${elements.join('|')})>([^<]+)</\\1>`, 'g')
  const moved = (time: string): string => {
    const at = virtual(Date.parse(time))
    return time.includes('.') ? new Date(at).toISOString() : new Date(Math.floor(at / 1000) * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  }
  return xml.replace(times, (_, name: string, time: string) => `<${name}>${moved(time)}</${name}>`)
}

/** The same for the whole body of an answer. */
export function withVirtualTimes(answer: EngineAnswer, elements: readonly string[], virtual: Virtual): EngineAnswer {
  return { ...answer, body: Buffer.from(onVirtualClock(answer.body.toString(), elements, virtual)) }
}

/** The same for the header `Last-Modified`. */
export function withVirtualHeader(answer: EngineAnswer, virtual: Virtual): EngineAnswer {
  const time = answer.headers['last-modified']
  return time === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'last-modified': new Date(virtual(Date.parse(time))).toUTCString() } }
}

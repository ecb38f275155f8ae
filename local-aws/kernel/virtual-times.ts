import { clock } from './clock.ts'
import type { EngineAnswer } from './engine-client.ts'

type Virtual = (realMs: number) => number

const past: Virtual = (realMs) => clock.toVirtual(realMs)

/** For what ends in the future: it is as far from now as the engine says. */
export const future: Virtual = (realMs) => clock.now() + realMs - Date.now()

/** Moves the times in these elements of an XML answer from the engine's real time to the virtual clock, on which every other time of an account stands. */
export function withVirtualTimes(answer: EngineAnswer, elements: readonly string[], virtual: Virtual = past): EngineAnswer {
  const times = new RegExp(`<(${elements.join('|')})>([^<]+)</\\1>`, 'g')
  const moved = (time: string): string => {
    const iso = new Date(virtual(Date.parse(time))).toISOString()
    return time.includes('.') ? iso : iso.replace(/\.\d+Z$/, 'Z')
  }
  return { ...answer, body: Buffer.from(answer.body.toString().replace(times, (_, name: string, time: string) => `<${name}>${moved(time)}</${name}>`)) }
}

/** The same for the header `Last-Modified`. */
export function withVirtualHeader(answer: EngineAnswer): EngineAnswer {
  const time = answer.headers['last-modified']
  return time === undefined ? answer : { ...answer, headers: { ...answer.headers, 'last-modified': new Date(past(Date.parse(time))).toUTCString() } }
}

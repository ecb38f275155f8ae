import { describe, expect, test } from '@jest/globals'
import { replay } from '../replay.ts'
import type { Rooms } from './index.ts'

/** What a test says where the table is behind the engine. */
const agreesByNow = 'the engine answers as AWS does by now: write `agrees`, and see whether the front can hand the rule over'

/** Makes a test of every rule: the front answers as AWS does, and the bare engine as the table says of it. */
export function compareRooms(rooms: Rooms): void {
  describe.each(rooms)('%s', (_room, rules) => {
    test.concurrent.each(rules.map((rule) => [rule.engine, rule.source, rule] as const))('the bare engine %s: %s', async (expected, _source, rule) => {
      const [front] = await replay(rule)
      expect(front?.difference).toBeUndefined()
      const [engine] = await replay(rule, 'engine')
      if (expected === 'agrees') expect(engine?.difference).toBeUndefined()
      else expect(engine?.difference ?? agreesByNow).not.toBe(agreesByNow)
    })
  })
}

import * as core from '@actions/core'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Progress } from '../progress.ts'
import { visible, visibleLines } from '../render/index.ts'

/** What took less is not worth a line. */
const shownSeconds = 0.1

/** A group of the log. Lines wait in it while another one is open, because the runner knows no two open groups. */
interface Group {
  readonly heading: string
  readonly lines: string[]
  isOpen: boolean
  isDone: boolean
}

/**
 * A line that the runner takes for text whatever it holds: it reads `::error::` behind blanks, and the old `##[set-output name=x]` anywhere
 * in a line, as commands of the action (actions/runner, ActionCommand.TryParseV2 and TryParse).
 */
const withoutCommand = (line: string): string => line.replace(/^(\s*):(?=:)/, '$1\\u{3a}').replaceAll('##[', '#\\u{23}[')

/**
 * Progress in the runner's log. Groups that run at the same time come out one after the other, each whole; a group within a group is a
 * heading.
 * Warnings and masks never wait: a warning is an annotation, and a mask must come before whatever it hides.
 */
export function createProgress(): Progress {
  const current = new AsyncLocalStorage<Group>()
  const queue: Group[] = []

  const print = (text: string): void => {
    const line = withoutCommand(visible(text))
    const group = current.getStore()
    if (group === undefined || group.isOpen) core.info(line)
    else group.lines.push(line)
  }

  /** Opens the first group in line; those that are done close at once, so that the next one follows. */
  const advance = (): void => {
    for (let group = queue[0]; group !== undefined; group = queue[0]) {
      if (!group.isOpen) {
        core.startGroup(visible(group.heading))
        group.isOpen = true
        group.lines.forEach((line) => core.info(line))
      }
      if (!group.isDone) return
      core.endGroup()
      queue.shift()
    }
  }

  const runGroup = async <T>(heading: string, work: () => Promise<T>): Promise<T> => {
    const group: Group = { heading, lines: [], isOpen: false, isDone: false }
    queue.push(group)
    advance()
    const started = performance.now()
    return current.run(group, async () => {
      try {
        return await work()
      } finally {
        const seconds = (performance.now() - started) / 1000
        if (seconds >= shownSeconds) print(`${seconds.toFixed(1)} s`)
        group.isDone = true
        advance()
      }
    })
  }

  return {
    info: print,
    debug: (line) => core.debug(line),
    warning: (text) => core.warning(visibleLines(text)),
    notice: (text) => core.notice(visibleLines(text)),
    group: async (heading, work) => {
      if (current.getStore() === undefined) return runGroup(heading, work)
      print(heading)
      return work()
    },
    mask: (secret) => core.setSecret(secret),
  }
}

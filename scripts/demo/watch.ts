import { watch } from 'node:fs'

/** Folders that change by themselves while one works, or that the package leaves out. */
const ignored = /(^|\/)(\.[^/]+|node_modules|__pycache__)(\/|$)|\.pyc$|~$/

/** An editor writes a file in several moves; this is how long it is waited for, in milliseconds. */
const quietMs = 300

/**
 * Calls `onChange` after each change of a file in the folder, one call at a time; what changes during a call is one more call after it.
 * It goes on until the process ends.
 */
export function watchFolder(folder: string, onChange: (path: string) => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined
  let last = Promise.resolve()
  watch(folder, { recursive: true }, (_event, path) => {
    if (path === null || ignored.test(path)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      last = last.then(() => onChange(path))
    }, quietMs)
  })
}

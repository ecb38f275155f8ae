import { readFileSync } from 'node:fs'

/** The kernel counts in these for programs, whatever its own tick is (Linux, USER_HZ; proc_pid_stat(5)). */
const ticksPerSecond = 100

/**
 * CPU seconds of all children that have ended, their children included: what a lane costs, however busy the machine is.
 * Undefined where there is no /proc.
 */
export function cpuOfChildren(): number | undefined {
  try {
    // The second field, in parentheses, may hold blanks; cutime and cstime are fields 16 and 17.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond
  } catch {
    return undefined
  }
}

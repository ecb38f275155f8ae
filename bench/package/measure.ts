import { execFileSync } from 'node:child_process'

/** What one run of one candidate took. */
export interface Measured {
  /** Seconds. */
  readonly wall: number
  /** Seconds of all cores. */
  readonly cpu: number
  /** Peak resident memory in MB. */
  readonly memory: number
}

/** Runs the program as a child of a small Python, whose `wait4` tells time and memory of that child alone. */
const script = `
import json, os, sys, time
read, write = os.pipe()
start = time.perf_counter()
pid = os.fork()
if pid == 0:
    os.dup2(write, 1)
    os.chdir(sys.argv[1])
    os.execvp(sys.argv[2], sys.argv[2:])
os.close(write)
said = b""
while True:
    part = os.read(read, 65536)
    if not part: break
    said += part
_, status, usage = os.wait4(pid, 0)
print(json.dumps({"wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024, "status": status, "said": said.decode(errors="replace")[-300:]}))
`

/** Measures one run; a candidate that times itself prints JSON with its own seconds. Fails when the program does. */
export function measure(command: readonly string[], cwd: string): Measured {
  const { status, said, ...measured } = JSON.parse(execFileSync('python3', ['-c', script, cwd, ...command], { encoding: 'utf8' })) as Measured & { status: number, said: string }
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${said}`)
  return said.startsWith('{"wall"') ? { ...measured, ...JSON.parse(said) as Partial<Measured> } : measured
}

/** The middle one of several runs, by wall seconds. */
export function median(runs: readonly Measured[]): Measured {
  return [...runs].sort((a, b) => a.wall - b.wall)[Math.floor(runs.length / 2)] as Measured
}

import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Architecture, CodeSpec } from '../service/service.ts'

/** What the package room must know of a runtime. A new runtime is one line here. */
export type Runtime = PythonRuntime | NodeRuntime | OtherRuntime

export interface PythonRuntime {
  readonly family: 'python'
  readonly name: string
  /** 13 for python3.13. */
  readonly minor: number
  /** The minor of glibc 2: 26 on Amazon Linux 2, 34 on Amazon Linux 2023. */
  readonly glibc: number
  /** False: newer or older than this table; its facts are its neighbours'. The config warns of such a name. */
  readonly known: boolean
}

export interface NodeRuntime {
  readonly family: 'node'
  readonly name: string
  readonly major: number
  readonly glibc: number
  readonly known: boolean
}

/** Java, Ruby, custom runtimes: the source is packed as it is. */
export interface OtherRuntime {
  readonly family: 'other'
  readonly name: string
  readonly glibc: number
  readonly known: boolean
}

const amazonLinux2 = 26
const amazonLinux2023 = 34

/**
 * Lambda's runtimes and the operating system below each (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html);
 * the glibc of the two systems is aws-lambda-builders' `_RUNTIME_GLIBC`. python3.15 and nodejs26.x stand in the public model of the API
 * (botocore, lambda 2015-03-31, enum Runtime); that they run on Amazon Linux 2023 as those before them is unverified.
 */
const pythons = new Map([
  [9, amazonLinux2], [10, amazonLinux2], [11, amazonLinux2], [12, amazonLinux2023], [13, amazonLinux2023],
  [14, amazonLinux2023], [15, amazonLinux2023],
])
const nodes = new Map([[18, amazonLinux2], [20, amazonLinux2023], [22, amazonLinux2023], [24, amazonLinux2023], [26, amazonLinux2023]])
/** Reads a runtime's name; a name of a known family that is not in the table gets the facts of its neighbours, and `known` is false. */
export function runtimeNamed(name: string): Runtime {
  const python = /^python3\.(\d+)$/.exec(name)
  if (python !== null) {
    const minor = Number(python[1])
    return {
      family: 'python', name, minor, glibc: pythons.get(minor) ?? (minor < 9 ? amazonLinux2 : amazonLinux2023),
      known: pythons.has(minor),
    }
  }
  const node = /^nodejs(\d+)\.x$/.exec(name)
  if (node !== null) {
    const major = Number(node[1])
    const glibc = nodes.get(major) ?? (major < 18 ? amazonLinux2 : amazonLinux2023)
    return { family: 'node', name, major, glibc, known: nodes.has(major) }
  }
  return { family: 'other', name, glibc: /al2$|^java(?:8|11|17)$|^ruby3\.2$/.test(name) ? amazonLinux2 : amazonLinux2023, known: true }
}

/** Machine names as the different tools write them. */
export const machines: Readonly<Record<Architecture, { readonly wheel: string, readonly node: string, readonly elf: number }>> = {
  // ELF machine numbers: EM_X86_64 and EM_AARCH64 of the generic ABI.
  x86_64: { wheel: 'x86_64', node: 'x64', elf: 62 },
  arm64: { wheel: 'aarch64', node: 'arm64', elf: 183 },
}

/** The glibc minors that uv has a name for (`uv pip install --help`, --python-platform). */
const uvMinors = [17, 28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]

/**
 * Every platform tag whose wheels run on the target, newest first. pip takes a `--platform` literally (pip issue 10760), so a list with
 * manylinux2014 alone misses wheels tagged manylinux_2_28 only; each minor must be named (PEP 600). There are as many lists, to be tried
 * in this order, as uv has names for the target: both shall choose the same wheels.
 */
export function wheelPlatforms(runtime: PythonRuntime, architecture: Architecture): readonly (readonly string[])[] {
  const lower = uvMinors.findLast((minor) => minor <= runtime.glibc) ?? runtime.glibc
  return [...new Set([lower, runtime.glibc])].map((glibc) => tagsUpTo(glibc, architecture))
}

function tagsUpTo(glibc: number, architecture: Architecture): readonly string[] {
  const machine = machines[architecture].wheel
  const oldest = machine === 'x86_64' ? 5 : 17
  const legacy = new Map(machine === 'x86_64' ? [[17, 'manylinux2014'], [12, 'manylinux2010'], [5, 'manylinux1']] : [[17, 'manylinux2014']])
  const minors = Array.from({ length: glibc - oldest + 1 }, (_, index) => glibc - index)
  return [...minors.flatMap((minor) => {
    const old = legacy.get(minor)
    return [`manylinux_2_${minor}_${machine}`, ...(old === undefined ? [] : [`${old}_${machine}`])]
  }), `linux_${machine}`]
}

/**
 * uv's names of the target, to be tried in this order. It has none for Amazon Linux 2's 2.26: the next lower one misses wheels that would
 * run (manylinux_2_24), so the next higher one follows, and what comes of it is held against the true glibc file by file.
 */
export function uvPlatforms(runtime: PythonRuntime, architecture: Architecture): readonly string[] {
  const lower = uvMinors.filter((minor) => minor <= runtime.glibc).slice(-1)
  const higher = lower[0] === runtime.glibc ? [] : uvMinors.filter((minor) => minor > runtime.glibc).slice(0, 1)
  return [...lower, ...higher].map((minor) => `${machines[architecture].wheel}-manylinux_2_${minor}`)
}

/**
 * The runtime of a function's code. Where the function exists and nobody named its runtime, the handler's file tells the family; then the
 * newest runtime of the table stands for it, which matters only where dependencies are installed.
 */
export function runtimeOf(code: Pick<CodeSpec, 'runtime' | 'source' | 'handler'>): Runtime {
  if (code.runtime !== undefined) return runtimeNamed(code.runtime)
  const module = path.join(code.source, code.handler.replace(/\.[^./]*$/, ''))
  const node = ['.js', '.mjs', '.cjs'].some((suffix) => existsSync(module + suffix)) && !existsSync(`${module}.py`)
  return runtimeNamed(node ? `nodejs${Math.max(...nodes.keys())}.x` : `python3.${Math.max(...pythons.keys())}`)
}

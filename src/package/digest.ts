import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { DiagnosticsError } from '../diagnostics.ts'
import type { CodeSpec } from '../service/service.ts'
import { resolveDependencies } from './install/dependencies.ts'
import { findDependencies } from './install/find.ts'
import { digestNodeInputs } from './install/node-dependencies.ts'
import { digestWanted, isPinned, readWanted } from './install/wanted.ts'
import type { Resolution } from './install/resolution.ts'
import { runtimeOf } from './runtimes.ts'
import { workspaceOf } from './tree/app.ts'
import { isForNode, type DependencySource } from './install/dependency-source.ts'
import type { PackageOptions } from './options.ts'
import type { Sources } from './tree/sources.ts'

/** What the package will be made from. */
export interface InputDigest {
  /** Hex, behind the name of the {@link scheme}. */
  readonly digest: string
  /** False: the dependencies float, so the digest is final only when they are resolved ({@link resolveInputs}). */
  readonly pinned: boolean
  readonly dependencies?: DependencySource
  /** What floated, once it is resolved. */
  /** Whether that list names no package: then it needs no installer, which may not be there. */
  readonly asksForNothing?: boolean
  readonly resolution?: Resolution
}

/** Raised when the same inputs give another package than before: by what is collected, its form, or the zip. */
const scheme = 'p4'

/**
 * Hashes what the package will be made from, without an installer and without a zip. Pinned and equal to what the live release
 * records means that nothing has to be built.
 */
export async function digestInputs(code: CodeSpec, options: PackageOptions): Promise<InputDigest> {
  if (code.package !== undefined) return { digest: digestOf(['prebuilt', await digestFile(code.package, 'hex')]), pinned: true }
  const runtime = runtimeOf(code)
  const app = options.sources.app(code)
  if (app.problems.length > 0) throw new DiagnosticsError(app.problems)
  const listed = findDependencies(code, runtime, workspaceOf(code.source, options.env))
  const theirs = listed === undefined ? undefined : digestDependencies(code, listed, options)
  const target = [runtime.name, code.architecture]
  const selection = [...code.exclude, '', ...code.include]
  return {
    digest: digestOf([...target, app.digest, theirs?.digest ?? '', ...selection]),
    pinned: theirs?.pinned ?? true,
    ...(listed === undefined ? {} : { dependencies: listed, asksForNothing: theirs?.isEmpty === true }),
  }
}

/**
 * The inputs with what floats resolved, so that their digest is final; nothing is installed for it. One run resolves a list once, for
 * however many functions.
 */
export async function resolveInputs(code: CodeSpec, inputs: InputDigest, options: PackageOptions): Promise<InputDigest> {
  const { dependencies } = inputs
  if (inputs.pinned || dependencies === undefined) return inputs
  const known = resolutions.get(options.sources) ?? new Map<string, Promise<Resolution>>()
  resolutions.set(options.sources, known)
  const list = [dependencies.file, code.source, code.runtime, code.architecture].join('\0')
  const resolving = known.get(list) ?? resolveDependencies(code, dependencies, options)
  known.set(list, resolving)
  const resolution = await resolving
  return { dependencies, resolution, digest: digestOf([inputs.digest, resolution.key]), pinned: true }
}

/** What a run has resolved, by what it has read. */
const resolutions = new WeakMap<Sources, Map<string, Promise<Resolution>>>()

interface ListDigest {
  readonly digest: string
  readonly pinned: boolean
  /** Whether it asks for no package at all. */
  readonly isEmpty: boolean
}

function digestDependencies(code: CodeSpec, source: DependencySource, options: PackageOptions): ListDigest {
  if (isForNode(source.kind)) {
    return { digest: digestNodeInputs(source, code.source, options.sources), pinned: source.kind !== 'package', isEmpty: false }
  }
  const wanted = readWanted(source, options.env)
  const { lines, locals, repositories } = wanted
  const isEmpty = source.kind !== 'uv' && lines.length + locals.length + repositories.length === 0
  return { digest: digestWanted(wanted, source, code.source), pinned: isEmpty || isPinned(wanted, source.kind), isEmpty }
}

function digestOf(parts: readonly string[]): string {
  return `${scheme}-${createHash('sha256').update(parts.map((part) => `${part.length}:${part}`).join('')).digest('hex')}`
}

/** A file's sha256, read in pieces. */
export async function digestFile(file: string, encoding: 'hex' | 'base64'): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest(encoding)
}

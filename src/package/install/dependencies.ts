import type { CodeSpec } from '../../service/service.ts'
import { runtimeOf } from '../runtimes.ts'
import type { InputDigest, PackageOptions } from '../types.ts'
import type { Installed } from './installed.ts'
import { installNode } from './node-dependencies.ts'
import { installPython } from './python-dependencies.ts'
import { digestWanted, readWanted } from './wanted.ts'

/** Installs what the file of `inputs.dependencies` asks for, for the function's runtime and architecture. */
export async function installDependencies(code: CodeSpec, inputs: InputDigest, options: PackageOptions): Promise<Installed | undefined> {
  const runtime = runtimeOf(code)
  const source = inputs.dependencies
  if (source === undefined || runtime.family === 'other') return undefined
  options.progress.info(`Dependencies: ${source.file} (${source.why}).`)
  if (!runtime.known) options.progress.info(`${runtime.name} is not known yet: taken to have glibc 2.${runtime.glibc}, as its neighbours.`)
  if (runtime.family === 'node') return installNode({ source, project: code.source, architecture: code.architecture }, options)
  const wanted = readWanted(source, options.env)
  const digest = digestWanted(wanted, source, code.source)
  return installPython({ source, wanted, digest, project: code.source, runtime, architecture: code.architecture }, options)
}

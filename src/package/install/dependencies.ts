import type { CodeSpec } from '../../service/service.ts'
import { runtimeOf } from '../runtimes.ts'
import type { InputDigest } from '../digest.ts'
import type { PackageOptions } from '../options.ts'
import type { Installed } from './installed.ts'
import { installNode } from './node-dependencies.ts'
import { installPython, type PythonRequest } from './python-dependencies.ts'
import { digestWanted, readWanted } from './wanted.ts'

/** Installs what the file of `inputs.dependencies` asks for, for the function's runtime and architecture. */
export async function installDependencies(code: CodeSpec, inputs: InputDigest, options: PackageOptions): Promise<Installed | undefined> {
  const runtime = runtimeOf(code)
  const source = inputs.dependencies
  if (source === undefined || runtime.family === 'other') return undefined
  options.progress.info(`Dependencies: ${source.file} (${source.why}).`)
  if (!runtime.known) options.progress.info(`${runtime.name} is not known yet: taken to have glibc 2.${runtime.glibc}, as its neighbours.`)
  const installed = runtime.family === 'node' ? await installNode({
    source, project: code.source, architecture: code.architecture,
  }, options)
    : await installWanted({ source, project: code.source, runtime, architecture: code.architecture }, options)
  const packages = installed.resolved.join(', ')
  // A lock says it already; what floats is known from here alone.
  if (inputs.pinned) options.progress.debug(`Packages: ${packages}`)
  else options.progress.info(`Resolved to: ${packages}`)
  return installed
}

function installWanted(request: Omit<PythonRequest, 'wanted' | 'digest'>, options: PackageOptions): Promise<Installed> {
  const wanted = readWanted(request.source, options.env)
  return installPython({ ...request, wanted, digest: digestWanted(wanted, request.source, request.project) }, options)
}

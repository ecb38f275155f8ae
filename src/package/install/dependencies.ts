import type { CodeSpec } from '../../service/service.ts'
import { runtimeOf } from '../runtimes.ts'
import type { PackageOptions } from '../options.ts'
import { isForNode, type DependencySource } from './dependency-source.ts'
import type { Installed } from './installed.ts'
import { installNode, resolveNode, type NodeRequest } from './node-dependencies.ts'
import { installPython, resolvePython, type PythonRequest } from './python-dependencies.ts'
import type { Resolution } from './resolution.ts'
import { digestWanted, readWanted } from './wanted.ts'

/** Installs what a list asks for that pins all of it, for the function's runtime and architecture. */
export async function installDependencies(code: CodeSpec, source: DependencySource, options: PackageOptions): Promise<Installed> {
  announce(code, source, options)
  const installed = isForNode(source.kind)
    ? await installNode(nodeRequest(code, source), options)
    : await installPython(pythonRequest(code, source, options), options)
  options.progress.debug(`Packages: ${installed.resolved.join(', ')}`)
  return installed
}

/** Resolves what a list asks for that floats, without installing it. */
export async function resolveDependencies(code: CodeSpec, source: DependencySource, options: PackageOptions): Promise<Resolution> {
  announce(code, source, options)
  const resolution = isForNode(source.kind)
    ? await resolveNode(nodeRequest(code, source), options)
    : await resolvePython(pythonRequest(code, source, options), options)
  options.progress.info(`Resolved to: ${resolution.packages.join(', ')}`)
  return resolution
}

function announce(code: CodeSpec, source: DependencySource, { progress }: PackageOptions): void {
  const runtime = runtimeOf(code)
  progress.info(`Dependencies: ${source.file} (${source.why}).`)
  if (!runtime.known && runtime.family !== 'other')
    progress.info(`${runtime.name} is not known yet: taken to have glibc 2.${runtime.glibc}, as its neighbours.`)
}

function nodeRequest({ source: project, architecture }: CodeSpec, source: DependencySource): NodeRequest {
  return { source, project, architecture }
}

function pythonRequest(code: CodeSpec, source: DependencySource, { env }: PackageOptions): PythonRequest {
  const runtime = runtimeOf(code)
  if (runtime.family !== 'python') throw new Error(`${source.file} is a list for Python, and the function runs ${runtime.name}`)
  const wanted = readWanted(source, env)
  return {
    source, wanted, project: code.source, runtime, architecture: code.architecture, digest: digestWanted(wanted, source, code.source),
  }
}

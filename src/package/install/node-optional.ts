import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostics } from '../../diagnostics.ts'
import type { Architecture } from '../../service/service.ts'
import { machines } from '../runtimes.ts'
import type { DependencySource } from './dependency-source.ts'
import { packagesIn } from './node-modules.ts'

/**
 * Native packages choose their binary among optional dependencies, one a platform. npm leaves the target's out without a word when
 * the lock was made on another system (npm issue 8423) or by a defect of its own (npm 10.4, issue 7406).
 */
export function checkOptional(modules: string, { source, architecture, diagnostics }: {
  readonly source: DependencySource
  readonly architecture: Architecture
  readonly diagnostics: Diagnostics
}): void {
  for (const name of packagesIn(modules)) {
    const manifest = path.join(modules, name, 'package.json')
    const wanted = existsSync(manifest)
      ? (JSON.parse(readFileSync(manifest, 'utf8')) as { optionalDependencies?: Record<string, string> }).optionalDependencies ?? {}
      : {}
    const fitting = Object.keys(wanted).filter((candidate) => fits(candidate, architecture))
    if (fitting.length === 0 || fitting.some((candidate) => existsSync(path.join(modules, candidate))
      || existsSync(path.join(modules, name, 'node_modules', candidate)))) continue
    diagnostics.error({
      what: `${name} came without its binary for Linux on ${architecture} (${fitting.join(' or ')}).`,
      why: `${path.basename(source.file)} does not list it: it was made on another system.`,
      cure: `Delete node_modules and the lock, run the install again with a current ${source.kind}, and commit the lock.`,
      docs: 'packaging.md#node',
      place: { file: source.file },
    })
  }
}

/** `@img/sharp-linux-x64`, `@esbuild/linux-arm64`, `lightningcss-linux-x64-gnu`; musl is another libc. */
function fits(name: string, architecture: Architecture): boolean {
  return new RegExp(`linux[-_]${machines[architecture].node}(?:[-_](?:gnu|glibc))?$`).test(name)
}

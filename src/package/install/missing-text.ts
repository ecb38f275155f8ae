import type { ErrorText } from '../../errors.ts'
import type { Job } from './job.ts'
import type { MissingRequirement } from './missing.ts'

/** `sys_platform` of PEP 508. */
const systems = { Windows: 'win32', macOS: 'darwin' }

/** One text for each thing that an index may lack: what to do about it differs. */
export function missingText(
  { requirement, name, lacks, only }: MissingRequirement,
  { job, file, said }: { readonly job: Job, readonly file: string | undefined, readonly said: string }
): ErrorText {
  const { runtime, architecture } = job.target
  if (lacks === 'name') return {
    what: `The package index has no package ${name}.`, why: said,
    cure: 'Fix the name, or the line that asks for it; a package of your own needs its index in the step\'s settings.',
    docs: 'packaging.md#private-indexes',
  }
  if (lacks === 'version') return {
    what: `The package index has no version of ${name} for \`${requirement}\`.`, why: said,
    cure: 'Ask for a version that exists; one of your own needs its index in the step\'s settings.',
    docs: 'packaging.md#python-dependencies',
  }
  if (only !== undefined) return {
    what: `${name} is made for ${only} alone.`,
    why: `The index has no file of \`${requirement}\` for Linux, which Lambda runs.`,
    cure: `Take it out of the list, or keep it there for ${only}: \`${requirement}; sys_platform == "${systems[only]}"\`.`,
    docs: 'packaging.md#no-wheel',
  }
  const wheel = `choose another \`runtime\` or \`architecture\`, or allow building it here with ${buildHint(name, file)}`
  const docs = 'packaging.md#no-wheel'
  if (lacks === 'either') return {
    what: `Nothing on the package index fits \`${requirement}\` for ${runtime.name} on ${architecture}.`,
    why: `Either it has no such version, or none with a wheel for the glibc 2.${runtime.glibc} that Lambda runs there. ${said}`,
    cure: `Ask for a version that exists; if it does, ${wheel}.`, docs,
  }
  return {
    what: `${requirement} has no wheel for ${runtime.name} on ${architecture}.`,
    why: `Lambda runs glibc 2.${runtime.glibc} there, and nothing on the index fits it. ${said}`,
    cure: `Ask for a version that has one, ${wheel}.`, docs,
  }
}

function buildHint(name: string, file: string | undefined): string {
  return file?.endsWith('.txt') === true ? `a line \`--no-binary ${name}\` in ${file}` : `PIP_NO_BINARY: ${name} in the step's env`
}

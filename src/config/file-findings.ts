import type { FoundFile } from './file.ts'
import type { Findings } from './findings.ts'
import type { Inputs } from './inputs.ts'
import { emptyFile } from './layers.ts'

/** The file as it is, with its findings among the others. */
export function told(file: FoundFile, findings: Findings): FoundFile {
  findings.functionKeys = file.findings.functionKeys
  file.findings.errors.forEach((each) => findings.error(each))
  file.findings.warnings.forEach((each) => findings.warning(each))
  return file
}

/**
 * What a command takes of the file that needs no config but the service's name. A mistake in it is nobody's concern then, unless it keeps
 * the name from being known: a release must come back also where the file of the day is broken.
 */
export function forNameAlone(file: FoundFile, inputs: Inputs, findings: Findings): FoundFile {
  const isNamed = inputs.service.has('service') || inputs.function.has('function-name')
  const [mistake] = file.findings.errors
  if (mistake !== undefined && !isNamed && !hasName(file)) return told(file, findings)
  if (mistake !== undefined) {
    const what = `${file.name ?? 'The config file'} has a mistake, and the run goes on without the file: ${mistake.what}`
    findings.warning({ ...mistake, what, why: 'This command needs no more of it than the name of the service.' })
  }
  const { service, base: { defaults } } = isNamed && !file.usable ? emptyFile : file.config
  const named = new Map([...defaults].filter(([name]) => name === 'function-name'))
  return { ...file, config: { ...emptyFile, service, base: { ...emptyFile.base, defaults: named } }, usable: true }
}

function hasName({ config: { service, base } }: FoundFile): boolean {
  return service.has('service') || base.defaults.has('function-name')
}

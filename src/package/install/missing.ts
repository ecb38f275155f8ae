import type { PipLog } from './pip-log.ts'
import type { Ran } from './process.ts'

/** A requirement that nothing on the index answers. */
export interface MissingRequirement {
  /** As the installer says it: `idna>=99`. */
  readonly requirement: string
  readonly name: string
  /**
   * What is not there: the name, a version that fits, or a wheel for the target; `either` of the last two where the installer does not
   * tell.
   */
  readonly lacks: 'name' | 'version' | 'wheel' | 'either'
  /** The one other system that all its files are for. */
  readonly only?: 'Windows' | 'macOS' | undefined
}

/** A run of an installer with what pip's log says beyond it. */
export interface InstallerRun extends Ran, Partial<Pick<PipLog, 'untrusted' | 'build'>> {
  readonly log?: string
}

const named = '([A-Za-z0-9._-]+(?:\\[[^\\]]*\\])?(?:\\{[^}]*\\})?(?:[=<>!~][^\\s]*)?)'

/**
 * uv's sentences (0.13), the strongest first: of several in one derivation the later ones follow from them. That a version is missing is
 * said only where the same package is asked for in the same breath: else it is a conflict.
 */
const saidByUv: readonly (readonly [MissingRequirement['lacks'], RegExp])[] = [
  ['name', new RegExp(`because ${named} was not found in (?:the package registry|the provided package locations)`, 'i')],
  ['wheel', new RegExp(`because (?:only |all versions of )?${named} (?:has|have) no (?:usable )?wheels`, 'i')],
  ['wheel', new RegExp(`because (?:only )?the following versions of ${named}[^\\n]*have no usable wheels`, 'i')],
  ['wheel', /Distribution `([^`]+)`[^\n]*no (?:source distribution|wheel)/],
  ['version', new RegExp(`because there (?:is|are) no versions? of ${named}`, 'i')],
  [
    'version',
    /because only [A-Za-z0-9._-]+\S* (?:is|are) available and (?:you require|\S+ depends on) ([A-Za-z0-9._-]+\S*?),? we can conclude/i,
  ],
]

/** pip 22.2 to 25: one sentence for all cases. */
const saidByPip = /No matching distribution found for ([^\s(;]+)/

/** What of the wanted packages is missing, where that is why an installer failed. */
export function missingOf({ stderr, log = '' }: InstallerRun): MissingRequirement | undefined {
  const [lacks, pattern] = saidByUv.find(([, candidate]) => candidate.test(stderr)) ?? []
  const requirement = (pattern ?? saidByPip).exec(stderr)?.[1]
  if (requirement === undefined) return undefined
  const name = /^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement
  const missing = { requirement, name, lacks: lacks ?? lackingInLog(requirement, name, log) }
  // Of a version that does not exist it says nothing for which system another one was made.
  return missing.lacks === 'version' ? missing : { ...missing, only: onlySystem(platformsIn({ stderr, log }, name)) }
}

/** The platforms that there are files for: uv hints at them, pip's log has the files. A source archive is for all. */
function platformsIn({ stderr, log }: { readonly stderr: string, readonly log: string }, name: string): readonly string[] {
  if (/building from source is disabled/.test(stderr)) return []
  const hint = /Wheels are available for `[^`]+` \([^)]*\) on the following platforms?: ([^\n]+)/.exec(stderr)?.[1]
  if (hint !== undefined) return [...hint.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string)
  return [...log.matchAll(fileOf(name))].map(([file]) => /-([^-\s]+)\.whl$/.exec(file)?.[1] ?? 'any')
}

function onlySystem(platforms: readonly string[]): MissingRequirement['only'] {
  if (platforms.length === 0) return undefined
  if (platforms.every((each) => each.startsWith('win'))) return 'Windows'
  return platforms.every((each) => each.startsWith('macosx')) ? 'macOS' : undefined
}

/** pip's log names every file that an index or a folder has of a package, those that do not fit with the reason. */
function lackingInLog(requirement: string, name: string, log: string): MissingRequirement['lacks'] {
  const versions = versionsIn(log, name)
  if (versions.length === 0) return log === '' ? 'either' : 'name'
  const specifier = requirement.slice(name.length).replace(/^\[[^\]]*\]/, '')
  if (specifier === '') return 'wheel'
  const exact = /^===?([^,*]+)$/.exec(specifier)?.[1]
  if (exact === undefined) return 'either'
  return versions.includes(plain(exact)) ? 'wheel' : 'version'
}

function versionsIn(log: string, name: string): string[] {
  return [...log.matchAll(fileOf(name))].map((match) => plain((match[1] as string).replace('%2B', '+').replace(/-\d+$/, '')))
}

/** A file of a distribution in a URL. */
function fileOf(name: string): RegExp {
  const spelled = name.split(/[-_.]+/).join('[-_.]+')
  const ending = '(?:-[^/\\s-]+-[^/\\s-]+-[^/\\s-]+\\.whl|\\.tar\\.\\w+|\\.tgz|\\.zip)'
  return new RegExp(`/${spelled}-(v?\\d[^/\\s]*?)${ending}(?=[#\\s]|$)`, 'gim')
}

/** Equal for equal versions (PEP 440), as far as indexes and lists write them differently: `1.0` and `1.0.0`, `1.0rc1` and `1.0.rc1`. */
function plain(version: string): string {
  return version.toLowerCase().replace(/^v/, '').replace(/[-_.](?=[a-z])/g, '').replace(/(?:\.0+)+(?=$|\+|[a-z])/, '')
}

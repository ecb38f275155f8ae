import type { FunctionConfiguration, UpdateFunctionConfigurationCommandInput } from '@aws-sdk/client-lambda'
import { notSet, type FieldDiff } from '../../change.ts'
import type { FunctionSpec } from '../../service/service.ts'
import { markedDescription, mergedVariables, namesRole } from './joined.ts'

type ConfigurationInput = Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName' | 'RevisionId'>

/** One setting that Lambda versions: what the config wants, what a version has, and how it is sent. */
interface Setting {
  /** The config's word for it. */
  readonly field: string
  /**
   * JSON-like; equal settings have equal texts.
   * @param standing what stands in $LATEST: others may have set a part of it
   */
  readonly wanted: (spec: FunctionSpec, roleArn: string, standing: FunctionConfiguration) => unknown
  readonly actual: (configuration: FunctionConfiguration) => unknown
  readonly send: (spec: FunctionSpec, roleArn: string, standing: FunctionConfiguration) => ConfigurationInput
  /** Where the config does not name it, and the function is one that was found, it stays as it is. */
  readonly isNamed?: (spec: FunctionSpec, named: ReadonlySet<string>) => boolean
  /** Whether a version has what is wanted although the two texts differ. */
  readonly isAlike?: (wanted: unknown, actual: unknown) => boolean
  /** Values must not be printed. */
  readonly secret?: boolean
}

/**
 * Every setting with the value that it has in AWS where the config is silent (defaults: CreateFunction in the Lambda API reference, and
 * recorded in test_lambda_api `test_function_lifecycle`), so that what leaves the config goes back to AWS's default.
 */
const settings: readonly Setting[] = [
  // These two belong to the code, which is always written.
  { ...plain('handler', 'Handler', (spec) => spec.code.handler), isNamed: () => true },
  { ...plain('runtime', 'Runtime', (spec) => spec.code.runtime), isNamed: () => true },
  { ...plain('role', 'Role', (_spec, roleArn) => roleArn), isNamed: namesRole },
  {
    ...plain('description', 'Description', (spec) => spec.settings.description ?? ''),
    isAlike: (wanted, actual) => actual === markedDescription(String(wanted)),
  },
  plain('memory-size', 'MemorySize', (spec) => spec.settings.memorySize ?? 128),
  plain('timeout', 'Timeout', (spec) => spec.settings.timeout ?? 3),
  {
    field: 'ephemeral-storage',
    wanted: (spec) => spec.settings.ephemeralStorage ?? 512,
    actual: (configuration) => configuration.EphemeralStorage?.Size ?? 512,
    send: (spec) => ({ EphemeralStorage: { Size: spec.settings.ephemeralStorage ?? 512 } }),
  },
  {
    field: 'environment-variables',
    wanted: (spec, _roleArn, standing) => sorted(mergedVariables(spec, standing)),
    actual: (configuration) => sorted(configuration.Environment?.Variables ?? {}),
    send: (spec, _roleArn, standing) => ({ Environment: { Variables: { ...mergedVariables(spec, standing) } } }),
    isNamed: () => true,
    secret: true,
  },
  {
    field: 'layers',
    wanted: (spec) => spec.settings.layers,
    actual: (configuration) => (configuration.Layers ?? []).map((layer) => layer.Arn),
    send: (spec) => ({ Layers: [...spec.settings.layers] }),
  },
  {
    field: 'vpc',
    wanted: (spec) => [[...spec.settings.vpcSubnetIds].sort(), [...spec.settings.vpcSecurityGroupIds].sort()],
    actual: ({ VpcConfig }) => [[...(VpcConfig?.SubnetIds ?? [])].sort(), [...(VpcConfig?.SecurityGroupIds ?? [])].sort()],
    send: ({ settings: own }) => ({ VpcConfig: { SubnetIds: [...own.vpcSubnetIds], SecurityGroupIds: [...own.vpcSecurityGroupIds] } }),
    isNamed: (_spec, named) => named.has('vpc-subnet-ids'),
  },
  {
    field: 'tracing',
    wanted: (spec) => tracingMode(spec),
    actual: (configuration) => configuration.TracingConfig?.Mode ?? 'PassThrough',
    send: (spec) => ({ TracingConfig: { Mode: tracingMode(spec) } }),
  },
  {
    field: 'log-format',
    wanted: (spec) => logFormat(spec),
    actual: (configuration) => configuration.LoggingConfig?.LogFormat ?? 'Text',
    send: (spec, _roleArn, { LoggingConfig }) => ({ LoggingConfig: { ...keptLogging(spec, LoggingConfig), LogFormat: logFormat(spec) } }),
  },
  {
    field: 'snap-start',
    wanted: (spec) => snapStart(spec),
    actual: (configuration) => configuration.SnapStart?.ApplyOn ?? 'None',
    send: (spec) => ({ SnapStart: { ApplyOn: snapStart(spec) } }),
  },
]

/**
 * All settings as CreateFunction takes them. An empty VPC is left out, because only an update may clear one; and SnapStart where it is off,
 * because not every Region has it.
 */
export function allSettings(spec: FunctionSpec, roleArn: string, standing: FunctionConfiguration = {}): ConfigurationInput {
  const input = merged(settings.filter((setting) => isWritten(setting, spec)).map((setting) => setting.send(spec, roleArn, standing)))
  if (spec.settings.vpcSubnetIds.length === 0) delete input.VpcConfig
  if (snapStart(spec) === 'None') delete input.SnapStart
  return input
}

/**
 * All settings as an update sends them again; also what $LATEST has and the config has not, such as a VPC:
 * UpdateFunctionConfiguration keeps what it is not given, and only empty lists clear a VPC (API reference).
 */
export function allSettingsAgain(spec: FunctionSpec, roleArn: string, latest: FunctionConfiguration): ConfigurationInput {
  return { ...allSettings(spec, roleArn, latest), ...updateInput(spec, roleArn, latest) }
}

/** What settingDiffs compares with. */
interface Goal {
  readonly spec: FunctionSpec
  /** Undefined while the role has yet to be made. */
  readonly roleArn: string | undefined
  /** What is to be kept of a function that was found; left out where it is the configuration itself that is to become right. */
  readonly latest?: FunctionConfiguration
}

/** The settings of a version or of $LATEST that differ from the wanted ones, without the values of secrets. */
export function settingDiffs({ spec, roleArn, latest }: Goal, configuration: FunctionConfiguration): FieldDiff[] {
  const at = { spec, roleArn: roleArn ?? '(created)', latest: latest ?? configuration }
  return differing(at, configuration).flatMap((setting): FieldDiff[] => {
    if (setting.secret === true) return namesDiff(setting, at, configuration)
    return [{ field: setting.field, from: print(setting.actual(configuration)), to: print(wantedOf(setting, at)) }]
  })
}

/** What UpdateFunctionConfiguration must send: only what differs. */
export function updateInput(spec: FunctionSpec, roleArn: string, configuration: FunctionConfiguration): ConfigurationInput | undefined {
  const changed = differing({ spec, roleArn, latest: configuration }, configuration)
  return changed.length === 0 ? undefined : merged(changed.map((setting) => setting.send(spec, roleArn, configuration)))
}

function merged(inputs: readonly ConfigurationInput[]): ConfigurationInput {
  return inputs.reduce<ConfigurationInput>((all, each) => ({ ...all, ...each }), {})
}

/** What settings are compared with. */
interface Wanted {
  readonly spec: FunctionSpec
  readonly roleArn: string
  /** $LATEST, of which a function that was found keeps what the config does not name. */
  readonly latest: FunctionConfiguration
}

function differing(at: Wanted, configuration: FunctionConfiguration): Setting[] {
  return settings.filter((setting) => {
    const [wanted, actual] = [wantedOf(setting, at), setting.actual(configuration)]
    return wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(actual) && setting.isAlike?.(wanted, actual) !== true
  })
}

function wantedOf(setting: Setting, { spec, roleArn, latest }: Wanted): unknown {
  return isWritten(setting, spec) ? setting.wanted(spec, roleArn, latest) : setting.actual(latest)
}

/** Whether the config decides a setting: of a function that was found only those that it names. */
function isWritten({ field, isNamed }: Setting, spec: FunctionSpec): boolean {
  return spec.found === undefined || (isNamed?.(spec, spec.found.named) ?? spec.found.named.has(field))
}

function plain(field: string, key: keyof ConfigurationInput & keyof FunctionConfiguration, wanted: Setting['wanted']): Setting {
  return {
    field,
    wanted,
    actual: (configuration) => configuration[key] ?? (key === 'Description' ? '' : undefined),
    send: (spec, roleArn) => {
      const value = wanted(spec, roleArn, {})
      return value === undefined ? {} : { [key]: value }
    },
  }
}

const withheld = '(value withheld)'

/** Which variables come, go or change, by name; one that changes has neither value. */
function namesDiff(setting: Setting, at: Wanted, configuration: FunctionConfiguration): FieldDiff[] {
  const before = new Map(setting.actual(configuration) as [string, string][])
  const after = new Map(wantedOf(setting, at) as [string, string][])
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort()
  return names.map((name) => {
    const field = `${setting.field} ${name}`
    if (before.has(name) && after.has(name)) return { field }
    return after.has(name) ? { field, to: withheld } : { field, from: withheld }
  })
}

function sorted(variables: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1))
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? notSet
}

function tracingMode(spec: FunctionSpec): 'Active' | 'PassThrough' {
  return spec.settings.tracing === 'active' ? 'Active' : 'PassThrough'
}

/** The group of a log that was found: it is not documented whether an update without it keeps it. */
function keptLogging({ found }: FunctionSpec, standing: FunctionConfiguration['LoggingConfig']): FunctionConfiguration['LoggingConfig'] {
  return found === undefined || standing?.LogGroup === undefined ? {} : { LogGroup: standing.LogGroup }
}

function snapStart(spec: FunctionSpec): 'PublishedVersions' | 'None' {
  return spec.settings.snapStart === true ? 'PublishedVersions' : 'None'
}

function logFormat(spec: FunctionSpec): 'JSON' | 'Text' {
  return spec.settings.logFormat === 'json' ? 'JSON' : 'Text'
}

import type { FunctionConfiguration, UpdateFunctionConfigurationCommandInput } from '@aws-sdk/client-lambda'
import { notSet, type FieldDiff } from '../../change.ts'
import type { FunctionSpec } from '../../service/service.ts'

type ConfigurationInput = Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName' | 'RevisionId'>

/** One setting that Lambda versions: what the config wants, what a version has, and how it is sent. */
interface Setting {
  /** The config's word for it. */
  readonly field: string
  /** JSON-like; equal settings have equal texts. */
  readonly wanted: (spec: FunctionSpec, roleArn: string) => unknown
  readonly actual: (configuration: FunctionConfiguration) => unknown
  readonly send: (spec: FunctionSpec, roleArn: string) => ConfigurationInput
  /** Values must not be printed. */
  readonly secret?: boolean
}

/**
 * Every setting with the value that it has in AWS where the config is silent (defaults: CreateFunction in the Lambda API reference, and
 * recorded in test_lambda_api `test_function_lifecycle`), so that what leaves the config goes back to AWS's default.
 */
const settings: readonly Setting[] = [
  plain('handler', 'Handler', (spec) => spec.code.handler),
  plain('runtime', 'Runtime', (spec) => spec.code.runtime),
  plain('role', 'Role', (_spec, roleArn) => roleArn),
  plain('description', 'Description', (spec) => spec.settings.description ?? ''),
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
    wanted: (spec) => sorted(spec.settings.environmentVariables),
    actual: (configuration) => sorted(configuration.Environment?.Variables ?? {}),
    send: (spec) => ({ Environment: { Variables: { ...spec.settings.environmentVariables } } }),
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
    send: (spec) => ({ LoggingConfig: { LogFormat: logFormat(spec) } }),
  },
]

/** All settings as CreateFunction takes them. An empty VPC is left out, because only an update may clear one. */
export function allSettings(spec: FunctionSpec, roleArn: string): ConfigurationInput {
  const input = merged(settings.map((setting) => setting.send(spec, roleArn)))
  if (spec.settings.vpcSubnetIds.length === 0) delete input.VpcConfig
  return input
}

/**
 * All settings as an update sends them again; also what $LATEST has and the config has not, such as a VPC:
 * UpdateFunctionConfiguration keeps what it is not given, and only empty lists clear a VPC (API reference).
 */
export function allSettingsAgain(spec: FunctionSpec, roleArn: string, latest: FunctionConfiguration): ConfigurationInput {
  return { ...allSettings(spec, roleArn), ...updateInput(spec, roleArn, latest) }
}

/** The settings of a version or of $LATEST that differ from the wanted ones, without the values of secrets. */
export function settingDiffs(spec: FunctionSpec, roleArn: string | undefined, configuration: FunctionConfiguration): FieldDiff[] {
  return differing(spec, roleArn ?? '(created)', configuration).flatMap((setting): FieldDiff[] => {
    if (setting.secret === true) return namesDiff(setting, spec, configuration)
    return [{ field: setting.field, from: print(setting.actual(configuration)), to: print(setting.wanted(spec, roleArn ?? '(created)')) }]
  })
}

/** What UpdateFunctionConfiguration must send: only what differs. */
export function updateInput(spec: FunctionSpec, roleArn: string, configuration: FunctionConfiguration): ConfigurationInput | undefined {
  const changed = differing(spec, roleArn, configuration)
  return changed.length === 0 ? undefined : merged(changed.map((setting) => setting.send(spec, roleArn)))
}

function merged(inputs: readonly ConfigurationInput[]): ConfigurationInput {
  return inputs.reduce<ConfigurationInput>((all, each) => ({ ...all, ...each }), {})
}

function differing(spec: FunctionSpec, roleArn: string, configuration: FunctionConfiguration): Setting[] {
  return settings.filter((setting) => {
    const wanted = setting.wanted(spec, roleArn)
    return wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(setting.actual(configuration))
  })
}

function plain(field: string, key: keyof ConfigurationInput & keyof FunctionConfiguration, wanted: Setting['wanted']): Setting {
  return {
    field,
    wanted,
    actual: (configuration) => configuration[key] ?? (key === 'Description' ? '' : undefined),
    send: (spec, roleArn) => {
      const value = wanted(spec, roleArn)
      return value === undefined ? {} : { [key]: value }
    },
  }
}

const withheld = '(value withheld)'

/** Which variables come, go or change, by name; one that changes has neither value. */
function namesDiff(setting: Setting, spec: FunctionSpec, configuration: FunctionConfiguration): FieldDiff[] {
  const before = new Map(setting.actual(configuration) as [string, string][])
  const after = new Map(setting.wanted(spec, '') as [string, string][])
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

function logFormat(spec: FunctionSpec): 'JSON' | 'Text' {
  return spec.settings.logFormat === 'json' ? 'JSON' : 'Text'
}

/** What a version is configured with, defaults filled in. Objects with optional members stand as the service model shapes them. */
export interface Configuration {
  readonly Description: string
  readonly Role: string
  readonly Runtime: string | undefined
  readonly Handler: string | undefined
  readonly Timeout: number
  readonly MemorySize: number
  readonly EphemeralStorage: { readonly Size: number }
  readonly PackageType: string
  readonly Architectures: readonly string[]
  readonly TracingConfig: { readonly Mode: string }
  readonly LoggingConfig: LoggingConfig
  readonly SnapStart: { readonly ApplyOn: string }
  readonly Layers: readonly LayerReference[]
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> } | undefined
  readonly VpcConfig: Readonly<Record<string, unknown>> | undefined
  readonly DeadLetterConfig: Readonly<Record<string, unknown>> | undefined
  readonly KMSKeyArn: string | undefined
  readonly FileSystemConfigs: readonly unknown[] | undefined
}

export interface LoggingConfig {
  readonly LogFormat: string
  readonly LogGroup: string
  readonly ApplicationLogLevel?: string
  readonly SystemLogLevel?: string
}

export interface LayerReference {
  readonly Arn: string
  readonly CodeSize: number
}

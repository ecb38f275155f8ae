import { readFileSync } from 'node:fs'
import type { Configuration } from '../configuration.ts'

/** One invocation as its log lines tell it; times in milliseconds. */
export interface Invocation {
  readonly configuration: Configuration
  readonly requestId: string
  readonly version: string
  readonly runtimeVersionArn: string
  /** Absent for a warm start. */
  readonly initMs: number | undefined
  readonly durationMs: number
  readonly memoryMb: number
  readonly status: 'success' | 'error' | 'timeout'
}

/** Before the first request of a process (test_multi_line_prints). */
export function initLine({ configuration, runtimeVersionArn }: Pick<Invocation, 'configuration' | 'runtimeVersionArn'>): string {
  const version = (configuration.Runtime ?? '').replace(/^(python|nodejs)(.*?)(\.x)?$/, '$1:$2')
  if (isJson(configuration)) {
    return platformLine('initStart', { initializationType: 'on-demand', phase: 'init', runtimeVersion: `${version}.v1`, runtimeVersionArn })
  }
  return `INIT_START Runtime Version: ${version}.v1\tRuntime Version ARN: ${runtimeVersionArn}\n`
}

/** test_invocation_with_logs */
export function startLine({ configuration, requestId, version }: Pick<Invocation, 'configuration' | 'requestId' | 'version'>): string {
  if (isJson(configuration)) return platformLine('start', { requestId, version })
  return `START RequestId: ${requestId} Version: ${version}\n`
}

/** END and REPORT (test_invocation_type_event_error); in JSON one record, as the developer guide shows platform.report. */
export function endLines({ configuration, requestId, initMs, durationMs, memoryMb, status }: Invocation): string[] {
  const billed = Math.ceil(durationMs)
  if (isJson(configuration)) {
    const metrics = {
      durationMs: round(durationMs),
      billedDurationMs: billed,
      memorySizeMB: configuration.MemorySize,
      maxMemoryUsedMB: memoryMb,
      ...(initMs !== undefined && { initDurationMs: round(initMs) }),
    }
    return [platformLine('report', { requestId, metrics, status })]
  }
  const init = initMs === undefined ? '' : `Init Duration: ${initMs.toFixed(2)} ms\t`
  const timeout = status === 'timeout' ? 'Status: timeout' : ''
  const sizes = `Memory Size: ${configuration.MemorySize} MB\tMax Memory Used: ${memoryMb} MB`
  const durations = `Duration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billed} ms`
  const report = `REPORT RequestId: ${requestId}\t${durations}\t${sizes}\t${init}${timeout}\n`
  return [`END RequestId: ${requestId}\n`, report]
}

/** Most memory that a process has used, in MB; 0 where the machine does not tell. */
export function peakMemoryMb(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.ceil(Number(kilobytes) / 1024)
  } catch {
    return 0
  }
}

function platformLine(type: string, record: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record })}\n`
}

function isJson({ LoggingConfig }: Configuration): boolean {
  return LoggingConfig.LogFormat === 'JSON'
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}

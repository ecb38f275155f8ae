import type { Stage, StageSettings } from '../api-gateway/state.ts'

/** The settings that the invoke URL serves at `now` (virtual milliseconds); undefined for a stage too young. */
export function servedSettings(stage: Stage, now: number): StageSettings | undefined {
  return stage.history.findLast(({ from }) => from <= now)?.settings
}

/** Deployment and variables for one request; the canary takes its share by chance, without memory (developer guide, canary release). */
export function chooseSide(
  settings: StageSettings,
  random: number,
): { readonly deploymentId: string; readonly variables: Readonly<Record<string, string>> | undefined; readonly isCanary: boolean } {
  const { canarySettings: canary, variables, deploymentId } = settings
  if (canary === undefined || random * 100 >= canary.percentTraffic) return { deploymentId, variables, isCanary: false }
  const overridden = canary.stageVariableOverrides === undefined ? variables : { ...variables, ...canary.stageVariableOverrides }
  return { deploymentId: canary.deploymentId, variables: overridden, isCanary: true }
}

/**
 * `${stageVariables.name}` replaced; a variable that is not set is empty (recorded: test_import_with_stage_variables, the failing call).
 */
export function withVariables(text: string, variables: Readonly<Record<string, string>> | undefined): string {
  return text.replaceAll(/\$\{stageVariables\.([A-Za-z0-9_]+)\}/g, (_, name: string) => variables?.[name] ?? '')
}

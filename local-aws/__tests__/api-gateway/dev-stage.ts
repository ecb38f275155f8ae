import { beforeEach } from '@jest/globals'
import { newCaller, newStage, type Caller } from './caller.ts'

/** What every test of a file that imports this starts with: a stage `dev` of its own, which serves one MOCK method. */
export let caller: Caller
export let at: { restApiId: string; stageName: string }
export let deploymentId: string
beforeEach(async () => {
  caller = await newCaller()
  const stage = await newStage(caller)
  at = { restApiId: stage.restApiId, stageName: stage.stageName }
  deploymentId = stage.deploymentId
})

export type Op = readonly [op: string, path: string, value?: string | undefined, from?: string]
const patches = (...ops: Op[]) => ({ ...at, patchOperations: ops.map(([op, path, value, from]) => ({ op, path, value, from })) })
export const update = (...ops: Op[]) => caller.call('UpdateStage', patches(...ops))
export const refusal = (...ops: Op[]) => caller.refusal('UpdateStage', patches(...ops))
export const notThere = (name: string) => `400 BadRequestException: Cannot remove method setting ${name} because there is no method setting for this method `

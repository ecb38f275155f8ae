import { describe, expect, test } from '@jest/globals'
import { at, caller, deploymentId, notThere, refusal, update, type Op } from './dev-stage.ts'

describe('canary', () => {
  test('is made by its first patch, from the stage\'s own deployment', async () => {
    expect(await update(['replace', '/canarySettings/percentTraffic', '50.0'])).toHaveProperty('canarySettings', {
      deploymentId,
      percentTraffic: 50,
      useStageCache: false,
    })
    expect((await update(['remove', '/canarySettings'])).canarySettings).toBeUndefined()
    const { id } = await caller.call('CreateDeployment', { restApiId: at.restApiId })
    expect(await update(['replace', '/canarySettings/deploymentId', String(id)])).toMatchObject({
      deploymentId,
      canarySettings: { deploymentId: id, percentTraffic: 0 },
    })
  })

  test('is promoted by copies, which merge variables and leave the canary', async () => {
    const { id } = await caller.call('CreateDeployment', { restApiId: at.restApiId })
    await update(
      ['replace', '/variables/kept', 'yes'],
      ['replace', '/canarySettings/deploymentId', String(id)],
      ['replace', '/canarySettings/percentTraffic', '50'],
      ['replace', '/canarySettings/stageVariableOverrides/testVar', 'override'],
    )
    const promoted = await update(
      ['replace', '/canarySettings/percentTraffic', '0.0'],
      ['copy', '/variables', undefined, '/canarySettings/stageVariableOverrides'],
      ['copy', '/deploymentId', undefined, '/canarySettings/deploymentId'],
    )
    expect(promoted).toMatchObject({
      deploymentId: id,
      variables: { testVar: 'override', kept: 'yes' },
      canarySettings: { deploymentId: id, percentTraffic: 0, stageVariableOverrides: { testVar: 'override' } },
    })
  })

  test.each([
    [['copy', '/deploymentId', undefined, '/canarySettings/deploymentId'], '400 BadRequestException: Promotion not available. Canary does not exist.'],
    [
      ['copy', '/canarySettings/stageVariableOverrides', undefined, '/variables'],
      '400 BadRequestException: Invalid copy operation with path: /canarySettings/stageVariableOverrides and from /variables. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
    ],
    [['remove', '/canarySettings/stageVariableOverrides'], notThere('canarySettings/stageVariableOverrides')],
    [['remove', '/canarySettings/badPath'], notThere('canarySettings/badPath')],
    [['replace', '/canarySettings', 'x'], /^400 BadRequestException: Invalid method setting path: \/canarySettings\. Must/],
    [['replace', '/canarySettings/badPath', 'x'], /^400 BadRequestException: Invalid method setting path: \/canarySettings\/badPath\. Must/],
    [['add', '/canarySettings/deploymentId', 'x'], '400 BadRequestException: Invalid add operation with path: /canarySettings/deploymentId'],
    [['replace', '/canarySettings/deploymentId', 'zzz'], '400 BadRequestException: Deployment id does not exist'],
    [['replace', '/canarySettings/percentTraffic', '101'], /^400 BadRequestException/],
  ] as [Op, string | RegExp][])('refuses %j', async (op, text) => {
    const said = await refusal(op)
    if (typeof text === 'string') expect(said).toBe(text)
    else expect(said).toMatch(text)
  })

  test('comes with a new stage too', async () => {
    const canarySettings = { deploymentId, percentTraffic: 50, stageVariableOverrides: { testVar: 'canary' } }
    const stage = await caller.call('CreateStage', { restApiId: at.restApiId, stageName: 's1', deploymentId, canarySettings })
    expect(stage.canarySettings).toEqual({ ...canarySettings, useStageCache: false })
    expect(await caller.call('GetStage', { restApiId: at.restApiId, stageName: 's1' })).toHaveProperty('canarySettings', stage.canarySettings)
  })
})

import { beforeEach, describe, expect, test } from '@jest/globals'
import { newApi, newCaller, type Caller } from './caller.ts'

let caller: Caller
let restApiId: string
let rootId: string
let petsId: string
beforeEach(async () => {
  caller = await newCaller()
  ;({ restApiId, rootId, petsId } = await newApi(caller))
})

async function create(parentId: string, pathPart: string): Promise<string> {
  return String((await caller.call('CreateResource', { restApiId, parentId, pathPart })).id)
}

describe('CreateResource', () => {
  test('answers as recorded', async () => {
    const resource = await caller.call('CreateResource', { restApiId, parentId: petsId, pathPart: '{id}' })
    expect(resource).toEqual({ id: expect.stringMatching(/^[a-z0-9]{6}$/), parentId: petsId, pathPart: '{id}', path: '/pets/{id}' })
  })

  test.each(['a.b_c-1', 'a:b', 'a,b', '{id}', '{proxy+}', '{a.b}'])('takes %s', async (pathPart) => {
    expect(await create(petsId, pathPart)).toMatch(/./)
  })

  test.each(['{id}.html', 'x{id}', ':id', 'a b', 'ä', '{}', '{id', 'a/b'])('refuses %s', async (pathPart) => {
    const refusal = await caller.refusal('CreateResource', { restApiId, parentId: petsId, pathPart })
    expect(refusal).toMatch(/^400 BadRequestException: Resource's path part only allow a-zA-Z0-9/)
  })

  test('refuses an empty part, a twin, a second variable, a child of a greedy one and an unknown parent', async () => {
    const refusal = (parentId: string, pathPart: string) => caller.refusal('CreateResource', { restApiId, parentId, pathPart })
    expect(await refusal(petsId, '')).toBe("400 BadRequestException: Resource's path part must be specified")
    expect(await refusal(rootId, 'pets')).toBe('409 ConflictException: Another resource with the same parent already has this name: pets')
    await create(petsId, '{id}')
    expect(await refusal(petsId, '{proxy+}')).toBe(
      '400 BadRequestException: A sibling ({id}) of this resource already has a variable path part -- only one is allowed',
    )
    const greedy = await create(rootId, '{proxy+}')
    expect(await refusal(greedy, 'x')).toBe('400 BadRequestException: Cannot create a child of a resource with a greedy path variable: {proxy+}')
    expect(await refusal('nobody', 'x')).toBe('404 NotFoundException: Invalid Resource identifier specified')
  })

  test('stops at 300 resources with a refusal that no retry cures', async () => {
    for (let number = 2; number < 300; number += 1) await create(rootId, `r${number}`)
    expect(await caller.refusal('CreateResource', { restApiId, parentId: rootId, pathPart: 'one-more' })).toBe(
      '429 LimitExceededException: Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.',
    )
  })
})

describe('GetResources', () => {
  test('shows methods only when asked', async () => {
    const bare = (await caller.call('GetResources', { restApiId })).items as { id: string; resourceMethods?: object }[]
    expect(bare.find(({ id }) => id === petsId)?.resourceMethods).toEqual({ GET: {} })
    expect(bare.find(({ id }) => id === rootId)?.resourceMethods).toBeUndefined()
    const full = (await caller.call('GetResources', { restApiId, embed: ['methods'] })).items as { id: string; resourceMethods?: object }[]
    expect(full.find(({ id }) => id === petsId)?.resourceMethods).toMatchObject({ GET: { authorizationType: 'NONE', methodIntegration: { type: 'MOCK' } } })
  })

  test('pages by limit and position, 500 at most', async () => {
    for (let number = 0; number < 28; number += 1) await create(rootId, `r${number}`)
    const first = await caller.call('GetResources', { restApiId })
    expect(first.items).toHaveLength(25)
    expect((await caller.call('GetResources', { restApiId, position: first.position })).items).toHaveLength(5)
    expect((await caller.call('GetResources', { restApiId, limit: 500 })).items).toHaveLength(30)
    expect(await caller.refusal('GetResources', { restApiId, position: 'nonsense' })).toMatch(/^400 BadRequestException/)
  })
})

describe('UpdateResource', () => {
  const patch = (resourceId: string, ...[op, path, value]: [string, string, string?]) => ({ restApiId, resourceId, patchOperations: [{ op, path, value }] })

  test('renames and moves with all that is below', async () => {
    const child = await create(petsId, '{id}')
    await caller.call('UpdateResource', patch(petsId, 'replace', '/pathPart', 'dogs'))
    expect(await caller.call('GetResource', { restApiId, resourceId: child })).toHaveProperty('path', '/dogs/{id}')
    expect(await caller.call('UpdateResource', patch(child, 'replace', '/parentId', rootId))).toHaveProperty('path', '/{id}')
  })

  test('applies all its patches or none', async () => {
    const patchOperations = [{ op: 'replace', path: '/pathPart', value: 'dogs' }, { op: 'replace', path: '/pathPart', value: 'a b' }]
    expect(await caller.refusal('UpdateResource', { restApiId, resourceId: petsId, patchOperations })).toMatch(/^400 BadRequestException/)
    expect(await caller.call('GetResource', { restApiId, resourceId: petsId })).toHaveProperty('path', '/pets')
  })

  test('refuses as recorded', async () => {
    const child = await create(petsId, 'sub')
    const cases: [string, string, string, string | undefined, string][] = [
      [petsId, 'replace', '/invalid', 'x', "400 BadRequestException: Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"],
      [petsId, 'remove', '/pathPart', undefined, "400 BadRequestException: Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations"],
      [petsId, 'replace', '/parentId', child, '400 BadRequestException: Resources cannot be cyclical.'],
      [petsId, 'replace', '/parentId', 'nobody', '404 NotFoundException: Invalid Resource identifier specified'],
      [rootId, 'replace', '/pathPart', 'x', '400 BadRequestException: Root resource cannot update its pathPart.'],
      [rootId, 'replace', '/parentId', child, '400 BadRequestException: Root resource cannot update its parentId.'],
      ['nobody', 'replace', '/pathPart', 'x', '404 NotFoundException: Invalid Resource identifier specified'],
    ]
    for (const [id, op, path, value, text] of cases) expect(await caller.refusal('UpdateResource', patch(id, op, path, value))).toBe(text)
  })
})

test('DeleteResource takes the subtree, never the root', async () => {
  const child = await create(petsId, 'sub')
  await caller.call('DeleteResource', { restApiId, resourceId: petsId })
  expect(await caller.refusal('GetResource', { restApiId, resourceId: child })).toBe('404 NotFoundException: Invalid Resource identifier specified')
  expect((await caller.call('GetResources', { restApiId })).items).toHaveLength(1)
  expect(await caller.refusal('DeleteResource', { restApiId, resourceId: rootId })).toMatch(/^400 BadRequestException/)
})

import { describe, expect, test } from '@jest/globals'
import { planLines, planTable } from '../../src/render/plan.ts'
import { change, hostile, result } from './sample.ts'

describe('a plan as lines', () => {
  test('by phase, aligned, with what differs', () => {
    expect(planLines(result().plan)).toEqual([
      'Plan: 1 to create, 2 to update, 1 to delete, 1 unchanged',
      '  what callers notice',
      '    - route  GET /old              not in the config any more',
      '    + route  GET /greeting/{name}  missing',
      '  prepare, unnoticed by callers',
      '    ~ function  greeting            the configuration differs',
      '        memory-size                       128 -> 256',
      '        environment-variables STRIPE_KEY  value differs (withheld)',
      '        description                       -> greets',
      '    = role      greeting-eu-west-1',
      '  go live',
      '    ~ stage  prod  a new release',
      '        deployment  dep0 -> dep1',
    ])
  })

  test('what is kept is folded when it is much', () => {
    const kept = [...Array.from({ length: 12 }, (_, index) => change('keep', `route GET /${index}`)), change('keep', 'policy p'), change('keep', 'policy q')]
    expect(planLines([...kept, change('create', 'function f')])).toEqual([
      'Plan: 1 to create, 14 unchanged',
      '  prepare, unnoticed by callers',
      '    + function  f  missing',
      '    = 14 unchanged: 12 routes, 2 policies',
    ])
  })

  test('what the config no longer asks for is named however much is kept', () => {
    const kept = Array.from({ length: 12 }, (_, index) => change('keep', `route GET /${index}`))
    const plan = [...kept, { ...change('keep', 'function report'), reason: 'a release has it', leftover: true }]
    expect(planLines(plan)).toEqual([
      'Plan: 13 unchanged', '  prepare, unnoticed by callers', '    = function  report  a release has it', '    = 12 unchanged: 12 routes',
    ])
    expect(planTable(plan)).toContain('<td>keep function</td><td><code>report</code></td>')
  })

  test('newcomer 4: changes of slots that say the same are one row of a summary', () => {
    const slots = ['a', 'b'].flatMap((slot) => [change('create', `alias f:prod-${slot}`), change('create', `permission f:prod-${slot}`)])
    const page = planTable([...slots, change('update', 'alias g:prod-a', { fields: [{ field: 'version', from: '1', to: '2' }] })])
    expect(page.match(/<td>(?:create|update) [^<]*<\/td><td>.*?<\/td>/g)).toEqual([
      '<td>create 2 aliases</td><td><code>f:prod-a</code> <code>f:prod-b</code></td>',
      '<td>create 2 permissions</td><td><code>f:prod-a</code> <code>f:prod-b</code></td>',
      '<td>update alias</td><td><code>g:prod-a</code></td>',
    ])
  })

  test('newcomer 1.7: what goes comes first and by name, also an empty resource that stands in the way', () => {
    const deletes = ['route GET /r21', 'route GET /r1', 'resource /r/{id}'].map((what) => change('delete', what))
    expect(planLines([change('create', 'route GET /new'), ...deletes])).toEqual([
      'Plan: 1 to create, 3 to delete',
      '  what callers notice',
      '    - route  GET /r1   missing',
      '    - route  GET /r21  missing',
      '    + route  GET /new  missing',
      '  prepare, unnoticed by callers',
      '    - resource  /r/{id}  missing',
    ])
    expect(planTable(deletes)).toContain('<td><b>delete route</b></td>')
  })

  test('issue 13.2: what goes for good stands above what is made, whenever it is done; what each release leaves behind stands last', () => {
    const plan = [
      change('create', 'alias f:prod-b'), change('create', 'route GET /new'), change('delete', 'function monthly', { phase: 'prune' }),
      change('delete', 'version f:3', { phase: 'prune' }), change('delete', 'role monthly', { phase: 'prune' }), change('delete', 'route GET /old'),
    ]
    const titled = planTable(plan).match(/(?<=colspan="3">)[^<]+|(?<=<code>)[^<]+/g)
    const order = [
      'what callers notice', 'GET /old', 'GET /new', 'removed for good, at the end', 'monthly', 'monthly',
      'prepare, unnoticed by callers', 'f:prod-b', 'tidy up, what no release needs', 'f:3',
    ]
    expect(titled).toEqual(order)
    expect(planLines(plan).slice(1).map((line) => line.split(/ {2,}/))).toEqual(order.map((word) => expect.arrayContaining([word])))
  })

  test('a stage that is removed is what callers notice, and what goes with it stands in the order in which it goes', () => {
    const plan = [change('delete', 'function f', { phase: 'prune' }), change('delete', 'stage prod', { phase: 'go live' }), change('delete', 'alias f:prod-a', { phase: 'prune' })]
    expect(planLines(plan).slice(1)).toEqual([
      '  what callers notice', '    - stage  prod  missing', '  removed with it', '    - alias     f:prod-a  missing', '    - function  f         missing',
    ])
  })

  test('what a slot is stands below a table that names one, and nowhere else', () => {
    const moves = change('update', 'alias f:prod-b', { reason: 'the idle slot takes the version that goes live' })
    expect(planTable([moves])).toMatch(/<p><sub>A slot is one of two aliases [^<]*<\/sub><\/p>$/)
    expect(planTable([change('create', 'route GET /slot')])).not.toContain('<sub>')
  })

  test('an entry that stands for several', () => {
    const kept = [change('keep', 'route all', { count: 12 }), ...Array.from({ length: 3 }, (_, index) => change('keep', `alias f:prod-${index}`))]
    expect(planLines(kept)).toEqual(['Plan: 15 unchanged', '  prepare, unnoticed by callers', '    = 15 unchanged: 12 routes, 3 aliases'])
    expect(planLines(kept.slice(0, 1))).toEqual(['Plan: 12 unchanged', '  prepare, unnoticed by callers', '    = route  all 12'])
  })

  test('a change of a function whose name is a number is one change', () => {
    expect(planLines([{ ...change('update', 'x'), kind: 'function tags', name: '2025' }])[0]).toBe('Plan: 1 to update')
  })

  test('an empty plan', () => {
    expect(planLines([])).toEqual(['Plan: nothing to do'])
    expect(planTable([])).toBe('')
  })

  test.each(hostile)('%j stays on its line and starts no workflow command', (value) => {
    const lines = planLines([change('update', `route ${value}`, { reason: value, fields: [{ field: 'f', from: value, to: value }] })])
    expect(lines).toHaveLength(4)
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

describe('a plan as a table', () => {
  test('changes with their reason and fields, and the number of what is kept', () => {
    const text = planTable(result().plan)
    expect(text).toContain('<tr><td>update function</td><td><code>greeting</code></td><td>the configuration differs<br>memory-size <code>128</code> → <code>256</code><br>')
    expect(text).toContain('<br>description → <code>greets</code></td>')
    expect(text).toMatch(/\n\n<p>1 unchanged: 1 role<\/p>$/)
  })

  test('300 routes are cut, and their number is told', () => {
    const text = planTable(Array.from({ length: 300 }, (_, index) => change('create', `route GET /${index}`)))
    expect(text.match(/<tr>/g)).toHaveLength(102)
    expect(text).toContain('and 200 more; the log lists them all</th>')
    const both = planTable([...Array.from({ length: 300 }, (_, index) => change('create', `route GET /${index}`)), change('create', 'function f')])
    expect(both).toContain('<td>create function</td>')
  })
})

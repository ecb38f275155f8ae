import { describe, expect, test } from '@jest/globals'
import { failureLines, failureMarkdown, resultLines, resultMarkdown } from '../../src/render/index.ts'
import { resultSentence } from '../../src/render/result.ts'
import { change, hostile, result } from './sample.ts'

/** The tags that rendering itself writes; anything else in the page came from a value. */
const ownTags = /<\/?(h2|table|tr|th|td|code|pre|br|p|b|sub|ul|li|details|summary|a)( href="https?:\/\/[^"<>]*")?>/g

describe('a result', () => {
  test('as lines', () => {
    expect(resultLines(result({ notes: ['the log group stays'] }), 3.77)).toEqual([
      'greeting on prod: Release 4 is live with 4 changes (3.8 s)',
      '  https://abc123.execute-api.eu-west-1.amazonaws.com/prod',
      '  function greeting  version 3 → 4  1.2 MB, sha256 q1V0Yw0nQbcK…',
      '  access log /aws/apigateway/greeting-abc123/prod',
      '  note: the log group stays',
    ])
  })

  test.each([
    [{ changed: false }, 'Nothing changed, nothing was written (3.8 s)'],
    [{ command: 'plan', changed: false }, 'Planned: nothing would change (3.8 s)'],
    [{ command: 'plan' }, 'Planned: 1 to create, 2 to update, 1 to delete, 1 unchanged (3.8 s)'],
    [{ command: 'destroy' }, 'Removed with 4 changes (3.8 s)'],
  ])('%j in one sentence', (more, sentence) => {
    expect(resultSentence(result(more), 3.77)).toBe(sentence)
  })

  test('long times in minutes', () => {
    expect(resultSentence(result(), 119.7)).toBe('Release 4 is live with 4 changes (2 min 0 s)')
  })

  test('newcomer 4: its page shows the address before anything else, and links what a browser can open', () => {
    const page = resultMarkdown(result(), 3.77)
    expect(page.split('\n').filter((line) => line !== '').slice(0, 3)).toEqual([
      '<h2>greeting on prod</h2>',
      '<p><b><code>https://abc123.execute-api.eu-west-1.amazonaws.com/prod</code> · <a href="https://abc123.execute-api.eu-west-1.amazonaws.com/prod/greeting"><code>/greeting</code></a></b></p>',
      '<p>Release 4 is live with 4 changes (3.8 s).</p>',
    ])
    expect(page).toContain('<a href="https://abc123.execute-api.eu-west-1.amazonaws.com/prod/greeting"><code>/greeting</code></a>')
    expect(page).toContain('<td><code>/greeting/{name}</code></td>')
  })

  test.each([
    ['/ has a route', [{ method: 'ANY', path: '/', function: 'f' }], /<b><a href="[^"]*\/prod">/],
    ['no page can be opened', [{ method: 'POST', path: '/x', function: 'f' }, { method: 'GET', path: '/{id}', function: 'f' }], /<b><code>[^<]*\/prod<\/code><\/b>/],
  ])('the address links a route that answers: %s', (_what, routes, shown) => expect(resultMarkdown(result({ routes }), 1)).toMatch(shown))

  test('a plan says that it is one, and which version would follow', () => {
    const page = resultMarkdown(result({ command: 'plan', functions: [{ name: 'greeting', previousVersion: '3' }] }), 1)
    expect(page).toMatch(/^<h2>Plan: greeting on prod<\/h2>/)
    expect(page).toContain('version 3 → (new)')
  })

  test('newcomer 4: its page says in which account and Region, and of which commit', () => {
    const account = { accountId: '123456789012', partition: 'aws', region: 'eu-west-1' }
    const page = resultMarkdown(result({ account, commit: 'a1b2c3d4e5f6' }), 1)
    expect(page).toContain('with 4 changes (1.0 s).<br>account <code>123456789012</code> · eu-west-1 · commit <code>a1b2c3d</code></p>')
  })

  test('newcomer 4: its page links the console on AWS, and nowhere else', () => {
    const account = { accountId: '123456789012', partition: 'aws', region: 'eu-west-1' }
    const page = resultMarkdown(result({ account }), 1)
    const home = 'https://eu-west-1.console.aws.amazon.com'
    expect(page).toContain(`<a href="${home}/lambda/home?region=eu-west-1#/functions/greeting"><code>greeting</code></a>`)
    expect(page).toContain(`<a href="${home}/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Fapigateway$252Fgreeting-abc123$252Fprod">`)
    const elsewhere = [{ account, invokeUrl: 'http://127.0.0.1:4566/restapis/a/prod/_user_request_' }, { account: { ...account, partition: 'aws-cn' } }]
    for (const each of elsewhere) expect(resultMarkdown(result(each), 1)).not.toContain('console.')
  })

  test('a plan of nothing, and a run that ended without routes or functions', () => {
    const page = resultMarkdown(result({ command: 'destroy', changed: false, functions: [], routes: [], timings: [], plan: [] }), 1)
    expect(page).not.toContain('<table>')
  })

  test('many routes are folded away', () => {
    const routes = Array.from({ length: 301 }, (_, index) => ({ method: 'GET', path: `/${index}`, function: 'f' }))
    expect(resultMarkdown(result({ routes }), 1)).toMatch(/<details><summary>301 routes<\/summary>\n<table>(.|\n)*<\/table>\nand 1 more\n<\/details>/)
  })

  test('the kept releases are listed, so that a rollback can be told one', () => {
    const versions = [{ name: 'read', version: '7' }, { name: 'book', version: '3' }]
    const many = Array.from({ length: 7 }, (_each, index) => ({ name: `f${index}`, version: '1' }))
    const page = resultMarkdown(result({
      releases: [
        { number: 9, commit: '3f9a1c2', wentLiveAt: 1_796_052_711, state: 'live', versions },
        { number: 8, commit: '', wentLiveAt: 0, state: 'held', versions: many },
      ],
    }), 1)
    expect(page).toContain('<td>9</td><td><code>3f9a1c2</code></td><td>2026-11-30T15:31:51Z</td><td><code>read:7</code> <code>book:3</code></td><td>live</td>')
    expect(page).toContain('<td>8</td><td></td><td></td><td>7 functions</td><td>held</td>')
    const linked = resultMarkdown(result({ commit: 'a1b2c3d4e5', repositoryUrl: 'https://github.com/acme/shop', releases: [{ number: 9, commit: '3f9a1c2', wentLiveAt: 0, state: 'live', versions }] }), 1)
    expect(linked).toContain('<td>9</td><td><a href="https://github.com/acme/shop/commit/3f9a1c2"><code>3f9a1c2</code></a></td>')
    expect(linked).toContain('commit <a href="https://github.com/acme/shop/commit/a1b2c3d4e5"><code>a1b2c3d</code></a>')
  })

  test('a plan lists them in the log, too', () => {
    const releases = [{ number: 10, commit: '', wentLiveAt: 0, state: 'live', versions: [] }, { number: 9, commit: '3f9a1c2', wentLiveAt: 1_796_052_711, state: 'held', versions: [{ name: 'read', version: '7' }] }] as const
    expect(resultLines(result({ command: 'plan', releases }), 1)).toEqual(expect.arrayContaining(['  release 10  live', '  release 9   held  3f9a1c2  2026-11-30T15:31:51Z  read:7']))
  })

  test.each(hostile)('%j breaks out of nothing', (value) => {
    const routes = [{ method: value, path: value, function: value, url: value }]
    const functions = [{ name: value, version: value, previousVersion: `${value}2`, packageSha256: value }]
    const plan = [change('create', `route ${value}`, { reason: value, fields: [{ field: value, from: value, to: value }] })]
    const releases = [{ number: 1, commit: value, wentLiveAt: 1, state: 'live', versions: [{ name: value, version: value }] }] as const
    const all = { service: value, stage: value, invokeUrl: value, accessLogGroup: value, notes: [value], routes, functions, plan, releases }
    const page = resultMarkdown(result({ ...all, timings: [{ part: value, seconds: 1 }] }), 1)
    expect(page.replaceAll(ownTags, '')).not.toMatch(/[<>]/)
    expect(page.split('\n').filter((line) => !/^(<|$|and 1 more$)/.test(line))).toEqual([])
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

describe('a failure', () => {
  const text = {
    what: 'memory-size is 64',
    why: 'Lambda takes 128 to 10,240 MB',
    cure: 'Write `128` or more',
    docs: 'config.md#memory-size',
    place: { file: 'lambda-api.yml', line: 4 },
  }

  test('as lines, with the whole address of the docs', () => {
    expect(failureLines(text, 'https://example.com/docs')).toEqual([
      'memory-size is 64',
      'Where: lambda-api.yml:4',
      'Why: Lambda takes 128 to 10,240 MB',
      'Cure: Write `128` or more',
      'Docs: https://example.com/docs/config.md#memory-size',
    ])
  })

  test.each([
    ['config.md#memory-size', undefined, 'docs/config.md#memory-size'],
  ])('the page %s below %s is %s', (docs, docsUrl, shown) => {
    expect(failureLines({ what: 'no', docs }, docsUrl)).toEqual(['no', `Docs: ${shown}`])
  })

  test('its page has every error with its place, and what was done by then', () => {
    const page = failureMarkdown({ errors: [text, { what: 'no\nhandler <x>' }], done: [change('create', 'role r')], docsUrl: 'https://example.com/docs' })
    expect(page).toContain('<h2>2 errors</h2>')
    expect(page).toContain('<p><b>memory-size is 64</b><br>Where: <code>lambda-api.yml:4</code><br>')
    expect(page).toContain('<br>Cure: Write <code>128</code> or more<br>')
    expect(page).toContain('<pre><code>handler &lt;x&gt;</code></pre>')
    expect(page).toContain('1 change had been made by then')
  })

  test.each([
    ['prepare', 'Callers get what they got before.'],
    ['go live', 'What was to go live is live; what came after it is not done.'],
  ] as const)('newcomer 4: its page names the service and says what callers get after a change of phase %s', (phase, callersGet) => {
    const page = failureMarkdown({ errors: [text], subject: 'hello on prod', done: [change('update', 'stage prod', { phase })] })
    expect(page).toContain('<h2>hello on prod: failed</h2>')
    expect(page).toContain(`<p>${callersGet}</p>`)
  })

  test.each(hostile)('%j breaks out of nothing', (value) => {
    const page = failureMarkdown({ subject: value, errors: [{ what: value, why: value, cure: value, docs: value, place: { file: value } }], done: [change('create', `role ${value}`)] })
    expect(page.replaceAll(ownTags, '')).not.toMatch(/[<>]/)
    expect(page.split('\n').filter((line) => !/^(<|$|and 1 more$)/.test(line))).toEqual([])
  })
})

import { describe, expect, test } from '@jest/globals'
import {
  deployingComment, failureComment, goneComment, planMarkdown, resultComment, saysTheSame, tellsLive, type CommentHead,
} from '../../src/render/index.ts'
import { change, hostile, result } from './sample.ts'

const head: CommentHead = { service: 'shop-pr-7', stage: 'preview', commit: 'a1b2c3d4e5', repositoryUrl: 'https://github.com/acme/shop' }
const commit = 'commit <a href="https://github.com/acme/shop/commit/a1b2c3d4e5"><code>a1b2c3d</code></a>'
const foot = { seconds: 12.34, runUrl: 'https://github.com/acme/shop/actions/runs/42' }
const text = { what: 'memory-size is 64', why: 'Lambda takes 128 to 10,240 MB', cure: 'Write `128` or more', docs: 'config.md#memory-size' }
const live = resultComment(head, result({ stage: 'preview' }), foot)

test('of what is live: state, address, changes, functions, routes, and the log of the run at its end', () => {
  expect(live.split('\n').filter((line) => line !== '').slice(0, 4)).toEqual([
    '<h3>shop-pr-7 on preview</h3>', `<p><b>Live</b> with ${commit}</p>`, '<!-- since the last success -->', expect.stringContaining('https://abc123'),
  ])
  expect(live).toContain('Release 4 is live with 4 changes.')
  expect(live.trim().split('\n').at(-1)).toBe(
    '<p><sub><a href="https://github.com/acme/shop/actions/runs/42">log of the run</a> · took 12.3 s · read 0.4 s · package 1.3 s · apply 2.0 s</sub></p>')
  expect(tellsLive(live, head)).toBe(true)
  expect(tellsLive(live, { ...head, commit: 'b1b2c3d' })).toBe(false)
})

test('of a plan it says what merging would change', () => {
  const plan = resultComment(head, result({ command: 'plan' }), foot)
  expect(plan).toContain(`<p><b>Plan</b> of ${commit}: what merging would change.</p>`)
  expect(plan).toContain('Planned: 1 to create, 2 to update, 1 to delete, 1 unchanged')
  expect(plan).toContain('<table>')
})

describe('while a push is on its way, and where it fails', () => {
  test('what was deployed before stays', () => {
    const [, page = ''] = live.split('<!-- since the last success -->')
    expect(deployingComment(head, live)).toBe(`<h3>shop-pr-7 on preview</h3>\n\n<p><b>Deploying</b> ${commit} …</p>\n\n<!-- since the last success -->${page}`)
    const failed = failureComment(head, [text], { ...foot, before: deployingComment(head, live), docsUrl: 'https://github.com/a/b/blob/v1/docs' })
    expect(failed).toContain(`<p><b>Failed</b> for ${commit}</p>`)
    expect(failed).toContain('<b>memory-size is 64</b>')
    expect(failed).toContain('<p>What was deployed before:</p>\n\n<!-- since the last success -->')
    expect(failed.endsWith(page)).toBe(true)
    expect(resultComment(head, result({ stage: 'preview' }), foot)).toBe(live)
  })

  test('where nothing was, nothing is said of it', () => {
    expect(deployingComment(head, undefined)).not.toContain('since the last success')
    expect(failureComment(head, [text], { ...foot, before: undefined })).not.toContain('What was deployed before')
  })
})

test('in the end it says that all is gone, and what is not', () => {
  expect(goneComment(head, [])).toBe('<h3>shop-pr-7 on preview</h3>\n\n<p><b>Gone</b>: everything that was made for this pull request is removed.</p>')
  expect(goneComment(head, ['log group `/aws/x` stays'])).toContain('<ul><li>log group <code>/aws/x</code> stays</li></ul>')
})

test('two that differ in times and logs alone say the same', () => {
  const later = resultComment(head, result({ stage: 'preview', timings: [] }), { seconds: 1, runUrl: 'https://github.com/acme/shop/actions/runs/43' })
  expect(saysTheSame(live, later)).toBe(true)
  expect(saysTheSame(live, resultComment(head, result({ stage: 'preview', changed: false }), foot))).toBe(false)
})

test('nobody is mentioned, and no issue is referred to', () => {
  const notes = ['thanks @octocat and @acme/team, see #12 and mail a@b.c', 'it\'s `@octocat`']
  const page = resultComment(head, result({ notes }), foot)
  expect(page).toContain('thanks @<!-- -->octocat and @<!-- -->acme/team, see #<!-- -->12 and mail a@<!-- -->b.c')
  expect(page).toContain('it&#39;s <code>@octocat</code>')
  expect(planMarkdown(result({ notes }))).toContain('@<!-- -->octocat')
})

/** Tags that rendering writes itself. */
const ownTags = /<\/?(h3|table|tr|th|td|code|pre|br|p|b|sub|ul|li|details|summary|a)( href="https?:\/\/[^"<>]*")?>|<!-- (since the last success )?-->/g

test.each(hostile)('%j breaks out of nothing', (value) => {
  const plan = [change('create', `route ${value}`, { reason: value, fields: [{ field: value, from: value, to: value }] })]
  const all = result({ service: value, stage: value, notes: [value], plan, invokeUrl: value })
  const strange = { service: value, stage: value, commit: value, repositoryUrl: 'https://github.com/acme/shop' }
  const page = resultComment(strange, all, foot)
  const errors = [{ what: value, why: value, cure: value, docs: value }]
  for (const each of [page, deployingComment(strange, page), failureComment(strange, errors, { ...foot, before: page }), goneComment(strange, [value])]) {
    expect(each.replaceAll(ownTags, '')).not.toMatch(/[<>]/)
    expect(each.replaceAll(/<(code|pre)>.*?<\/\1>/g, '').replaceAll(ownTags, '\0')).not.toMatch(/(?<!&)[@#]\w/)
  }
})

import { describe, expect, test } from '@jest/globals'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { loadWell, runner, workspace, type Loaded } from '../config/support.ts'
import { tables } from '../../src/config/settings/tables.ts'
import { pathOf } from '../../src/config/group.ts'
import type { Table } from '../../src/config/settings/setting.ts'
import { blocks, pages, readPage, root, type Block } from './markdown.ts'
import { evaluated, needed, ourSteps, parseWorkflow, pullRequest, type WorkflowStep } from './workflow.ts'

const yaml = [...pages(), readPage('examples/greeting/README.md')].flatMap(blocks).filter(({ language }) => language === 'yaml')
const isFile = ({ text }: Block): boolean => /^(service|functions|api|stages|defaults):/m.test(text)
const stagesOf = (text: string): string[] => [...new Set(['prod', ...Object.keys((parse(text) as { stages?: object }).stages ?? {})])]

/** Loads a config as the action does; a mistake throws. */
function load(file: string | undefined, step: WorkflowStep): Promise<Loaded> {
  const inputs = evaluated(step.with)
  const variables = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  const env = { ...runner, AWS_REGION: 'eu-west-1', ...evaluated(step.env), STRIPE_KEY: 'sk_test_0123456789', ...variables }
  const event = { name: 'pull_request', pullRequest, isOffline: false }
  const started = inputs['preview'] === 'true' ? { event } : {}
  return loadWell({ ...started, inputs: (name) => inputs[name] ?? '', env, workspace, readFile: async (path) => (path === `${workspace}/lambda-api.yml` ? file : undefined) })
}

const files = yaml.filter(isFile)
const cases = files.flatMap((block) => stagesOf(block.text).map((stage) => [block.place, stage, block] as const))

describe('every lambda-api.yml on the pages', () => {
  test('is found', () => expect(files.length).toBeGreaterThanOrEqual(4))
  test.each(cases)('%s loads without a complaint on stage %s', async (_place, stage, { text }) => {
    // A piece of a file stands for a whole one: what it leaves out is given here.
    const missing = /^functions:/m.test(text) ? {} : { 'function-name': 'hello', runtime: 'python3.13' }
    const { diagnostics } = await load(text, { with: { ...missing, stage } })
    expect(diagnostics.all).toEqual([])
  })
})

const steps = yaml.flatMap((block) => (isFile(block) ? [] : ourSteps(block.text).map((step, index) => [`${block.place}, step ${index + 1}`, block, step] as const)))

describe('every step of this action on the pages', () => {
  test('is found', () => expect(steps.length).toBeGreaterThanOrEqual(7))
  test.each(steps)('%s loads without a complaint', async (_place, block, step) => {
    const file = files.find(({ heading, file }) => heading === block.heading && file === 'lambda-api.yml')?.text
    const { diagnostics } = await load(file, step)
    expect(diagnostics.all).toEqual([])
  })
})

test('every workflow on the pages asks for a token and for no more than it needs', () => {
  const workflows = yaml.filter(({ text }) => /^jobs:/m.test(text))
  expect(workflows.length).toBeGreaterThanOrEqual(4)
  for (const { place, text } of workflows) expect([place, parseWorkflow(text).permissions]).toEqual([place, needed(ourSteps(text))])
})

const workflows = readdirSync(join(root, 'examples/workflows')).filter((name) => name.endsWith('.yml'))

describe('every workflow in examples/workflows', () => {
  test('is told of on their page', () => {
    const page = readPage('examples/workflows/README.md').text
    expect(workflows.filter((name) => !page.includes(`(${name})`))).toEqual([])
    expect(workflows.length).toBeGreaterThanOrEqual(3)
  })
  test.each(workflows)('%s has steps of this action that load, and asks for no more than they need', async (name) => {
    const { text } = readPage(`examples/workflows/${name}`)
    const own = ourSteps(text)
    expect(own.length).toBeGreaterThanOrEqual(1)
    for (const step of own) expect((await load(undefined, step)).diagnostics.all).toEqual([])
    expect(parseWorkflow(text).permissions).toEqual(needed(own))
  })
})

test('docs/configuration.md shows every key of the file', () => {
  const shown = new Set<string>()
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [key, inner] of Object.entries(value)) {
      shown.add(path === '' ? key : `${path}.${key}`)
      visit(inner, path === '' ? key : `${path}.${key}`)
    }
  }
  const page = blocks(readPage('docs/configuration.md')).find(({ heading }) => heading === 'Every key')
  const file = parse(page?.text ?? '') as Readonly<Record<'defaults' | 'functions' | 'api' | 'release', Readonly<Record<string, unknown>>>>
  for (const one of [file.defaults, ...Object.values(file.functions), file.api, file.release]) visit(one, '')
  const wanted = [tables.function, tables.api, tables.release].flatMap((table: Table) => Object.keys(table).map((name) => pathOf(name, table)))
  expect(wanted.filter((path) => !shown.has(path))).toEqual([])
})

test('what wins is what docs/configuration.md says, from weak to strong', async () => {
  const list = readPage('docs/configuration.md').text.split('From weak to strong:\n')[1]?.split('\n\n')[0] ?? ''
  const order = list.trim().split('\n').map((line) => line.replace(/^\d+\. /, '').replaceAll('`', ''))
  const memory: Readonly<Record<string, number>> = {
    'the default of the setting': 128,
    defaults: 200,
    'stages.<stage>.defaults': 300,
    'functions.<key>': 400,
    'stages.<stage>.functions.<key>': 500,
    "the step's inputs": 600,
  }
  const at = (level: number, name: string): string => (order.indexOf(name) <= level ? `memory-size: ${memory[name]}` : 'timeout: 5')
  const found: (number | undefined)[] = []
  for (const level of order.keys()) {
    const file = `service: x\ndefaults: { runtime: python3.13, ${at(level, 'defaults')} }
functions: { one: { ${at(level, 'functions.<key>')} } }
stages: { prod: { defaults: { ${at(level, 'stages.<stage>.defaults')} }, functions: { one: { ${at(level, 'stages.<stage>.functions.<key>')} } } } }\n`
    const { service } = await load(file, level === order.length - 1 ? { with: { 'memory-size': '600' } } : {})
    found.push(service.functions[0]?.settings.memorySize ?? 128)
  }
  expect(found).toEqual(order.map((name) => memory[name]))
  expect(new Set(order)).toEqual(new Set(Object.keys(memory)))
})

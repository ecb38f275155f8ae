import type { ErrorText } from '../errors.ts'
import { parseRoute } from './routes/parse.ts'

type Tree = Readonly<Record<string, unknown>>

/** What a file of another tool says that is said here, too. */
interface Equivalent {
  readonly service?: unknown
  readonly functions: readonly { readonly key: string; readonly settings: Tree; readonly routes: readonly string[] }[]
}

interface Tool {
  readonly name: string
  readonly isIts: (file: Tree) => boolean
  readonly equivalent?: (file: Tree) => Equivalent
}

const tools: readonly Tool[] = [
  {
    name: 'the Serverless Framework',
    isIts: (file) => 'provider' in file && ['functions', 'plugins', 'custom', 'frameworkVersion', 'resources'].some((key) => key in file),
    equivalent: (file) => ({
      service: treeOf(file['service'])['name'] ?? file['service'],
      functions: Object.entries(treeOf(file['functions'])).map(([key, described]) => {
        const own = treeOf(described)
        const { handler, timeout, memorySize, runtime = treeOf(file['provider'])['runtime'] } = own
        return { key, settings: { handler, runtime, timeout, 'memory-size': memorySize }, routes: listOf(own['events']).flatMap(httpEvent) }
      }),
    }),
  },
  {
    name: 'CloudFormation or SAM',
    isIts: (file) => ['AWSTemplateFormatVersion', 'Transform', 'Resources'].some((key) => key in file),
    equivalent: (file) => ({
      functions: Object.entries(treeOf(file['Resources'])).flatMap(([key, resource]) => {
        const { Type: type, Properties: properties } = treeOf(resource)
        if (type !== 'AWS::Serverless::Function') return []
        const shared = treeOf(treeOf(file['Globals'])['Function'])
        const all = { ...shared, ...treeOf(properties) }
        const { Handler: handler, Runtime: runtime, CodeUri: source, Timeout: timeout, MemorySize: memory, Events: events } = all
        const routes = Object.values(treeOf(events)).flatMap((event) => routeOf(treeOf(treeOf(event)['Properties'])))
        return [{ key, settings: { handler, runtime, source, timeout, 'memory-size': memory }, routes }]
      }),
    }),
  },
  {
    name: 'Chalice',
    isIts: (file) => 'app_name' in file && ('stages' in file || 'version' in file),
    equivalent: (file) => ({ service: file['app_name'], functions: [] }),
  },
  {
    name: 'Zappa',
    isIts: (file) => Object.values(file).map(treeOf).some((stage) => 'app_function' in stage || 'django_settings' in stage),
  },
  { name: 'GitHub Actions, a workflow', isIts: (file) => 'jobs' in file && 'on' in file },
]

/** Words that stand in such files; a text without any is none of them. */
export const foreignWords =
  /\b(provider|AWSTemplateFormatVersion|Transform|Resources|jobs|app_name|app_function|django_settings)\b/

type Told = Pick<ErrorText, 'what' | 'why' | 'cure' | 'docs'>

/** A file of another tool, most often renamed: told once, with what the same is here; undefined for any other file. */
export function foreignFile(content: unknown, name: string): Told | undefined {
  const file = treeOf(content)
  // Whoever has begun to write our keys is told about each that is not.
  if ('defaults' in file || 'api' in file) return undefined
  const tool = tools.find(({ isIts }) => isIts(file))
  if (tool === undefined) return undefined
  const lines = tool.equivalent === undefined ? [] : written(tool.equivalent(file))
  const same = lines.length === 0 ? [] : ['What it says of functions and routes is here:', ...lines]
  return {
    what: [`${name} is a file of ${tool.name}.`, ...same].join('\n'),
    why: 'Its keys mean nothing here; this file describes functions, routes and stages in words of its own.',
    cure: lines.length === 0
      ? 'Write service, functions and api: { routes } as the README shows, or take the file out and use inputs.'
      : 'Put these lines in its place; what else it makes stays with its tool.',
    docs: 'moving.md',
  }
}

function httpEvent(event: unknown): string[] {
  const { http, httpApi } = treeOf(event)
  const given = http ?? httpApi
  return typeof given === 'string' ? routeFrom(given === '*' ? 'ANY /{proxy+}' : given) : routeOf(treeOf(given))
}

function routeOf({ path, Path = path, method = 'ANY', Method = method }: Tree): string[] {
  return typeof Path === 'string' ? routeFrom(`${String(Method).toUpperCase()} /${Path.replace(/^\//, '')}`) : []
}

function routeFrom(text: string): string[] {
  const parsed = parseRoute(text)
  return 'method' in parsed ? [`${parsed.method} ${parsed.path}`] : [...parsed.right]
}

function written({ service, functions }: Equivalent): string[] {
  const name = typeof service === 'string' && /^[\w-]+$/.test(service) ? service : 'NAME'
  if (functions.length === 0) return name === 'NAME' ? [] : [`service: ${name}`, 'defaults: { runtime: python3.13, handler: app.app }']
  const routes = functions.flatMap(({ key, routes: own }) => own.map((route) => `    ${route}: ${key}`))
  return [
    `service: ${name}`,
    'functions:',
    ...functions.map(({ key, settings }) => `  ${key}: { ${Object.entries(settings).flatMap(setting).join(', ')} }`),
    ...(routes.length === 0 ? [] : ['api:', '  routes:', ...routes]),
  ]
}

/** Values with a meaning of their own elsewhere, such as references, are left out. */
function setting([name, value]: readonly [string, unknown]): string[] {
  if (typeof value === 'number') return [`${name}: ${value}`]
  return typeof value === 'string' && /^[\w./-]+$/.test(value) ? [`${name}: ${value}`] : []
}

const treeOf = (value: unknown): Tree => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {})
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : [])

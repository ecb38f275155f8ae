import type { FreshAccount } from '../../local-aws/testing.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Thing = Readonly<Record<string, Json>>

/** The mark of a service's methods, of its deployments and of its stages and tags (docs/ownership.md). */
const prefix = 'lambda-api-deploy'

/** All of API Gateway in the account, as it stands. */
export async function gatewayOf({ control }: Pick<FreshAccount, 'control'>): Promise<Json> {
  const state = await control.state()
  return JSON.parse(JSON.stringify(Object.entries(state).filter(([name]) => /gateway/i.test(name)))) as Json
}

/**
 * The same without what bears the marks of the service `shop`: methods, stages, deployments, tags. Of resources, which bear none, those go
 * that hold nothing but methods of ours, unless they stood there `before`. What deployments of others have frozen is compared as it is.
 */
export async function foreignIn(account: Pick<FreshAccount, 'control'>, before: Json): Promise<Json> {
  return withoutOurs(await gatewayOf(account), resourceIds(before))
}

function resourceIds(value: Json): Set<string> {
  return new Set([...JSON.stringify(value).matchAll(/\{"id":"(\w+)","path":/g)].map((match) => match[1] ?? ''))
}

function withoutOurs(value: Json, standing: ReadonlySet<string>): Json {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((each: Json) => withoutOurs(each, standing))
  if (isApi(value as Thing)) return foreignOfApi(value as Thing, standing)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutOurs(each, standing)]))
}

const isApi = (value: Thing): boolean => 'rootResourceId' in value && 'definition' in value

function foreignOfApi({ tags, definition, deployments, stages, ...rest }: Thing, standing: ReadonlySet<string>): Json {
  const { resources, ...shared } = definition as Thing
  return {
    ...rest,
    tags: Object.fromEntries(Object.entries(tags as Thing).filter(([key]) => !key.startsWith(prefix))),
    definition: { ...shared, resources: foreignResources(resources as readonly Thing[], standing) },
    deployments: (deployments as readonly Thing[]).filter(({ description }) => !textOf(description).startsWith(`${prefix} shop `)),
    stages: (stages as readonly Thing[]).filter((stage) => (stage['tags'] as Thing)['managed-by'] !== prefix),
  }
}

function foreignResources(resources: readonly Thing[], standing: ReadonlySet<string>): Json {
  const isOurs = (method: Json): boolean => /^lambda-api-deploy-shop-[0-9a-f]{12}$/.test(textOf((method as Thing)['operationName']))
  const methodsBelow = (path: string): readonly Json[] =>
    resources.filter((each) => each['path'] === path || textOf(each['path']).startsWith(`${path}/`)).flatMap((each) => each['methods'] as readonly Json[])
  const ofOthers = resources.filter(({ id, path }) => {
    const methods = methodsBelow(textOf(path))
    return standing.has(textOf(id)) || methods.length === 0 || !methods.every(isOurs)
  })
  return ofOthers.map((each) => ({ ...each, methods: (each['methods'] as readonly Json[]).filter((method) => !isOurs(method)) }))
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

import { join } from 'node:path'
import type { Place } from '../errors.ts'
import { functionName } from '../service/names.ts'
import type { CodeSpec, CreatedRole, FunctionSettings, FunctionSpec, RoleSpec } from '../service/service.ts'
import { readValues, valuesOf } from './group.ts'
import type { Context } from './kinds/kind.ts'
import { at } from './node.ts'
import { checkStart } from './start.ts'
import type { Given, Node } from './node.ts'
import { codeSettings, functionTable, versionedSettings } from './settings/function.ts'
import type { Exact, Values } from './settings/setting.ts'
import { defined } from '../defined.ts'

export interface FunctionDraft {
  readonly service: string
  /** Missing for the one function that inputs alone describe. */
  readonly key?: string
  readonly given: Given
  /** How messages call the function as a whole: `functions.book`. */
  readonly label: string
  /** The folder that `source` means where it is not given. */
  readonly folder: string
  /** Where its key stands in the file. */
  readonly place?: Place
  /** Whether the run builds the function, so that its runtime must be known. */
  readonly builds: boolean
  /** Whether it is a preview's, which takes the role of the function without the pull request's number unless the config names one. */
  readonly isPreview: boolean
}

/** One function, with everything merged that is said about it. */
export function composeFunction(draft: FunctionDraft, context: Context): FunctionSpec {
  checkPairs(draft, context)
  const values = readValues(draft.given, functionTable, context)
  const { join: joins, role, rolePolicies, roleStatements, rolePermissionsBoundary } = values
  const { s3Bucket, tags, reservedConcurrency, provisionedConcurrency, logRetentionDays } = values
  const code = valuesOf(codeSettings, values)
  const settings: Exact<FunctionSettings, Values<typeof versionedSettings>> = valuesOf(versionedSettings, values)
  const name = values.functionName ?? functionName(draft.service, draft.key)
  const isUnread = codeNames.some((each) => code[each] === undefined && draft.given.has(each))
  if (code.runtime === undefined || isUnread) context.unreadable.add(name)
  return defined({
    key: draft.key ?? name,
    name,
    join: joins ? { named: new Set(draft.given.keys()) } : undefined,
    code: composeCode(code, draft),
    role:
      role === 'create'
        ? createdRole({ policies: rolePolicies, statements: roleStatements, permissionsBoundary: rolePermissionsBoundary })
        : givenRole(role, draft.given.get('role')?.place),
    roleOf: draft.isPreview && !draft.given.has('role') ? name : undefined,
    settings,
    tags,
    s3Bucket,
    reservedConcurrency,
    provisionedConcurrency: provisionedConcurrency === 0 ? undefined : provisionedConcurrency,
    logRetentionDays,
    places: placesOf(draft.given),
  })
}

function placesOf(given: Given): Readonly<Record<string, Place>> | undefined {
  const places = [...given].flatMap(([name, { place }]) => (place === undefined ? [] : [[name, place] as const]))
  return places.length === 0 ? undefined : Object.fromEntries(places)
}

/** The settings of which a mistake in the code may be told by their place; the code cannot be read where one of them could not. */
const codeNames = ['source', 'handler', 'runtime', 'requirements', 'package'] as const

function composeCode(values: Values<typeof codeSettings>, { given, folder }: FunctionDraft): CodeSpec {
  const places = codeNames.flatMap((name) => {
    const place = given.get(name)?.place
    return place === undefined ? [] : [[name, place] as const]
  })
  return {
    ...values,
    source: values.source ?? folder,
    base: folder,
    handler: values.handler ?? defaultHandler(values.runtime),
    places: Object.fromEntries(places),
  }
}

/** As the Lambda console names it in a new function. */
function defaultHandler(runtime: string | undefined): string {
  return runtime?.startsWith('nodejs') === true ? 'index.handler' : 'lambda_function.lambda_handler'
}

function createdRole(role: Pick<CreatedRole, 'policies' | 'statements'> & { readonly permissionsBoundary: string | undefined }): RoleSpec {
  return defined({ kind: 'create' as const, ...role })
}

function givenRole(arn: string, place: Place | undefined): RoleSpec {
  return defined({ kind: 'given' as const, arn, place })
}

/** Settings that make no sense together, and what is missing. */
function checkPairs({ given, label, builds, place }: FunctionDraft, { findings }: Context): void {
  for (const name of ['source', 'requirements', 'include', 'exclude']) {
    const node = given.get(name)
    if (node === undefined || !given.has('package')) continue
    const why = 'A prebuilt zip is deployed as it is; nothing is collected or installed.'
    findings.error({ what: `${node.label} makes no sense together with package.`, why, cure: `Take ${name} out, or package.`, ...at(node) })
  }
  const role = given.get('role')
  for (const name of ['role-policies', 'role-statements', 'role-permissions-boundary']) {
    const node = given.get(name)
    if (node === undefined || role?.kind !== 'scalar' || role.value === 'create') continue
    const why = 'They are put on the role that the action makes, never on one that exists.'
    const what = `${node.label} makes no sense together with a role's ARN.`
    findings.error({ what, why, cure: `Take ${name} out, or write role: create.`, ...at(node) })
  }
  checkVpc(given, findings)
  checkStart(given, { findings })
  if (!builds || given.has('runtime')) return
  const cure = 'Write runtime: python3.13 or nodejs24.x, for example.'
  findings.error({ what: `${label} has no runtime.`, why: 'Nothing else says which language the code is for.', cure, ...at({ place }) })
}

/** "SubnetIds and SecurityIds must coexist or be both empty list" (AWS's words, appleboy/lambda-action#72). An empty list is none. */
function checkVpc(given: Given, findings: Context['findings']): void {
  const pair = ['vpc-subnet-ids', 'vpc-security-group-ids'] as const
  const [some, none] = [pair.filter((name) => !isEmpty(given.get(name))), pair.filter((name) => isEmpty(given.get(name)))]
  const [name, missing] = [some[0], none[0]]
  const node = name === undefined ? undefined : given.get(name)
  if (node === undefined || missing === undefined) return
  const why = 'A function joins a VPC by subnets and security groups together.'
  findings.error({ what: `${node.label} is given without ${missing}.`, why, cure: `Add ${missing}, or take ${name} out.`, ...at(node) })
}

function isEmpty(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'list' && node.items.length === 0)
}

/** The folder's default for a function: the folder of the file that describes it, or the workspace. */
export function defaultFolder(workspace: string, file: string | undefined): string {
  return file === undefined ? workspace : join(workspace, file, '..')
}

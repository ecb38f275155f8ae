import {
  GetFunctionCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  type AliasConfiguration,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda'
import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { orUndefined } from '../../aws/refusal.ts'
import { UserError } from '../../errors.ts'
import { slotAlias, slots, type Slot } from '../../service/names.ts'
import { parseCodeMark } from '../code.ts'
import { readProvisioned, rememberedProvisioned, type Provisioned } from './provisioned.ts'

/** What stands in AWS of one function, as far as one stage is concerned. */
export interface FunctionState {
  readonly name: string
  readonly arn: string
  readonly tags: Readonly<Record<string, string>>
  readonly reservedConcurrency: number | undefined
  readonly latest: FunctionConfiguration
  /** Published versions, oldest first. */
  readonly versions: readonly FunctionConfiguration[]
  /** Where only those are in it that aliases name, by number and code alone: whether others stand is not known. */
  readonly onlyNamed?: true
  /** All aliases, also other stages'. */
  readonly aliases: readonly AliasConfiguration[]
  readonly slots: Readonly<Record<Slot, SlotState>>
  /** By alias or version; undefined where neither the config nor an earlier run of the stage asks for some. */
  readonly provisioned?: ReadonlyMap<string, Provisioned>
}

/** What stands of one of the two slots that a stage has on a function. */
export interface SlotState {
  /** Undefined where the slot has no alias yet. */
  readonly alias: AliasConfiguration | undefined
  /** The version that the alias names. */
  readonly version: FunctionConfiguration | undefined
  /** Who may call the alias; undefined where that was not read. */
  readonly statements: readonly Statement[] | undefined
}

/** A statement of a function's resource policy, as GetPolicy shows it. */
export interface Statement {
  readonly Sid: string
  readonly Effect?: string
  readonly Principal?: unknown
  readonly Action?: unknown
  readonly Resource?: unknown
  readonly Condition?: unknown
}

/** GetFunction leaves the tags out unless lambda:ListTags is allowed, too (public service model, TagsError of GetFunctionResponse). */
export const readActions = [
  'lambda:GetFunction',
  'lambda:ListTags',
  'lambda:ListAliases',
  'lambda:ListVersionsByFunction',
  'lambda:GetPolicy',
] as const

/** How much of a function is read. */
export interface FunctionScope {
  /** Whose slots are looked at. */
  readonly stage: string
  /** All with their configuration, or those that aliases name by number and code, which takes no call; all where nothing is said. */
  readonly versions?: 'all' | 'named'
  /** The slots whose policies are read; both where nothing is said. */
  readonly policies?: readonly Slot[]
  /** Whether its provisioned concurrency is read although no earlier run has set some. */
  readonly provisioned?: boolean
}

/** Reads one function in two rounds; nothing where there is no such function. */
export async function readFunction(
  aws: Aws, FunctionName: string, { stage, versions: scope = 'all', policies = slots, provisioned: isProvisioned = false }: FunctionScope,
): Promise<FunctionState | undefined> {
  const found = await orUndefined(aws.lambda(new GetFunctionCommand({ FunctionName })))
  if (found?.Configuration === undefined) return undefined
  if (found.TagsError !== undefined) throw tagsWithheld(FunctionName, found.TagsError.Message)
  const policyOf = async (slot: Slot): Promise<readonly Statement[] | undefined> =>
    policies.includes(slot) ? readStatements(aws, FunctionName, slotAlias(stage, slot)) : undefined
  const { Tags: tags = {} } = found
  const mayBeProvisioned = isProvisioned || rememberedProvisioned(tags, stage) !== undefined
  const [aliases, all, a, b, provisioned] = await Promise.all([
    listAliases(aws, FunctionName),
    scope === 'all' ? listVersions(aws, FunctionName) : undefined,
    policyOf('a'),
    policyOf('b'),
    mayBeProvisioned ? readProvisioned(aws, FunctionName) : undefined,
  ])
  const versions = all ?? numbered(namedBy(aliases))
  const slotsRead = slotsOf({ aliases, versions }, stage)
  return {
    ...(all === undefined ? { onlyNamed: true } : {}),
    ...(provisioned === undefined ? {} : { provisioned }),
    name: FunctionName,
    arn: found.Configuration.FunctionArn ?? '',
    tags,
    reservedConcurrency: found.Concurrency?.ReservedConcurrentExecutions,
    latest: found.Configuration,
    versions,
    aliases,
    slots: { a: { ...slotsRead.a, statements: a }, b: { ...slotsRead.b, statements: b } },
  }
}

/** The slots that a stage has on a function, without who may call them. */
export function slotsOf({ aliases, versions }: Pick<FunctionState, 'aliases' | 'versions'>, stage: string): FunctionState['slots'] {
  return { a: slotOf('a'), b: slotOf('b') }

  function slotOf(slot: Slot): SlotState {
    const alias = aliases.find((each) => each.Name === slotAlias(stage, slot))
    return { alias, version: versions.find((each) => each.Version === alias?.FunctionVersion), statements: undefined }
  }
}

/** A function that was read in part, with all of its versions. */
export async function withAllVersions(aws: Aws, { onlyNamed: _onlyNamed, ...state }: FunctionState): Promise<FunctionState> {
  return { ...state, versions: await listVersions(aws, state.name) }
}

/** Neither $LATEST nor $LATEST.PUBLISHED, which is Managed Instances' own (developer guide), is a version to go back to. */
function numbered(versions: readonly FunctionConfiguration[]): FunctionConfiguration[] {
  return versions.filter(({ Version = '' }) => /^\d+$/.test(Version))
}

/** An alias names a version that stands, and one of ours says which code that has. */
function namedBy(aliases: readonly AliasConfiguration[]): FunctionConfiguration[] {
  const named = new Map(aliases.map(({ FunctionVersion, Description }) => [FunctionVersion, parseCodeMark(Description)?.sha256]))
  return [...named].map(([Version, CodeSha256]) => ({ Version, CodeSha256 }))
}

/** All aliases of a function, also other stages'. */
export async function listAliases(aws: Aws, FunctionName: string): Promise<AliasConfiguration[]> {
  return allPages(async (Marker) => {
    const { Aliases, NextMarker } = await aws.lambda(new ListAliasesCommand({ FunctionName, Marker }))
    return { items: Aliases, next: NextMarker }
  })
}

/** All that have a number, oldest first; AWS gives at most 50 a page (terraform-provider-aws, `lambda_function`). */
export async function listVersions(aws: Aws, FunctionName: string): Promise<FunctionConfiguration[]> {
  const all = await allPages(async (Marker) => {
    const { Versions, NextMarker } = await aws.lambda(new ListVersionsByFunctionCommand({ FunctionName, Marker }))
    return { items: Versions, next: NextMarker }
  })
  return numbered(all)
}

/**
 * The statements of one alias, or of the function itself; where there is no policy, or no alias at all, there are none (404, recorded in
 * test_lambda_permission_*).
 */
export async function readStatements(aws: Aws, FunctionName: string, Qualifier: string | undefined): Promise<Statement[]> {
  const found = await orUndefined(aws.lambda(new GetPolicyCommand({ FunctionName, Qualifier })))
  return found?.Policy === undefined ? [] : ((JSON.parse(found.Policy) as { Statement?: Statement[] }).Statement ?? [])
}

/** Whose a function is stands in its tags, so a run that may not see them must not guess. */
function tagsWithheld(name: string, why: string | undefined): UserError {
  return new UserError({
    what: `The tags of function ${name} are withheld: the credentials lack lambda:ListTags`,
    ...(why === undefined ? {} : { why }),
    cure: "Allow lambda:ListTags on the function; the policy in the docs has every action that a deploy needs.",
    docs: 'permissions.md#policy',
  })
}

import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Stage } from '@aws-sdk/client-api-gateway'
import type { Actual } from '../../src/actual/actual.ts'
import type { FunctionActual } from '../../src/actual/function.ts'
import { servedBy } from '../../src/actual/served.ts'
import { methodsOf, putIntegrationInput } from '../../src/resources/api/definition/method.ts'
import type { WorkingCopy } from '../../src/resources/api/definition/part.ts'
import { definitionDigest } from '../../src/resources/api/definition/parts.ts'
import { prefixes } from '../../src/resources/api/definition/tree.ts'
import { deploymentMark } from '../../src/resources/api/deployment.ts'
import { codeMark } from '../../src/resources/code.ts'
import { statementId } from '../../src/resources/lambda/permission.ts'
import type { FunctionState, SlotState } from '../../src/resources/lambda/state.ts'
import { functionTags } from '../../src/resources/lambda/tags.ts'
import { logGroupArn, stageCallsArn } from '../../src/service/arns.ts'
import { aliasVariable, logGroupName, slotAlias, type Slot } from '../../src/service/names.ts'
import { formatRecord, functionSet, type Release } from '../../src/service/release-record.ts'
import type { FunctionSpec, Service } from '../../src/service/service.ts'
import { ownTags } from '../../src/service/tags.ts'
import { account, code, serviceOf, specOf } from './wanted.ts'

/** A release as the record has it. Without `functions` it is one of shop alone. */
export function release(number: number, versions: readonly string[], more: Partial<Release> = {}): Release {
  return {
    number,
    deploymentId: `d${number}`,
    digest: definitionDigest(serviceOf()),
    functions: functionSet(['shop']),
    versions,
    commit: 'c0ffee0',
    wentLiveAt: 1_795_000_000 + number,
    ...more,
  }
}

/** What stands of one function: its versions by number with the word of their code, and what the slots name. */
export interface FunctionStanding {
  readonly spec?: FunctionSpec
  readonly versions: Readonly<Record<string, string>>
  readonly a?: string | undefined
  readonly b?: string | undefined
  /** $LATEST's code; that of the newest version where nothing is said. */
  readonly latest?: string
  readonly aliases?: readonly AliasConfiguration[]
  /** A version that the live alias sends a part of its calls to. */
  readonly weighted?: string
  /** Changes of each configuration that AWS has. */
  readonly configuration?: Partial<FunctionConfiguration>
  /** The ARNs of roles that single versions run with. */
  readonly roles?: Readonly<Record<string, string>>
  /** Without the permissions of the slots. */
  readonly isUncalled?: boolean
  readonly more?: Partial<FunctionActual>
}

export interface Standing {
  /** What the stage was deployed from. */
  readonly service?: Service
  /** By name; `null` for a function that does not exist. */
  readonly functions?: Readonly<Record<string, FunctionStanding | null>>
  /** No stage where it is `null`. */
  readonly live?: Slot | null
  readonly record?: readonly Release[]
  /** Ids of the deployments that stand; those of the record where nothing is said. */
  readonly deployments?: readonly string[]
  readonly otherStages?: readonly Stage[]
  readonly stage?: Partial<Stage>
  readonly more?: Partial<Actual>
}

/** Release 3 is live in slot a with version 3, slot b names version 2, and version 1 and its release are kept, too. */
export function actualOf(standing: Standing = {}): Actual {
  const { service = serviceOf(), live = 'a', record = [release(3, ['3']), release(2, ['2']), release(1, ['1'])] } = standing
  const { functions: states = { shop: { versions: { 1: 'one', 2: 'two', 3: 'three' }, a: '3', b: '2' } } } = standing
  const functions = new Map(
    Object.entries(states).map(([name, state]) => [name, functionActual(service, { name, state, live: live ?? 'a' })]),
  )
  const stage = live === null ? undefined : stageOf(service, { live, record, more: standing.stage ?? {} })
  const ids = standing.deployments ?? record.map(({ deploymentId }) => deploymentId)
  return {
    account,
    stage,
    functions,
    api: { id: 'a1', rootResourceId: 'r0', name: service.api.name, endpointConfiguration: { types: ['REGIONAL'] }, tags: ownTags(service) },
    otherStages: standing.otherStages ?? [],
    deployments: ids.map((id) => ({ id, description: deploymentMark(service, 'digest') })),
    accountRole: undefined,
    accessLogGroup: { name: logGroupName(service.api.name, 'a1', service.stage), retentionDays: undefined, ours: true },
    served: servedBy(service, stage, functions),
    ...standing.more,
  }
}

/** An account in which nothing of the service stands. */
export function nothing(service: Service = serviceOf()): Actual {
  const functions = new Map(service.functions.map(({ name }) => [name, functionActual(service, { name, state: null, live: 'a' })]))
  return {
    account,
    functions,
    api: undefined,
    stage: undefined,
    otherStages: [],
    deployments: [],
    accessLogGroup: undefined,
    accountRole: { arn: 'arn:aws:iam::123456789012:role/logs', fault: undefined },
    served: servedBy(service, undefined, functions),
  }
}

/** The working copy that a service asks for. */
export function copyOf(service: Service, actual: Actual): WorkingCopy {
  const specs = methodsOf(service)
  const paths = new Set(['/', ...specs.flatMap(({ path }) => prefixes(path))])
  const methods = new Map(
    [...paths].map((path) => [
      path,
      {
        id: path,
        path,
        methods: Object.fromEntries(
          specs
            .filter((spec) => spec.path === path)
            .map((spec) => {
              const { type, integrationHttpMethod, uri } = putIntegrationInput(spec, account)
              const { method, operationName } = spec
              return [
                method,
                {
                  httpMethod: method,
                  operationName,
                  authorizationType: 'NONE',
                  methodIntegration: { type, httpMethod: integrationHttpMethod, uri },
                },
              ]
            }),
        ),
      },
    ]),
  )
  return { settings: actual.api ?? {}, methods }
}

/** Another stage of the API that serves and remembers these releases. */
export function otherStage(stageName: string, record: readonly Release[], service: Service = serviceOf()): Stage {
  return {
    stageName,
    deploymentId: record[0]?.deploymentId,
    tags: ownTags(service),
    variables: { [aliasVariable(service.name)]: slotAlias(stageName, 'a'), ...formatRecord(service.name, record) },
  }
}

function stageOf(service: Service, { live, record, more }: { live: Slot; record: readonly Release[]; more: Partial<Stage> }): Stage {
  const destinationArn = logGroupArn(account, logGroupName(service.api.name, 'a1', service.stage))
  return {
    stageName: service.stage,
    deploymentId: record[0]?.deploymentId,
    tags: ownTags(service),
    variables: { [aliasVariable(service.name)]: slotAlias(service.stage, live), ...formatRecord(service.name, record) },
    accessLogSettings: { format: service.accessLog.format, destinationArn },
    ...more,
  }
}

function functionActual(
  service: Service,
  { name, state, live }: { name: string; state: FunctionStanding | null; live: Slot },
): FunctionActual {
  const absent = { name, state: undefined, role: undefined, formerRole: undefined, givenRole: undefined, logGroup: undefined }
  if (state === null) return absent
  const spec = state.spec ?? specOf(name)
  const words = Object.values(state.versions)
  const versions = Object.entries(state.versions).map(([Version, word]) => ({
    ...configurationOf(spec, word),
    Version,
    ...state.configuration,
    ...(state.roles?.[Version] === undefined ? {} : { Role: state.roles[Version] }),
  }))
  const slots = { a: slotOf('a'), b: slotOf('b') }
  const functionState: FunctionState = {
    name,
    versions,
    slots,
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    tags: functionTags(service, spec),
    reservedConcurrency: spec.reservedConcurrency,
    latest: { ...configurationOf(spec, state.latest ?? words.at(-1) ?? ''), ...state.configuration },
    aliases: [...Object.values(slots).flatMap(({ alias }) => alias ?? []), ...(state.aliases ?? [])],
  }
  return { ...absent, state: functionState, ...state.more }

  function slotOf(slot: Slot): SlotState {
    const named = state?.[slot]
    const Name = slotAlias(service.stage, slot)
    const source = stageCallsArn(account, { apiId: 'a1', stage: service.stage })
    const isCalled = named !== undefined && state?.isUncalled !== true
    const weights =
      slot === live && state?.weighted !== undefined ? { RoutingConfig: { AdditionalVersionWeights: { [state.weighted]: 0.5 } } } : {}
    return {
      alias:
        named === undefined
          ? undefined
          : { Name, FunctionVersion: named, Description: codeMark(code(state?.versions[named] ?? '')), ...weights },
      version: versions.find(({ Version }) => Version === named),
      statements: isCalled ? [statementOf(name, Name, source)] : [],
    }
  }
}

/** Our statement for a slot, as Lambda shows it (recorded, test_add_lambda_permission_aws). */
function statementOf(name: string, alias: string, source: string) {
  return {
    Sid: statementId(name, alias, source),
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: `…:${name}:${alias}`,
    Condition: { ArnLike: { 'AWS:SourceArn': source } },
  }
}

/** As Lambda shows a version that was made from this spec. */
function configurationOf({ code: { handler, runtime, architecture }, settings, role }: FunctionSpec, word: string): FunctionConfiguration {
  return {
    Handler: handler,
    Runtime: runtime as 'python3.13',
    Role: role.kind === 'given' ? role.arn : madeRoleArn,
    Description: settings.description ?? '',
    MemorySize: settings.memorySize ?? 128,
    Timeout: settings.timeout ?? 3,
    Environment: { Variables: { ...settings.environmentVariables } },
    Layers: settings.layers.map((Arn) => ({ Arn })),
    CodeSha256: code(word).sha256,
    Architectures: [architecture],
    State: 'Active',
    LastUpdateStatus: 'Successful',
  }
}

/** The ARN of a role that we make, wherever a test says that one stands. */
export const madeRoleArn = `arn:aws:iam::${account.accountId}:role/shop-eu-west-1`

import {
  APIGatewayClient, GetDeploymentsCommand, GetRestApisCommand, GetStagesCommand, type Stage,
} from '@aws-sdk/client-api-gateway'
import { LambdaClient, ListAliasesCommand, ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda'
import { canaryOf } from '../../../src/service/canary.ts'
import { parseRecord, versionsIn, type Release } from '../../../src/service/release-record.ts'
import { modeOf, ownRoute, stageNames, type StageName } from './shop.ts'

/** What a stage serves, as its callers and its record say it. */
export interface View {
  /** The commit that all its routes answer with. */
  readonly live: number
  readonly number: number
  /** The commit of each kept release that can be served, by number; a canary's, too. */
  readonly releases: ReadonlyMap<number, number>
  /** The commit of the canary. */
  readonly canary: number | undefined
}

export type Views = ReadonlyMap<StageName, View>

interface Version {
  readonly name: string
  readonly version: string
}

const functionNames = ['shop-book', 'shop-read']

/**
 * Looks at all that stands, and asks as callers do.
 * @param commitOf which commit a version has the code of, as far as that is known; what is seen is added
 * @throws Error where what is live is not one release, whole, or the record does not tell which
 */
export async function lookAt(url: string, commitOf: Map<string, number>): Promise<Views> {
  const api = new APIGatewayClient({ maxAttempts: 1 })
  const { items = [] } = await api.send(new GetRestApisCommand({}))
  const views = new Map<StageName, View>()
  const stages = await Promise.all(items.map(async ({ id: restApiId = '' }) => {
    return { restApiId, stages: (await api.send(new GetStagesCommand({ restApiId }))).item ?? [] }
  }))
  const [found, ...others] = stages.filter((each) => each.stages.length > 0)
  if (others.length > 0) throw new Error('two APIs have stages')
  if (found === undefined) return views
  const deployments = (await api.send(new GetDeploymentsCommand({ restApiId: found.restApiId, limit: 500 }))).items ?? []
  const standing = { deployments: new Set(deployments.map(({ id = '' }) => id)), ...(await readVersions()) }
  for (const name of stageNames) {
    const stage = found.stages.find(({ stageName }) => stageName === name)
    if (stage !== undefined) views.set(name, await viewOf({ name, stage, url: `${url}/restapis/${found.restApiId}/${name}/_user_request_` }, standing, commitOf))
  }
  return views
}

interface Standing {
  readonly deployments: ReadonlySet<string>
  /** `shop-read:3` */
  readonly versions: ReadonlySet<string>
  /** By `shop-read:prod-a` the version. */
  readonly aliases: ReadonlyMap<string, string>
}

async function readVersions(): Promise<Pick<Standing, 'versions' | 'aliases'>> {
  const lambda = new LambdaClient({ maxAttempts: 1 })
  const read = await Promise.all(functionNames.map(async (FunctionName) => {
    const [{ Versions = [] }, { Aliases = [] }] = await Promise.all([
      lambda.send(new ListVersionsByFunctionCommand({ FunctionName })), lambda.send(new ListAliasesCommand({ FunctionName })),
    ])
    return {
      versions: Versions.map(({ Version }) => `${FunctionName}:${Version}`),
      aliases: Aliases.map(({ Name, FunctionVersion = '' }) => [`${FunctionName}:${Name}`, FunctionVersion] as const),
    }
  }))
  return { versions: new Set(read.flatMap(({ versions }) => versions)), aliases: new Map(read.flatMap(({ aliases }) => aliases)) }
}

interface Seen {
  readonly name: StageName
  readonly stage: Stage
  readonly url: string
}

async function viewOf({ name, stage, url }: Seen, standing: Standing, commitOf: Map<string, number>): Promise<View> {
  const [release] = parseRecord('shop', stage.variables)
  if (release === undefined || release.deploymentId !== stage.deploymentId) throw new Error(`${name}: the record does not name what is served`)
  const slot = stage.variables?.['shop_alias'] ?? ''
  for (const { name: functionName, version } of versionsOf(release)) {
    const actual = standing.aliases.get(`${functionName}:${slot}`)
    if (actual !== version) throw new Error(`${name}: ${slot} of ${functionName} names ${actual}, and release ${release.number} has ${version}`)
  }
  const canary = canaryOf({ name: 'shop', stage: name, repository: '' }, stage)
  if (canary?.kind === 'foreign') throw new Error(`${name}: a canary that is not ours`)
  const served = [release, ...(canary === undefined ? [] : [canary.release])]
  for (const each of served) {
    const commit = await commitAsked({ name, url }, { number: each.number, among: served.map(({ number }) => number) })
    for (const version of versionsOf(each)) commitOf.set(keyOf(version), commit)
  }
  const live = commitOfRelease(release, commitOf)
  if (canary === undefined) await refuseOtherRoutes({ name, url }, live)
  const kept = [...parseRecord('shop', stage.variables), ...(canary === undefined ? [] : [canary.release])]
  const releases = kept.filter((each) => isWhole(each, standing)).map((each) => [each.number, commitOfRelease(each, commitOf)] as const)
  if (canary !== undefined && !isWhole(canary.release, standing)) throw new Error(`${name}: the canary lacks something`)
  return { live, number: release.number, releases: new Map(releases), canary: canary && commitOfRelease(canary.release, commitOf) }
}

function versionsOf(release: Release): readonly Version[] {
  const versions = versionsIn(release, functionNames)
  if (versions === undefined) throw new Error(`release ${release.number} is of other functions`)
  return [...versions].map(([name, version]) => ({ name, version }))
}

const keyOf = ({ name, version }: Version): string => `${name}:${version}`

function isWhole(release: Release, { deployments, versions }: Standing): boolean {
  return deployments.has(release.deploymentId) && versionsOf(release).every((each) => versions.has(keyOf(each)))
}

function commitOfRelease(release: Release, commitOf: ReadonlyMap<string, number>): number {
  const commits = new Set(versionsOf(release).map((each) => commitOf.get(keyOf(each))))
  const [commit = -1] = commits
  if (commits.size > 1) throw new Error(`release ${release.number} mixes code of ${[...commits].join(' and ')}`)
  return commit
}

interface Told {
  readonly commit: number
  readonly mode: string
  readonly release: number
}

async function ask(url: string, path: string): Promise<Told | undefined> {
  const answer = await fetch(`${url}${path}`)
  const body = await answer.text()
  if (answer.status === 403) return undefined
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status} ${body}`)
  return JSON.parse(body) as Told
}

/** The commit of one release by its number, whole: all routes answer with its code, set up as the stage is. */
async function commitAsked({ name, url }: Pick<Seen, 'name' | 'url'>, { number, among }: Asked): Promise<number> {
  const answers = new Map<string, Told>()
  // Half of the requests are a canary's, where there is one.
  for (let tries = 0; answers.size < 2 && tries < 100; tries++) {
    for (const path of ['/read', '/book']) {
      const told = await ask(url, path)
      if (told === undefined || !among.includes(told.release)) throw new Error(`${name}: ${path} answers as release ${told?.release}, not ${among.join(' or ')}`)
      if (told.release === number) answers.set(path, told)
    }
  }
  const [one] = answers.values()
  if (one === undefined || answers.size < 2) throw new Error(`${name}: nobody gets release ${number}`)
  const all = [...answers.values()]
  if (!all.every(({ commit, mode }) => commit === one.commit && mode === modeOf(name))) {
    throw new Error(`${name}: release ${number} is not whole: ${JSON.stringify([...answers])}`)
  }
  return one.commit
}

interface Asked {
  readonly number: number
  /** The releases that callers may get. */
  readonly among: readonly number[]
}

/** Where all callers get one release, its routes are known, too. */
async function refuseOtherRoutes({ name, url }: Pick<Seen, 'name' | 'url'>, commit: number): Promise<void> {
  for (const path of ['/r0', '/r1', '/r2']) {
    const told = await ask(url, path)
    if ((told !== undefined) !== (path === ownRoute(commit))) throw new Error(`${name}: commit ${commit} is live, and ${path} ${told === undefined ? 'is missing' : 'answers'}`)
  }
}

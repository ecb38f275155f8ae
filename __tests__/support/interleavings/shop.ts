import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The stages of the service; what the second serves is promoted to the first. */
export const stageNames = ['prod', 'test'] as const
export type StageName = (typeof stageNames)[number]

/** Handlers tell which commit they are of, how their stage is set up, and which release the stage says it serves. */
const code = (commit: number): string => `import json, os
def lambda_handler(event, context):
    record = event["stageVariables"]["shop_release"]
    told = {"commit": ${commit}, "mode": os.environ["MODE"], "release": int(record.split(":")[0])}
    return {"statusCode": 200, "body": json.dumps(told)}
`

/** The route that only some commits have. */
export const ownRoute = (commit: number): string => `/r${commit % 3}`

/** What \`MODE\` is on a stage. */
export const modeOf = (stage: StageName): string => `as ${stage}`

/** Writes what a commit holds, and gives its folder. */
export function checkOut(folder: string, commit: number): string {
  const workspace = join(folder, `commit-${commit}`)
  mkdirSync(workspace, { recursive: true })
  for (const name of ['read', 'book']) writeFileSync(join(workspace, `${name}.py`), code(commit))
  writeFileSync(join(workspace, 'lambda-api.yml'), `
service: shop
defaults: { runtime: python3.11 }
functions: { read: { handler: read.lambda_handler }, book: { handler: book.lambda_handler } }
api:
  access-log: off
  routes: { GET /read: read, GET /book: book, GET ${ownRoute(commit)}: read }
stages:
  prod: { defaults: { environment-variables: { MODE: ${modeOf('prod')} } } }
  test: { defaults: { environment-variables: { MODE: ${modeOf('test')} } } }
`)
  return workspace
}

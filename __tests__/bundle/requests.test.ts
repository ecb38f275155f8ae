import { expect, test } from '@jest/globals'
import { makeService, succeeded } from '../support/service.ts'
import { telling, Traffic } from '../support/traffic.ts'

/** How long AWS takes to spread what was written, in virtual milliseconds: longer than it is seen to be, because nobody says how long it may be. */
const windows = { functionPending: 0, functionUpdate: 0, versionPending: 0, permissionVisible: 5_000, stageVisible: 2_000, aliasVisible: 3_000 }

/** A managed policy of AWS's. */
const reading = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'

/** What a step deploys. */
interface Config {
  readonly functions: readonly string[]
  readonly routes: readonly string[]
  readonly keepReleases: number
  readonly policies: readonly string[]
}

/** The functions whose callers never stop. All others get new code once, so that many of them cost little. */
const calledOf = (functions: readonly string[]): readonly string[] => [...new Set([functions[0] ?? '', functions.filter((name) => name !== 'extra').at(-1) ?? ''])]

const file = ({ functions, routes, keepReleases, policies }: Config): string => `
service: shop
defaults: { runtime: python3.11, handler: app.lambda_handler }
functions:
${functions.map((name, index) => `  ${name}: { source: ${calledOf(functions).includes(name) ? 'called' : 'others'}, role-policies: [${index === 0 ? policies.join(', ') : ''}] }`).join('\n')}
api:
  access-log: off
  routes:
${[...functions.map((name) => `    GET /${name}: ${name}`), ...routes.map((route) => `    GET /${route}: ${functions[0]}`)].join('\n')}
release: { keep-releases: ${keepReleases} }
`

/** A service whose callers never stop, and the runs that it goes through. */
class Served {
  readonly service = makeService({ stage: 'prod' })
  readonly textOf = new Map<number, string>()
  readonly #config: Config
  #text = ''
  traffic: Traffic | undefined

  constructor(config: Config) {
    this.#config = config
  }

  /** Deploys; what is not given is as it was at first, but the code, which is as it was last. */
  async deploy({ text = this.#text, ...change }: Partial<Config> & { readonly text?: string } = {}): Promise<void> {
    this.#text = text
    this.service.write('called/app.py', telling(text))
    this.service.write('others/app.py', telling(text === 'one' ? 'one' : 'other'))
    this.service.write('lambda-api.yml', file({ ...this.#config, ...change }))
    const { outputs } = succeeded(await this.service.run())
    this.textOf.set(Number(outputs['release']), text)
    this.traffic ??= await this.#callers(outputs['invoke-url'] ?? '')
    await this.traffic.more(2)
  }

  /** Callers who know nothing of the time before the first release was known everywhere. */
  async #callers(url: string): Promise<Traffic> {
    const traffic = new Traffic(url, calledOf(this.#config.functions))
    await traffic.until(({ status }) => status === 200)
    traffic.answers.length = 0
    return traffic
  }

  /** Deploys another stage, and destroys it. */
  async otherStage(): Promise<void> {
    succeeded(await this.service.run({ stage: 'test' }))
    succeeded(await this.service.run({ stage: 'test', command: 'destroy', confirm: 'shop' }))
    await this.traffic?.more(2)
  }
}

const cases = [1, 60].flatMap((count) => [0, 1, 5].map((keepReleases) => ({ count, keepReleases })))

test.each(cases)('A3, A4, breaks 1, 2, 4 and 14: $count functions, keep-releases $keepReleases: whatever is deployed, no request fails, and no route meets code of another release', async ({ count, keepReleases }) => {
  const functions = Array.from({ length: count }, (_each, index) => `f${index}`)
  const served = new Served({ functions, routes: [], keepReleases, policies: [reading] })
  const { control } = served.service.account
  await control.configure({ windows, rates: false })
  // Callers are there all the time, so time goes on also while nobody waits.
  await control.runClock(10)
  await served.deploy({ text: 'one' })
  await served.deploy({ text: 'two' })
  await served.deploy({ routes: ['more'] })
  await served.deploy({ text: 'three' })
  await served.deploy({ functions: [...functions, 'extra'] })
  await served.deploy({})
  await served.deploy({ policies: [] })
  await served.otherStage()
  // Without a pause between them.
  await served.deploy({ text: 'four', policies: [] })
  await served.deploy({ text: 'five', routes: ['more'], policies: [] })
  await served.deploy({ text: 'six', policies: [] })
  await served.traffic?.more(50)
  await served.traffic?.stop()
  const wrong = served.traffic?.wrong(served.textOf) ?? []
  process.stdout.write(`requests: ${count} functions, keep-releases ${keepReleases}: ${served.traffic?.answers.length} asked, ${wrong.length === 0 ? 'none wrong' : wrong.join('; ')}\n`)
  served.service.remove()
  expect(wrong).toEqual([])
}, 600_000)

import { setTimeout as sleep } from 'node:timers/promises'

/** A handler that says what it was made with, and which release the stage says it serves. */
export const telling = (text: string): string => `import json
def lambda_handler(event, context):
    variables = event["stageVariables"]
    record = next(variables[name] for name in sorted(variables) if name.endswith("_release"))
    return {"statusCode": 200, "body": json.dumps({"text": "${text}", "release": int(record.split(":")[0])})}
`

export interface Answer {
  readonly route: string
  readonly status: number
  /** What the code was made with. */
  readonly text: string | undefined
  /** The release that the stage said it serves. */
  readonly release: number | undefined
}

/** Callers that ask the same routes again and again, each one call at a time; a route may have several. */
export class Traffic {
  readonly answers: Answer[] = []
  #isOver = false
  readonly #callers: Promise<void>[]
  readonly #routes: number

  constructor(url: string, routes: readonly string[]) {
    this.#routes = new Set(routes).size
    this.#callers = routes.map(async (route) => {
      while (!this.#isOver) {
        this.answers.push(await ask(url, route))
        await sleep(5)
      }
    })
  }

  /** No caller is left when it resolves. */
  async stop(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#callers)
  }

  /** Waits until every route was asked so many times more. */
  async more(times: number): Promise<void> {
    const enough = this.answers.length + times * this.#callers.length
    while (this.answers.length < enough) await sleep(10)
  }

  /** Waits until a route was answered as wanted, each of them. */
  async until(isWanted: (answer: Answer) => boolean): Promise<void> {
    while (new Set(this.answers.filter(isWanted).map(({ route }) => route)).size < this.#routes) await sleep(10)
  }

  /** Answers that no caller should get, each with how often it came: failures, and code that is not that of the release the stage says it serves. */
  wrong(textOf: ReadonlyMap<number, string>): string[] {
    const told = this.answers.flatMap(({ route, status, text, release }) => {
      if (status !== 200) return [`${route} answered ${status}`]
      const expected = textOf.get(release ?? 0)
      return expected === text ? [] : [`${route} of release ${release} answered with code "${text}" in place of "${expected}"`]
    })
    return [...Map.groupBy(told, (each) => each)].map(([what, all]) => `${all.length} x ${what}`)
  }
}

async function ask(url: string, route: string): Promise<Answer> {
  const answer = await fetch(`${url}/${route}`)
  const body = (await answer.json().catch(() => ({}))) as { readonly text?: string; readonly release?: number }
  return { route, status: answer.status, text: body.text, release: body.release }
}

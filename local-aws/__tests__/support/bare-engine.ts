import { localAwsUrl, type ClientConfig } from '../../testing.ts'

/** The same client configuration, but straight to the engine behind the front: what it takes and the front refuses is a rule of ours. */
export async function bareEngine(client: ClientConfig): Promise<ClientConfig> {
  const answer = await fetch(`${localAwsUrl()}/_local-aws/health`)
  const { engine } = (await answer.json()) as { engine: string }
  return { ...client, endpoint: engine }
}

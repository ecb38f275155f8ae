import { once } from 'node:events'
import { join } from 'node:path'
import { start } from '../lib/children.mjs'
import { root } from '../lib/requirements.mjs'

export interface LocalAws {
  readonly url: string
  /** Rejects when it ends by itself. */
  readonly ended: Promise<never>
}

/** Starts local AWS on a free port; it ends with this process. */
export async function startLocalAws(): Promise<LocalAws> {
  const child = start(process.execPath, [join(root, 'local-aws', 'main.ts'), '--port', '0'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = child.ended.then(({ code, signal }) => {
    throw new Error(`Local AWS ended (${signal ?? `exit code ${code}`}); its own words stand above.`)
  })
  const [message] = (await Promise.race([once(child.process, 'message'), ended])) as [{ readonly url: string }]
  ended.catch(() => undefined)
  return { url: message.url, ended }
}

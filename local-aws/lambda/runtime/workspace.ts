import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const PREFIX = 'local-aws-lambda-'

/** The folder under which this process unpacks code; its name bears the process id, so that a later one can tell what was left behind. */
class Workspace {
  #root: Promise<string> | undefined
  #known: string | undefined

  /** A new empty folder. */
  async folder(name: string): Promise<string> {
    return mkdtemp(path.join(await (this.#root ??= this.#make()), `${name}-`))
  }

  async remove(): Promise<void> {
    const root = await this.#root
    this.#root = undefined
    this.#known = undefined
    if (root !== undefined) await rm(root, { recursive: true, force: true })
  }

  async #make(): Promise<string> {
    await sweep()
    const root = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
    this.#known = root
    // The last resort, where nobody called remove: only what is synchronous runs on exit.
    process.once('exit', () => this.#known !== undefined && rmSync(this.#known, { recursive: true, force: true }))
    return root
  }
}

export const workspace = new Workspace()

/** Makes the folders below `root` that an instance needs. */
export async function subfolder(root: string, name: string): Promise<string> {
  const folder = path.join(root, name)
  await mkdir(folder, { recursive: true })
  return folder
}

/** Removes what processes left behind that were killed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : NaN
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(path.join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

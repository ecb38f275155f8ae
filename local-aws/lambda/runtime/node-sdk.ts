import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** What Lambda's Node.js runtimes bring, of what is installed beside local AWS; a handler must not see the rest. */
const scopes = ['@aws-sdk', '@smithy']
const installed = fileURLToPath(new URL('../../../node_modules/', import.meta.url))

/** Makes `folder` a /var/runtime: its node_modules holds the SDK, and nothing else. Returns the folder. */
export async function linkNodeSdk(folder: string): Promise<string> {
  await mkdir(path.join(folder, 'node_modules'))
  for (const scope of scopes) await symlink(path.join(installed, scope), path.join(folder, 'node_modules', scope), 'dir')
  return folder
}

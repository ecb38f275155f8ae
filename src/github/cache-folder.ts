import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { temporaryFolder, type Environment } from './event.ts'

/**
 * The folder that is kept between runs on one machine, absolute, so that one inside of the source is known for what it is and never ships:
 * the one that LAMBDA_API_DEPLOY_CACHE names, else one in the home folder. Containers may have a home that cannot be written to
 * (actions-gh-pages#790, setup-kind#13); then it is one that lasts for the job.
 */
export function cacheFolder(env: Environment): string {
  const named = env['LAMBDA_API_DEPLOY_CACHE'] ?? ''
  if (named !== '') return resolve(named)
  const own = join(homedir(), '.cache', 'lambda-api-deploy')
  return canMake(join(own, '..')) && canMake(own) && canWrite(own) ? own : join(temporaryFolder(env), 'lambda-api-deploy-cache')
}

/** Level by level: where a file system takes no folders, such as /proc, Node's own recursion may never end. */
function canMake(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
  }
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Lets ES modules import from the folders of NODE_PATH, as Lambda's Node.js runtimes do since nodejs18.x and Node itself does not:
 * "The Node.js 18.x runtime for Lambda searches the folders listed in NODE_PATH when loading ES modules" (AWS Compute Blog,
 * Node.js 18.x runtime now available in AWS Lambda); they come last, after Node's own search (moduleResolveWithNodePath in the stack
 * of aws/aws-lambda-base-images issue 80). Of those folders only the ones called node_modules count here.
 */
import module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Makes the search known to this process; Node before 22.15 asks for it in a thread of its own, before 18.19 not at all. */
export function searchNodePath() {
  if (module.registerHooks === undefined) module.register?.(import.meta.url)
  else module.registerHooks({ resolve: resolveAtOnce })
}

/** For a package that Node's own search did not find: importers that lie beside the folders of NODE_PATH. */
function parents(error, specifier, { conditions }) {
  const isPackage = !/^(\.{0,2}\/|#|[a-z][\w+.-]*:)/i.test(specifier)
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !isPackage || !conditions.includes('import')) return []
  const folders = (process.env.NODE_PATH ?? '').split(':').filter((folder) => path.basename(folder) === 'node_modules')
  return folders.map((folder) => pathToFileURL(path.join(path.dirname(folder), 'importer.mjs')).href)
}

function resolveAtOnce(specifier, context, next) {
  try {
    return next(specifier, context)
  } catch (error) {
    for (const parentURL of parents(error, specifier, context)) {
      try {
        return next(specifier, { ...context, parentURL })
      } catch (other) {
        if (other.code !== 'ERR_MODULE_NOT_FOUND') throw other
      }
    }
    throw error
  }
}

/** The same for `module.register`. */
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context)
  } catch (error) {
    for (const parentURL of parents(error, specifier, context)) {
      try {
        return await next(specifier, { ...context, parentURL })
      } catch (other) {
        if (other.code !== 'ERR_MODULE_NOT_FOUND') throw other
      }
    }
    throw error
  }
}

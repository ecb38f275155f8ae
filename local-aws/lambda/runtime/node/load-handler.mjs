/** Finds the handler by the rules of Lambda's own runtime client (aws-lambda-ric 3.3.0, UserFunction.js). */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { RuntimeError } from './errors.mjs'

function isModulePackage(folder) {
  if (folder.endsWith('/node_modules')) return false
  const file = path.join(folder, 'package.json')
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')).type === 'module'
  return folder === '/' ? false : isModulePackage(path.dirname(folder))
}

async function loadModule(root, folder, name) {
  const require = createRequire(path.join(root, 'index.js'))
  const file = path.resolve(root, folder, name)
  const at = (extension) => fs.existsSync(file + extension) && fs.statSync(file + extension).isFile()
  if (at('')) return require(file)
  if (at('.js')) return isModulePackage(path.dirname(file)) ? import(`${file}.js`) : require(`${file}.js`)
  if (at('.mjs')) return import(`${file}.mjs`)
  if (at('.cjs')) return require(`${file}.cjs`)
  return require(require.resolve(name, { paths: [root, path.join(root, folder)] }))
}

export async function loadHandler(root, full) {
  if (full.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${full}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  }
  const base = path.basename(full)
  const match = /^([^.]*)\.(.*)$/.exec(base)
  if (match === null) throw new RuntimeError('MalformedHandlerName', 'Bad handler')
  let loaded
  try {
    loaded = await loadModule(root, full.slice(0, full.indexOf(base)), match[1])
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', error)
    if (error.code === 'MODULE_NOT_FOUND') throw new RuntimeError('ImportModuleError', error)
    throw error
  }
  const handler = match[2].split('.').reduce((nested, key) => nested?.[key], loaded)
  if (!handler) throw new RuntimeError('HandlerNotFound', `${full} is undefined or not exported`)
  if (typeof handler !== 'function') throw new RuntimeError('HandlerNotFound', `${full} is not a function`)
  return handler
}

import type { ErrorText, Place } from '../../errors.ts'
import { nearest } from '../../suggest.ts'
import type { NodeRuntime } from '../runtimes.ts'
import { moduleKind, type NodeSource } from './node-source.ts'

export interface NodeHandlerCheck {
  readonly handler: string
  readonly place: Place | undefined
  readonly runtime: NodeRuntime
  readonly paths: readonly string[]
  /** The text of one of the app's own files. */
  readonly text: (path: string) => string | undefined
  /** The same, read as JavaScript. */
  readonly source: (path: string) => NodeSource | undefined
}

/**
 * Whether the runtime will find a Node handler, by the rules of its client (aws-lambda-nodejs-runtime-interface-client, UserFunction.js):
 * no `..`, the first dot of the last part divides module and export, the suffixes in their order, then node_modules.
 */
export function checkNodeHandler(check: NodeHandlerCheck): ErrorText | undefined {
  const parts = partsOf(check.handler)
  if (parts === undefined) {
    return {
      what: `\`${check.handler}\` is no handler.`, why: 'A handler is a file without its suffix, a dot and an export, as in '
        + '`index.handler`; `..` is not allowed.',
      ...(check.place === undefined ? {} : { place: check.place }),
    }
  }
  const file = nodeHandlerFile(check)
  if (file === undefined) return missing(check, parts.module, parts.name)
  return file.startsWith('node_modules/') ? undefined : checkExports(check, { file, ...parts })
}

/** The file that the runtime would load for a handler, by the client's order. */
export function nodeHandlerFile(check: Pick<NodeHandlerCheck, 'handler' | 'paths'>): string | undefined {
  const module = partsOf(check.handler)?.module
  const suffixes = ['', '.js', '.mjs', '.cjs']
  return suffixes.map((suffix) => `${module ?? ''}${suffix}`).find((candidate) => check.paths.includes(candidate))
    ?? check.paths.find((candidate) => candidate === `node_modules/${module ?? ''}/package.json`
      || candidate === `node_modules/${module ?? ''}.js`)
}

function partsOf(handler: string): { readonly module: string, readonly name: string } | undefined {
  const slash = handler.lastIndexOf('/') + 1
  const match = /^([^.]+)\.(.+)$/.exec(handler.slice(slash))
  if (match === null || handler.includes('..')) return undefined
  return {
    module: `${handler.slice(0, slash).replace(/^\.?\//, '')}${match[1] as string}`,
    name: (match[2] as string).split('.')[0] as string,
  }
}

function missing(check: NodeHandlerCheck, module: string, name: string): ErrorText {
  const base = module.slice(module.lastIndexOf('/') + 1)
  const own = check.paths.filter((path) => /\.(?:[cm]?js|[cm]?ts)$/.test(path) && !path.startsWith('node_modules/'))
  const typescript = own.find((path) => /^\.[cm]?ts$/.test(path.slice(module.length)) && path.startsWith(module))
  const elsewhere = own.find((path) => new RegExp(`(?:^|/)${base.replace(/[^\w-]/g, '.')}\\.[cm]?js$`).test(path))
  const close = nearest(module, own.map(stem))
  const cure = elsewhere !== undefined ? `It lies in ${elsewhere}: write \`${stem(elsewhere)}.${name}\`, or make its folder the source.`
    : typescript !== undefined ? typescriptCure(typescript, check.runtime)
    : close !== undefined ? `Did you mean \`${close}.${name}\`?`
    : otherHandlers(check, own) ?? 'Set `handler:` to a function in the source folder, or set `source:`.'
  return {
    what: `The package holds no ${module}.js, .mjs or .cjs, which the handler \`${check.handler}\` names.`,
    why: 'The content of the source folder lies at the root of the package.', cure, ...(check.place === undefined
      ? {}
      : { place: check.place }),
  }
}

/** What looks like a handler among the exports of a module. */
function usualName({ exports = new Set() }: NodeSource): string | undefined {
  return ['handler', 'lambdaHandler', 'main'].find((name) => exports.has(name))
    ?? [...exports].find((name) => /handler$/i.test(name))
}

/** Where the app exports what looks like a handler, with the line to write. */
function otherHandlers(check: NodeHandlerCheck, own: readonly string[]): string | undefined {
  const found = own.filter((file) => /\.[cm]?js$/.test(file) && !/(^|[/.])test\b/.test(file)).flatMap((file) => {
    const source = check.source(file)
    const name = source === undefined ? undefined : usualName(source)
    return name === undefined ? [] : [`\`handler: ${stem(file)}.${name}\``]
  })
  return found.length === 0 ? undefined : `Write ${found.slice(0, 3).join(' or ')}.`
}

/** AWS's guide compiles first, whatever the runtime (https://docs.aws.amazon.com/lambda/latest/dg/lambda-typescript.html). */
function typescriptCure(file: string, { major }: NodeRuntime): string {
  const bundle = `npx esbuild ${file} --bundle --platform=node --target=node${major} --format=cjs --outdir=dist`
  return `Lambda runs JavaScript only. Compile it in a step before this one (\`${bundle}\`), and set \`source: dist\`.`
}

function checkExports(
  check: NodeHandlerCheck,
  { file, name, module }: { file: string; name: string; module: string },
): ErrorText | undefined {
  const where = check.place === undefined ? {} : { place: check.place }
  const source = check.source(file)
  if (source === undefined) return undefined
  const [isModule, hasEsm, hasCjs] = [moduleKind(file, check.text) === 'module', source.isModule, source.usesCommon]
  if (isModule && hasCjs && !hasEsm) {
    return {
      what: `${file} is loaded as an ES module and uses CommonJS (\`module.exports\` or \`require\`).`,
      cure: 'Name it .cjs, or take `"type": "module"` out of package.json.',
      ...where,
    }
  }
  if (!isModule && hasEsm && !hasCjs && check.runtime.major < firstWithModulesInRequire) {
    return {
      what: `${file} is loaded as CommonJS and uses \`import\` or \`export\`.`,
      why: 'The nearest package.json says no `"type": "module"`.',
      cure: 'Name it .mjs, or add `"type": "module"` to the package.json beside it.',
      ...where,
    }
  }
  if (source.exports?.has(name) ?? true) return undefined
  const close = nearest(name, [...(source.exports ?? [])]) ?? usualName(source)
  return {
    what: `${file} exports no \`${name}\`, which the handler \`${check.handler}\` names.`,
    cure: close === undefined ? `Export \`${name}\` there, or name another export.` : `Did you mean \`${module}.${close}\`?`,
    ...where,
  }
}

/**
 * Node 22.12 and later load an ES module through `require`, but Lambda switches that off in nodejs20.x and nodejs22.x
 * (`--no-experimental-require-module`; developer guide, "Building Lambda functions with Node.js").
 */
export const firstWithModulesInRequire = 24

function stem(path: string): string {
  return path.replace(/\.[^./]+$/, '')
}

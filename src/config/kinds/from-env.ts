import { at } from '../node.ts'
import type { Node } from '../node.ts'
import type { Context } from './kind.ts'

/**
 * A mask shorter than this would blank out ordinary words of the log. Each line counts by itself: old runners hide a value of several
 * lines only as a whole, which no line of the log holds, and newer ones each of its lines, be it the `{` of a JSON key file, which would
 * blank out every output that is JSON (actions/runner, AddMaskCommandExtension).
 */
const shortestMask = 8

/** A value that stands in the step's environment and nowhere else. */
interface Secret {
  /** Of what takes it: a variable of a function, a header. */
  readonly name: string
  /** The name of the step's variable. */
  readonly source: string
  readonly node: Node
}

/** The value that `{ from-env: NAME }` stands for, which is masked; undefined after a complaint, which never holds it. */
export function secretFromEnv({ name, source, node }: Secret, context: Context): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(source)) {
    const what = `${node.label}: from-env does not hold the name of an environment variable.`
    const why = 'It may hold the value itself, so no part of it is shown.'
    const variable = name.replaceAll(/\W/g, '_')
    context.findings.error({ what, why, cure: `Write { from-env: ${variable} }, and give the step env: { ${variable}: … }.`, ...at(node) })
    return undefined
  }
  if (!context.resolveSecrets) return ''
  context.secrets.add(source)
  const value = Object.hasOwn(context.env, source) ? context.env[source] : undefined
  if (value !== undefined && value !== '') {
    for (const line of value.split(/\r?\n/)) if (line.trim().length >= shortestMask) context.masks.add(line.trim())
    return value
  }
  context.findings.error({
    what: `${node.label}: the step's environment has no ${source}${value === '' ? ' (it is empty)' : ''}.`,
    why: `${name} takes its value from there. A secret that does not exist, or is kept from a fork, arrives empty.`,
    cure: `Give it to the step: env: { ${source}: \${{ secrets.${source} }} }.`,
    ...at(node),
  })
  return undefined
}

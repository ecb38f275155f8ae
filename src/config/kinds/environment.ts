import type { Place } from '../../errors.ts'
import { at } from '../node.ts'
import type { MapNode, Node } from '../node.ts'
import { secretFromEnv } from './from-env.ts'
import type { Context, Kind } from './kind.ts'
import { keyValuesFromText } from './key-values.ts'
import { secretIn } from './secret-values.ts'

/** EnvironmentVariableName in Lambda's public service model: at least two characters. */
const namePattern = /^[a-zA-Z][a-zA-Z0-9_]+$/

/** Lambda measures the variables as one JSON text ("exceeded the 4KB limit. String measured: {…}", recorded from AWS). */
const limit = 4096

/** Lambda developer guide, "Defined runtime environment variables": what cannot be set in the function's configuration. */
const reserved = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
])

const words = 'a map of variable names to values, or to { from-env: NAME }'

/** A function's environment. No message and no warning of this kind holds a value. */
export function environment(): Kind<Readonly<Record<string, string>>> {
  const value = {
    oneOf: [
      { type: ['string', 'number', 'boolean'] },
      { type: 'object', properties: { 'from-env': { type: 'string' } }, required: ['from-env'], additionalProperties: false },
    ],
  }
  return {
    words,
    schema: { type: 'object', propertyNames: { pattern: namePattern.source, not: { enum: [...reserved] } }, additionalProperties: value },
    fromText: keyValuesFromText({ key: /^([A-Za-z]\w*|_[A-Z_]+)$/, words: 'letters, digits and _' }),
    read: (node, context) => {
      if (node.kind !== 'map') {
        const cure = node.kind === 'list' ? 'Write each as KEY: value, without a dash.' : 'Write it like { TABLE: events }.'
        context.findings.error({ what: `${node.label} is not ${words}.`, cure, ...at(node) })
        return undefined
      }
      return readVariables(node, context)
    },
  }
}

function readVariables(node: MapNode, context: Context): Readonly<Record<string, string>> | undefined {
  const values: [string, string][] = []
  let whole = true
  for (const [name, entry] of node.entries) {
    const isName = checkName(name, { label: node.label, place: entry.place ?? node.place }, context)
    const value = isName ? readValue(name, entry.node, context) : undefined
    warnOfSecret(name, entry.node, context)
    if (value === undefined) whole = false
    else values.push([name, value])
  }
  const variables = Object.fromEntries(values)
  return checkSize(variables, node, context) && whole ? variables : undefined
}

function checkName(name: string, node: { readonly label: string; readonly place: Place | undefined }, context: Context): boolean {
  const where = at(node)
  if (reserved.has(name)) {
    const cure = 'Take another name; the runtime sets this one itself.'
    context.findings.error({ what: `${node.label}: ${name} is reserved by Lambda.`, cure, ...where })
    return false
  }
  if (namePattern.test(name)) return true
  context.findings.error({
    what: `${node.label}: ${JSON.stringify(name)} is not a name that Lambda takes.`,
    why: 'A name starts with a letter and goes on with letters, digits and _, at least two characters in all.',
    cure: `Rename it, for example to ${nameLike(name)}.`,
    ...where,
  })
  return false
}

/** A name that Lambda takes and that still shows which one was meant. */
function nameLike(name: string): string {
  const cleaned = name.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^[^a-zA-Z]+/, '')
  return namePattern.test(cleaned) ? cleaned : `VALUE_${cleaned}`.replace(/_+$/, '')
}

function readValue(name: string, node: Node, context: Context): string | undefined {
  if (node.kind === 'scalar' && node.value !== null) return typeof node.value === 'string' ? node.value : node.text
  if (node.kind === 'map' && node.entries.size === 1) {
    const source = node.entries.get('from-env')?.node
    const isText = source?.kind === 'scalar' && typeof source.value === 'string' && source.value !== ''
    if (isText) return secretFromEnv({ name, source: source.text, node }, context)
  }
  const cure = `Write ${name}: "text", ${name}: "" for an empty one, or ${name}: { from-env: NAME }.`
  context.findings.error({ what: `${node.label} has no value that a variable can hold.`, cure, ...at(node) })
  return undefined
}

/** What stands in an input may come from a secret by now; what stands in the file is in the repository, for everybody who may read it. */
function warnOfSecret(name: string, node: Node, { findings }: Context): void {
  const is = node.kind === 'scalar' && node.place !== undefined ? secretIn(name, node.text) : undefined
  if (is === undefined) return
  findings.warning({
    what: `${node.label} looks like ${is}.`,
    why: 'Whoever may read the repository can read it there, in every commit that had it.',
    cure:
      `Write ${name}: { from-env: ${name} }, give the step env: { ${name}: \${{ secrets.${name} }} } in the workflow, ` +
      'and replace the secret itself where it was a real one.',
    ...at(node),
  })
}

function checkSize(variables: Readonly<Record<string, string>>, node: Node, context: Context): boolean {
  const size = Buffer.byteLength(JSON.stringify(variables))
  if (size <= limit) return true
  const largest = Object.entries(variables)
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, 3)
    .map(([name, value]) => `${name} (${Buffer.byteLength(value)} bytes)`)
  const why = `The largest are ${largest.join(', ')}.`
  const cure = 'Move large values into the package, SSM Parameter Store or Secrets Manager.'
  const what = `${node.label}: ${size} bytes, but Lambda takes at most ${limit} for all variables together.`
  context.findings.error({ what, why, cure, ...at(node) })
  return false
}

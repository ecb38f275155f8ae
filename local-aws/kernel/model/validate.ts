import { AwsError } from '../call.ts'
import { checkShape, javaText } from './constraints.ts'
import { itemOf, keyOf, shapeOf, type Operation, type ServiceModel, type Shape, type ShapeRef } from './service-model.ts'

/**
 * Shapes whose constraints (all, or the greatest length) AWS's services check themselves, with other texts than the model's
 * (recordings test_lambda_api, invalid_runtime_exc: InvalidParameterValueException "… or be a valid ARN"; test_logs_groups,
 * error-invalid-name-length).
 */
const leftToTheService: Readonly<Record<string, 'all' | 'length'>> = { 'lambda.Runtime': 'all', 'logs.LogGroupName': 'length' }

/**
 * Shapes whose list refusal does not end in "Member must not be null" (recording test_lambda_api, create-response-invalid-format-subnet-id
 * and -security-group).
 */
const nullable: ReadonlySet<string> = new Set(['SubnetId', 'SecurityGroupId'])

interface Walk {
  readonly model: ServiceModel
  readonly problems: string[]
}

/**
 * Checks parameters against the constraints of AWS's own model: required members, enums, patterns, lengths and ranges.
 * Throws the one error that AWS gives for all of them: ValidationException, for CloudWatch Logs InvalidParameterException (recordings
 * test_lambda_api, test_apigateway_api, test_logs_events).
 */
export function validate(model: ServiceModel, operation: Operation, params: Readonly<Record<string, unknown>>): void {
  if (operation.input === undefined) return
  const walk: Walk = { model, problems: [] }
  const shape = shapeOf(model, operation.input)
  // API Gateway names members of the body `<operation>Input.member`, those of the URI by themselves; Lambda and Logs have no such prefix.
  const prefix = model.name === 'apigateway' ? `${lowerFirst(operation.name)}Input.` : ''
  structure(walk, { shape, value: params, path: (name, member) => `${member.location === undefined ? prefix : ''}${lowerFirst(name)}` })
  if (walk.problems.length === 0) return
  const count = walk.problems.length
  throw new AwsError(
    model.name === 'logs' ? 'InvalidParameterException' : model.metadata.protocol === 'query' ? 'ValidationError' : 'ValidationException',
    `${count} validation error${count === 1 ? '' : 's'} detected: ${walk.problems.join('; ')}`,
  )
}

function structure(
  walk: Walk,
  {
    shape,
    value,
    path,
  }: {
    readonly shape: Shape
    readonly value: Readonly<Record<string, unknown>>
    readonly path: (name: string, member: ShapeRef) => string
  },
): void {
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const given = value[name]
    if (given !== undefined) check(walk, { ref: member, value: given, path: path(name, member) })
    else if (shape.required?.includes(name) === true)
      walk.problems.push(`Value null at '${path(name, member)}' failed to satisfy constraint: Member must not be null`)
  }
}

function check(walk: Walk, { ref, value, path }: { readonly ref: ShapeRef; readonly value: unknown; readonly path: string }): void {
  const { model } = walk
  const left = leftToTheService[`${model.name}.${ref.shape}`]
  if (left === 'all') return
  const shape = shapeOf(model, ref)
  const report = (constraint: string): void =>
    void walk.problems.push(
      `Value${isSensitive(model, ref) ? '' : ` '${javaText(model, ref, value)}'`} at '${path}' failed to satisfy constraint: ${constraint}`,
    )
  for (const text of checkShape(model, ref, value).broken) if (left !== 'length' || !text.includes('length less than')) report(text)
  if (shape.type === 'structure')
    structure(walk, { shape, value: value as Record<string, unknown>, path: (name) => `${path}.${lowerFirst(name)}` })
  if (shape.type === 'list') checkList(walk, { shape, items: value as unknown[], path, report })
  if (shape.type === 'map') checkMap(walk, { shape, entries: value as Record<string, unknown>, report })
}

function checkList(
  walk: Walk,
  list: { readonly shape: Shape; readonly items: readonly unknown[]; readonly path: string; readonly report: (text: string) => void },
): void {
  const member = itemOf(list.shape)
  const { type } = shapeOf(walk.model, member)
  if (type === 'structure') {
    for (const [index, value] of list.items.entries())
      if (value !== null) check(walk, { ref: member, value, path: `${list.path}.${index + 1}.member` })
    return
  }
  if (leftToTheService[`${walk.model.name}.${member.shape}`] === 'all') return
  const bad = list.items.find((item) => item === null || checkShape(walk.model, member, item).broken.length > 0)
  if (bad === undefined) return
  list.report(`Member must satisfy constraint: [${elementConstraints(walk.model, member).join(', ')}]`)
}

function checkMap(
  walk: Walk,
  map: { readonly shape: Shape; readonly entries: Readonly<Record<string, unknown>>; readonly report: (text: string) => void },
): void {
  const { model } = walk
  const key = keyOf(map.shape)
  const value = itemOf(map.shape)
  if (Object.keys(map.entries).some((name) => checkShape(model, key, name).broken.length > 0))
    map.report(`Map keys must satisfy constraint: [${checkShape(model, key, '').all.join(', ')}]`)
  if (Object.values(map.entries).some((item) => item === null || checkShape(model, value, item).broken.length > 0))
    map.report(`Map value must satisfy constraint: [${elementConstraints(model, value).join(', ')}]`)
}

/**
 * Lambda closes the list with "Member must not be null" (recordings: layers, architectures, additionalVersionWeights); API Gateway does not
 * (endpointConfiguration.types).
 */
function elementConstraints(model: ServiceModel, ref: ShapeRef): string[] {
  const { type } = shapeOf(model, ref)
  const all = checkShape(model, ref, type === 'double' ? 0 : '').all
  return model.name === 'lambda' && !nullable.has(ref.shape) ? [...all, 'Member must not be null'] : [...all]
}

/** AWS leaves the value of a sensitive shape out of the refusal, and of a map whose keys or values are sensitive. */
function isSensitive(model: ServiceModel, ref: ShapeRef): boolean {
  return shapeOf(model, ref).sensitive === true
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}

import { text } from './basic.ts'
import { readText, reject, scalarFromText } from './kind.ts'
import type { Node } from '../node.ts'
import type { Context, Kind } from './kind.ts'

/** RoleArn in Lambda's public service model. */
const roleArn = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/
const roleExample = 'arn:aws:iam::123456789012:role/events'

/** A word with a meaning of its own, or a role's ARN. */
export function roleOr<const T extends string>(...choices: readonly T[]): Kind<T | `arn:${string}`> {
  const words = `${choices.join(', ')} or a role's ARN`
  return {
    words,
    schema: { anyOf: [{ enum: choices }, { type: 'string', pattern: roleArn.source }] },
    fromText: scalarFromText,
    read: (node, context) => {
      const value = readText(node, context, { words, example: choices[0] ?? roleExample, isRight: (written) => roleArn.test(written) })
      if (value === undefined) return undefined
      const word = choices.find((choice) => choice === value)
      if (word !== undefined) return word
      if (isArn(value)) return isOfPartition(node, value, context) ? value : undefined
      const name = /^[\w+=,.@-]+$/.test(value) ? value : 'events'
      const cure = `Write ${choices.join(', ')}, or the whole ARN: arn:aws:iam::123456789012:role/${name}.`
      return reject(node, context, { is: `is not ${words}`, cure })
    },
  }
}

function isArn(value: string): value is `arn:${string}` {
  return roleArn.test(value)
}

/** Partitions by how their Regions begin (botocore's public partitions.json); all others are of `aws`. */
const partitions: readonly (readonly [begin: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
]

/** Nothing of one partition can be used in another (AWS General Reference, "ARNs"). */
function isOfPartition(node: Node, arn: string, context: Context): boolean {
  const { region } = context
  if (region === undefined) return true
  const [, own] = partitions.find(([begin]) => region.startsWith(begin)) ?? ['', 'aws']
  const partition = arn.split(':')[1]
  if (partition === own) return true
  reject(node, context, { is: `is of the partition ${partition}, but ${region} is of ${own}`, cure: `Name one of ${own}: arn:${own}:….` })
  return false
}

const managedPolicyArn = /^arn:(aws[a-zA-Z-]*)?:iam::(aws|\d{12}):policy\/[\w+=,.@\-/]+$/

/** A managed policy: its ARN, or the name of one of AWS's own, which begins with the name of what it is for. */
export function managedPolicy(): Kind<string> {
  const plain = text({
    words: "the ARN of a managed policy, or the name of one of AWS's own",
    pattern: new RegExp(`${managedPolicyArn.source}|^[A-Z][\\w+=.@-]{2,127}$`),
    example: 'AWSLambdaSQSQueueExecutionRole',
  })
  return ofOwnPartition(plain)
}

export function policyArn(): Kind<string> {
  const plain = text({
    words: 'the ARN of a managed policy',
    pattern: managedPolicyArn,
    example: roleExample.replace(':role/events', ':policy/events-table'),
  })
  return ofOwnPartition(plain)
}

/** Takes ARNs of the Region's partition alone; a name is of every partition. */
function ofOwnPartition(plain: Kind<string>): Kind<string> {
  return {
    ...plain,
    read: (node, context) => {
      const value = plain.read(node, context)
      return value === undefined || !value.startsWith('arn:') || isOfPartition(node, value, context) ? value : undefined
    },
  }
}

/** LayerVersionArn in Lambda's public service model. */
const layerVersion = /^arn:(?:aws[a-zA-Z-]*)?:lambda:([a-z0-9-]+):\d{12}:layer:[a-zA-Z0-9_-]+:\d+$/

/** "Layers are not in the same region as the function" (Lambda's own words, elysia-lambda#2): both are known before any call. */
export function layerArn(): Kind<string> {
  const plain = text({
    words: 'the ARN of a layer version',
    pattern: layerVersion,
    why: 'The version number is part of the ARN.',
    example: 'arn:aws:lambda:eu-central-1:123456789012:layer:tools:3',
  })
  return {
    ...plain,
    read: (node, context) => {
      const arn = plain.read(node, context)
      const region = layerVersion.exec(arn ?? '')?.[1]
      if (arn === undefined || context.region === undefined || region === context.region) return arn
      const why = 'Lambda takes layers from its own Region only.'
      const cure = `Name a version of the layer that lies in ${context.region}, or publish one there.`
      return reject(node, context, { is: `lies in ${region}, but the function in ${context.region}`, why, cure })
    },
  }
}

/** SubnetId and SecurityGroupId in Lambda's public service model. */
export function subnetId(): Kind<string> {
  return text({ words: 'a subnet id', pattern: /^subnet-[0-9a-z]+$/, example: 'subnet-0a1b2c3d' })
}

export function securityGroupId(): Kind<string> {
  return text({ words: 'a security group id', pattern: /^sg-[0-9a-zA-Z]+$/, example: 'sg-0a1b2c3d' })
}

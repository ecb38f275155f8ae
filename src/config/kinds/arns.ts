import { text } from './basic.ts'
import { readText, reject, scalarFromText } from './kind.ts'
import type { Kind } from './kind.ts'

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
      const value = readText(node, context, words)
      if (value === undefined) return undefined
      const word = choices.find((choice) => choice === value)
      if (word !== undefined) return word
      if (isArn(value)) return value
      const name = /^[\w+=,.@-]+$/.test(value) ? value : 'events'
      return reject(node, context, { is: `is not ${words}`, cure: `Write ${choices.join(', ')}, or the whole ARN: arn:aws:iam::123456789012:role/${name}.` })
    },
  }
}

function isArn(value: string): value is `arn:${string}` {
  return roleArn.test(value)
}

export function policyArn(): Kind<string> {
  return text({
    words: 'the ARN of a managed policy',
    pattern: /^arn:(aws[a-zA-Z-]*)?:iam::(aws|\d{12}):policy\/[\w+=,.@\-/]+$/,
    example: roleExample.replace(':role/events', ':policy/events-table'),
  })
}

/** LayerVersionArn in Lambda's public service model. */
export function layerArn(): Kind<string> {
  return text({
    words: 'the ARN of a layer version',
    pattern: /^arn:(aws[a-zA-Z-]*)?:lambda:[a-z0-9-]+:\d{12}:layer:[a-zA-Z0-9_-]+:\d+$/,
    why: 'The version number is part of the ARN.',
    example: 'arn:aws:lambda:eu-central-1:123456789012:layer:tools:3',
  })
}

/** SubnetId and SecurityGroupId in Lambda's public service model. */
export function subnetId(): Kind<string> {
  return text({ words: 'a subnet id', pattern: /^subnet-[0-9a-z]+$/, example: 'subnet-0a1b2c3d' })
}

export function securityGroupId(): Kind<string> {
  return text({ words: 'a security group id', pattern: /^sg-[0-9a-zA-Z]+$/, example: 'sg-0a1b2c3d' })
}

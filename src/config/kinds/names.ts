import { nameLimits } from '../../service/names.ts'
import { text } from './basic.ts'
import type { Kind } from './kind.ts'
import { reject } from './kind.ts'

/** `[a-zA-Z0-9-_]+` of FunctionName in Lambda's public service model; 64 characters (recorded: "length less than or equal to 64"). */
export function functionNameKind(): Kind<string> {
  return text({
    words: 'a function name of letters, digits, - and _',
    pattern: /^[a-zA-Z0-9_-]+$/,
    max: nameLimits.function,
    why: 'Lambda takes up to 64 letters, digits, - and _.',
    example: 'events-read',
  })
}

/** Names of functions, the API and tags are made from it; names that grow too long are shortened, so the limit here is generous. */
export function serviceName(): Kind<string> {
  return text({ words: 'a name of letters, digits, - and _', pattern: /^[a-zA-Z0-9_-]+$/, max: 128, example: 'events' })
}

/** API Gateway documents no limit of its own for names; this is ours, because log groups are named after the API. */
export function apiNameKind(): Kind<string> {
  return text({
    words: 'an API name of letters, digits, spaces, ., - and _',
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9 ._-]*$/,
    max: 128,
    example: 'events',
  })
}

/**
 * API Gateway developer guide, "important notes": alphanumeric characters, hyphens and underscores, at most 128. Two are kept for the
 * slot's `-a`.
 */
export function stageName(): Kind<string> {
  return text({
    words: 'a stage name of letters, digits, - and _',
    pattern: /^[a-zA-Z0-9_-]+$/,
    max: nameLimits.alias - '-a'.length,
    why: 'The stage is part of the URL, and the functions\' aliases are named after it.',
    example: 'prod',
  })
}

/** LogGroupName in the public model of CloudWatch Logs. A name must not start with `aws/` (its developer guide). */
const logGroupPattern = /^[.\-_/#A-Za-z0-9]+$/

/**
 * "The name of your Firehose stream must be amazon-apigateway-{your-stream-name}" (API Gateway developer guide, "Log API calls to Amazon
 * Data Firehose"). Names of streams: `[a-zA-Z0-9_.-]+` in Firehose's public service model.
 */
const deliveryStream = /^arn:aws[a-zA-Z-]*:firehose:([a-z0-9-]+):\d{12}:deliverystream\/([a-zA-Z0-9_.-]+)$/
const streamPrefix = 'amazon-apigateway-'

/** Where an access log goes: a log group's name, or the ARN of a Firehose stream. */
export function logDestination(): Kind<string> {
  const plain = text({
    words: "a log group name of letters, digits and . - _ / #, or a Firehose stream's ARN",
    pattern: new RegExp(`${logGroupPattern.source}|${deliveryStream.source}`),
    max: nameLimits.logGroup,
    example: '/aws/apigateway/events',
  })
  return {
    ...plain,
    read: (node, context) => {
      const name = plain.read(node, context)
      const [, region, stream = ''] = deliveryStream.exec(name ?? '') ?? []
      if (name?.startsWith('aws/') === true) {
        return reject(node, context, { is: 'starts with aws/, which AWS keeps for itself', cure: `Write /${name}, or another name.` })
      }
      if (region !== undefined && !stream.startsWith(streamPrefix)) {
        const why = `It asks for names that begin with ${streamPrefix}.`
        const cure = `Name another stream, such as ${streamPrefix}${stream}.`
        return reject(node, context, { is: 'is no stream that API Gateway writes to', why, cure })
      }
      if (region !== undefined && context.region !== undefined && region !== context.region) {
        const cure = `Name a stream in ${context.region}, or make one there.`
        return reject(node, context, { is: `lies in ${region}, but the API in ${context.region}`, cure })
      }
      return name
    },
  }
}

/** A kind that offers a value in its right spelling, where it can be told what was meant. */
function spelled(plain: Kind<string>, meantBy: (written: string) => string | undefined): Kind<string> {
  return {
    ...plain,
    read: (node, context) => {
      const meant = node.kind === 'scalar' && typeof node.value === 'string' ? meantBy(node.value) : undefined
      // Other findings than the spelling are the plain kind's.
      const { pattern } = plain.schema
      const isRight = node.kind === 'scalar' && typeof node.value === 'string' && typeof pattern === 'string' &&
        new RegExp(pattern).test(node.value)
      if (meant === undefined || isRight) return plain.read(node, context)
      return reject(node, context, { is: `is not ${plain.words}`, cure: `Write ${meant}.` })
    },
  }
}

/** Regions, by the patterns of botocore's public partitions.json: `eu-central-1`, `us-gov-west-1`, `us-isob-east-1`, `eusc-de-east-1`. */
export function region(): Kind<string> {
  const pattern = /^(eusc-)?[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\d+$/
  // Capitals, underscores, and the letter of an Availability Zone.
  return spelled(text({ words: 'a Region', pattern, example: 'eu-central-1' }), (written) => {
    const meant = written.toLowerCase().replaceAll(/[_ ]/g, '-').replace(/(\d)[a-f]$/, '$1')
    return pattern.test(meant) ? meant : undefined
  })
}

export function accountId(): Kind<string> {
  const plain = text({ words: 'an account id of 12 digits', pattern: /^\d{12}$/, example: '"123456789012", in quotes' })
  return spelled(plain, (written) => {
    const digits = written.replaceAll(/[\s-]/g, '')
    return /^\d{12}$/.test(digits) ? `"${digits}", in quotes` : undefined
  })
}

/** S3 user guide, "General purpose bucket naming rules". `create` is a legal name, and means that we make one. */
export function bucketName(): Kind<string> {
  return text({ words: 'a bucket name, or create', pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, max: 63, example: 'events-packages' })
}

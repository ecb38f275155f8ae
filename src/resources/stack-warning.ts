type Tags = Readonly<Record<string, string>> | undefined

/**
 * What the user is told of a thing that a CloudFormation stack has made, as those of Serverless, SAM and CDK are. CloudFormation puts this
 * tag on what it makes (user guide, "Resource tag"), and nobody else can: keys that begin with `aws:` are AWS's own.
 */
export function stackWarning(thing: string, tags: Tags): string | undefined {
  const stack = tags?.['aws:cloudformation:stack-name']
  if (stack === undefined) return undefined
  return (
    `The ${thing} belongs to the CloudFormation stack ${stack}: its next deploy writes it back, and deleting the stack deletes it. ` +
    'Take it out of the stack first (DeletionPolicy: Retain), or begin beside it; docs/moving.md tells how.'
  )
}

/** A function as a request names it: by name, partial or whole ARN, each with or without a qualifier. */
export interface Named {
  readonly name: string
  readonly qualifier: string | undefined
}

/** Where a function is. */
export interface Place {
  readonly region: string
  readonly account: { readonly id: string }
}

/** Partition of a Region (botocore partitions.json). */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws'
}

export function functionArn({ region, account }: Place, name: string, qualifier?: string): string {
  const arn = `arn:${partitionOf(region)}:lambda:${region}:${account.id}:function:${name}`
  return qualifier === undefined ? arn : `${arn}:${qualifier}`
}

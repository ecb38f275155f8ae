/** The name of the function that a call means, which takes a name, `name:qualifier` or an ARN (Lambda API reference, CreateAlias). */
export function functionNameIn(reference: unknown): string | undefined {
  return typeof reference === 'string' ? /(?:^|:function:)([^:]+)(?::[^:]+)?$/.exec(reference)?.[1] : undefined
}

/** Whether a media type counts as binary for the API; the developer guide lets only exact types and the wildcard for all types match. */
export function isBinary(binaryMediaTypes: readonly string[] | undefined, mediaType: string | undefined): boolean {
  if (binaryMediaTypes === undefined || binaryMediaTypes.length === 0) return false
  if (binaryMediaTypes.includes('*/*')) return true
  const bare = mediaType?.split(';')[0]?.trim().toLowerCase()
  return bare !== undefined && binaryMediaTypes.some((type) => type.toLowerCase() === bare)
}

/** The media type that decides a response's conversion: only the first one of Accept counts (developer guide, binary payloads). */
export function firstAccepted(accept: string | undefined): string | undefined {
  return accept?.split(',')[0]?.split(';')[0]?.trim()
}

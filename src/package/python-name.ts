/** One spelling for all spellings of a distribution's name (PEP 503). */
export function distributionName(written: string): string {
  return written.replace(/[-_.]+/g, '-').toLowerCase()
}

import * as core from '@actions/core'

/** GitHub drops a step's summary that is larger. Source: docs.github.com, "Workflow commands", "Step isolation and limits". */
const summaryLimit = 1024 * 1024
const cutNote = '\n\n<p>The rest did not fit into the job summary; the log has it all.</p>\n'

/**
 * Adds a page to the job summary. Where there is none (GITHUB_STEP_SUMMARY is unset on old servers and outside of GitHub) nothing happens.
 * @returns whether it was written
 */
export async function writeSummary(markdown: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  if ((env['GITHUB_STEP_SUMMARY'] ?? '') === '') return false
  await core.summary.addRaw(fitting(markdown, summaryLimit)).write()
  return true
}

/** The text itself, or whole blocks from its start and a note that it was cut. */
export function fitting(markdown: string, limit: number): string {
  if (Buffer.byteLength(markdown) <= limit) return markdown
  let size = Buffer.byteLength(cutNote)
  const blocks = markdown.split('\n\n')
  const end = blocks.findIndex((block) => (size += Buffer.byteLength(block) + 2) > limit)
  return blocks.slice(0, end).join('\n\n') + cutNote
}

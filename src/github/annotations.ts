import * as core from '@actions/core'
import { isAbsolute, relative, sep } from 'node:path'
import type { Diagnostic } from '../diagnostics.ts'
import { DiagnosticsError } from '../diagnostics.ts'
import { SeveralErrors, UserError, type ErrorText, type Place } from '../errors.ts'
import { failureLines } from '../render/index.ts'
import { defined } from '../defined.ts'

/** Where annotations lead. */
export interface AnnotationContext {
  /** The workspace: GitHub wants paths from there. */
  readonly workspace: string
  readonly docsUrl?: string | undefined
}

/**
 * What an error says to the user, with paths from the workspace. Only ours are fit for that; of any other the message is told,
 * and that it is a defect.
 * @returns one entry for each mistake; never empty
 */
export function errorTexts(error: unknown, { workspace }: Pick<AnnotationContext, 'workspace'>): readonly ErrorText[] {
  if (error instanceof UserError) return [toldFrom(workspace, error.text)]
  if (error instanceof DiagnosticsError) {
    return error.diagnostics.filter((each) => each.severity === 'error').map((each) => toldFrom(workspace, each))
  }
  if (error instanceof SeveralErrors) return once(error.errors.flatMap((each) => errorTexts(each, { workspace })))
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const cure = 'Run the job again with debug logging, and report the stack that it prints'
  return [{ what: message, why: 'This is a defect of the action', cure }]
}

/** Twenty calls that meet one cause, such as credentials that have run out, are one mistake. */
function once(texts: readonly ErrorText[]): ErrorText[] {
  return [...new Map(texts.map((each) => [JSON.stringify(each), each])).values()]
}

/** Annotates each mistake once, on its place; the stack of a defect goes to the debug log. The step is marked as failed. */
export function annotateFailure(error: unknown, context: AnnotationContext): void {
  process.exitCode = 1
  for (const text of errorTexts(error, context)) core.error(failureLines(text, context.docsUrl).join('\n'), properties(text.place))
  if (error instanceof DiagnosticsError) annotateWarnings(error.diagnostics, context)
  for (const line of stackLines(error)) core.debug(line)
}

/** Annotates the warnings among the findings. */
export function annotateWarnings(diagnostics: readonly Diagnostic[], context: AnnotationContext): void {
  const warnings = diagnostics.filter((each) => each.severity === 'warning')
  for (const text of warnings.map((each) => toldFrom(context.workspace, each))) {
    core.warning(failureLines(text, context.docsUrl).join('\n'), properties(text.place))
  }
}

function properties(place: Place | undefined): core.AnnotationProperties {
  if (place === undefined) return {}
  return defined({ file: place.file, startLine: place.line, startColumn: place.column })
}

/** The runner's own folders above the workspace say nothing to a reader, and fill the line. */
function toldFrom(workspace: string, text: ErrorText): ErrorText {
  const short = (words: string | undefined): string | undefined => words?.replaceAll(`${workspace}${sep}`, '')
  const place = text.place === undefined ? undefined : placeIn(workspace, text.place)
  return { ...text, what: short(text.what) ?? '', why: short(text.why), cure: short(text.cure), place }
}

/** A place by its path from the workspace, with the slashes that GitHub wants; what lies outside keeps its whole path. */
function placeIn(workspace: string, place: Place): Place {
  const way = isAbsolute(place.file) ? relative(workspace, place.file) : place.file
  const isOutside = isAbsolute(way) || way.split(sep)[0] === '..'
  return { ...place, file: isOutside ? place.file : way.replaceAll(sep, '/') }
}

/** The stack, then the stacks of its causes. */
function stackLines(error: unknown): string[] {
  if (error instanceof SeveralErrors) return error.errors.flatMap(stackLines)
  if (!(error instanceof Error)) return []
  const own = (error.stack ?? error.message).split('\n')
  return error.cause === undefined ? own : [...own, 'caused by', ...stackLines(error.cause)]
}

import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync } from 'node:fs'
import { EOL } from 'node:os'

/**
 * The runner's protocol, as docs.github.com, "Workflow commands for GitHub Actions", describes it. GitHub's own package for it loads an
 * HTTP client with it, which takes longer than all that a run does until it tells a mistake in the config.
 */

/** Where an annotation leads: a path from the workspace. */
export interface AnnotationPlace {
  readonly file?: string
  readonly line?: number
  readonly col?: number
}

/** Annotates the step with an error. */
export function error(message: string, place: AnnotationPlace = {}): void {
  command('error', message, place)
}

/** Annotates the step with a warning. */
export function warning(message: string, place: AnnotationPlace = {}): void {
  command('warning', message, place)
}

/** A line that is shown only where debug logging is on. */
export function debug(message: string): void {
  command('debug', message)
}

/** A plain line of the log. */
export function info(message: string): void {
  process.stdout.write(`${message}${EOL}`)
}

/** Begins a group of the log; the runner knows no two open ones. */
export function startGroup(heading: string): void {
  command('group', heading)
}

/** Ends the group that is open. */
export function endGroup(): void {
  command('endgroup', '')
}

/** Has the runner print `***` in the place of the text from here on. */
export function maskText(secret: string): void {
  command('add-mask', secret)
}

/** Sets an output of the step. Old servers name no file for it, and read a command. */
export function setOutput(name: string, value: string): void {
  const file = process.env['GITHUB_OUTPUT'] ?? ''
  if (file === '') {
    process.stdout.write(EOL)
    return command('set-output', value, { name })
  }
  // A value that could end itself would set other outputs, too: nobody knows the mark beforehand.
  const end = `ghadelimiter_${randomUUID()}`
  appendTo(file, `${name}<<${end}${EOL}${value}${EOL}${end}${EOL}`)
}

/**
 * Adds to one of the files through which a step speaks to the runner.
 * @throws Error where the runner has made none: nobody would read it
 */
export function appendTo(file: string, text: string): void {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  appendFileSync(file, text)
}

function command(name: string, message: string, properties: object = {}): void {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '')
  const words = given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
  process.stdout.write(`::${name}${words.length === 0 ? '' : ` ${words.join(',')}`}::${escapeText(message)}${EOL}`)
}

function escapeText(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function escapeProperty(text: string): string {
  return escapeText(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}

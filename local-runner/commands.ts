/** An annotation as GitHub shows it on a run. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** What the runner reads from an action's printed lines. */
export interface Printed {
  readonly annotations: readonly Annotation[]
  readonly masks: readonly string[]
  /** The lines as a reader of the log sees them: masked values hidden, workflow commands shown as the log shows them. */
  readonly log: readonly string[]
}

/** Reads all that an action printed. */
export function readPrinted(output: string): Printed {
  const reader = printedReader()
  const lines = output.replace(/\n$/, '').split('\n')
  const log = lines.map((line) => reader.read(line)).filter((line) => line !== undefined)
  return { annotations: reader.annotations, masks: reader.masks, log }
}

/**
 * Reads printed lines one after the other: a mask hides its value from its own line on, not before.
 * `read` gives the line as the log shows it, or nothing for a line that is only for the runner.
 */
export function printedReader(): Pick<Printed, 'annotations' | 'masks'> & { readonly read: (line: string) => string | undefined } {
  const annotations: Annotation[] = []
  const masks: string[] = []
  const read = (line: string): string | undefined => {
    const command = readCommand(line)
    if (command?.name === 'add-mask') masks.push(...maskedValues(command.message))
    const annotation = command === undefined ? undefined : readAnnotation(command)
    if (annotation !== undefined) annotations.push(annotation)
    const shown = command === undefined ? line : shownCommand(command)
    return shown === undefined ? undefined : hide(shown, masks)
  }
  return { annotations, masks, read }
}

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** Anything else between the signs is text. Source: actions/runner, ActionCommandManager and the extensions that it registers. */
const registered = new Set(['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'notice', 'remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning'])

/**
 * `::name key=value,key=value::message` at the start of a line, behind blanks too, or the old `##[name key=value;key=value]message`
 * anywhere in it. Source: actions/runner, ActionCommand.TryParseV2 and TryParse.
 */
function readCommand(line: string): Command | undefined {
  return commandOf(/^\s*::(.*?)::(.*)$/.exec(line), ',') ?? commandOf(/##\[(.*?)\](.*)$/.exec(line), ';')
}

function commandOf(match: RegExpExecArray | null, separator: ',' | ';'): Command | undefined {
  const [, info = '', message = ''] = match ?? []
  const [word = '', ...rest] = info.split(' ')
  const name = word.toLowerCase()
  if (!registered.has(name)) return undefined
  const pairs = rest.join(' ').trim().split(separator).filter((pair) => pair.includes('=')).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)
  return { name, message: unescape(message), properties: Object.fromEntries(pairs.map(([key, value]) => [key, unescape(value)])) }
}

function readAnnotation({ name, properties, message }: Command): Annotation | undefined {
  if (name !== 'error' && name !== 'warning' && name !== 'notice') return undefined
  const { title, file, line, col } = properties
  return {
    level: name,
    message,
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(col === undefined ? {} : { column: Number(col) }),
  }
}

function shownCommand({ name, message }: Command): string | undefined {
  if (['add-mask', 'endgroup', 'debug'].includes(name)) return undefined
  if (name === 'group') return `▸ ${message}`
  return ['error', 'warning', 'notice'].includes(name) ? `${name[0]?.toUpperCase()}${name.slice(1)}: ${message}` : message
}

/** The runner hides a multi-line value as a whole and each of its lines. Source: actions/runner, AddMaskCommandExtension. */
const maskedValues = (value: string): string[] => [...new Set([value, ...value.split(/\r?\n/)])].filter((each) => each !== '')

const hide = (line: string, masks: readonly string[]): string => masks.reduce((text, mask) => text.replaceAll(mask, '***'), line)

const unescape = (text: string): string =>
  text.replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')

/**
 * Reads GITHUB_OUTPUT, GITHUB_ENV or GITHUB_STATE: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`.
 * @throws Error where the runner would refuse the file
 */
export function readCommandFile(text: string): Record<string, string> {
  const lines = text.split('\n')
  const values: Record<string, string> = {}
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const match = /^([^=]*?)<<(.+)$/.exec(line)
    if (match === null) {
      if (line === '') continue
      if (!line.includes('=')) throw new Error(`Invalid format '${line}'`)
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
      continue
    }
    const [, name = '', delimiter = ''] = match
    const last = lines.indexOf(delimiter, index + 1)
    if (last < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
    values[name] = lines.slice(index + 1, last).join('\n')
    index = last
  }
  return values
}

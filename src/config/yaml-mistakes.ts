import type { YAMLParseError, YAMLWarning } from 'yaml'
import type { ErrorText } from '../errors.ts'
import { tables } from './settings/tables.ts'

/** A mistake in the text of the file, and at which character. */
export interface TextMistake extends Pick<ErrorText, 'what' | 'why' | 'cure'> {
  readonly offset: number
}

/** What is wrong with a text before YAML is even looked at. `file` is as messages name it. */
export function mistakeBeforeParsing(text: string, file: string): TextMistake | undefined {
  const encoded = /[\0\uFFFD]/.exec(text)
  if (encoded !== null) {
    const why = encoded[0] === '\0' ? 'Every other byte of it is empty, as in UTF-16.' : 'It holds bytes that mean nothing in UTF-8.'
    return { what: `${file} is not written in UTF-8.`, why, cure: 'Save it as UTF-8 in your editor.', offset: encoded.index }
  }
  const conflict = /^(?:<{7}|={7}|>{7})(?= |\r?$)/m.exec(text)
  if (conflict === null) return undefined
  const cure = 'Keep one of the two sides, and take out the lines with <<<<<<<, ======= and >>>>>>>.'
  return { what: `${file} holds a merge conflict that nobody has solved.`, cure, offset: conflict.index }
}

/** How a problem of the YAML library is told; rows by its code. The rest keep the library's words. */
const texts: Readonly<Record<string, (message: string) => Pick<ErrorText, 'what' | 'why' | 'cure'>>> = {
  TAB_AS_INDENT: () => ({ what: 'a line is indented by a tab.', cure: 'Indent it by spaces.' }),
  MULTIPLE_DOCS: () => ({
    what: 'there is more than one document in it.',
    why: 'The line --- begins another one, and only one is read.',
    cure: 'Take that line out, or put what follows into a file of its own.',
  }),
  BLOCK_AS_IMPLICIT_KEY: () => ({ what: 'a value holds a colon and a blank, which begins a map.', cure: 'Write the value in quotes.' }),
  BAD_SCALAR_START: (message) => ({
    what: `a value cannot begin with ${message.slice(-1)}.`,
    why: 'YAML keeps that sign for itself.',
    cure: 'Write the value in quotes.',
  }),
  BAD_ALIAS: () => ({ what: '* begins an alias, and names none.', cure: 'Write it in quotes: "*".' }),
  TAG_RESOLVE_FAILED: (message) => ({
    what: `${message.replace(/^Unresolved tag: /, '')} is no tag that is read here.`,
    why: 'Tags such as !Sub and !Ref are those of CloudFormation.',
    cure: 'Write the value out, without the tag.',
  }),
}

const aboutShape: readonly string[] = [
  'BLOCK_AS_IMPLICIT_KEY', 'BAD_INDENT', 'MISSING_CHAR', 'MULTILINE_IMPLICIT_KEY', 'UNEXPECTED_TOKEN', 'BAD_COLLECTION_TYPE',
]

/** Whether a problem may come from how lines stand to each other, and the line itself does not show a better reason. */
export function isAboutShape({ code }: Pick<YAMLParseError | YAMLWarning, 'code'>, line: string): boolean {
  return aboutShape.includes(code) && !line.includes('${{') && withBlank(line) === undefined
}

/** What a problem of the library says; `line` is the text of its line. */
export function problemText(problem: YAMLParseError | YAMLWarning, file: string, line: string): Pick<ErrorText, 'what' | 'why' | 'cure'> {
  if (line.includes('${{')) return expressionText(file, line)
  const spaced = withBlank(line)
  if (spaced !== undefined) {
    const what = `${file} is not YAML that can be read: no blank stands behind the colon of ${spaced.split(':')[0]}.`
    return { what, why: 'YAML takes a colon for the end of a key only where a blank follows.', cure: `Write ${spaced}.` }
  }
  const [message = ''] = problem.message.split('\n')
  const own = texts[problem.code]?.(message)
  const cure = 'Fix the line; indentation is by spaces, and text with : or # in it needs quotes.'
  return { why: own?.why, cure: own?.cure ?? cure, what: `${file} is not YAML that can be read: ${own?.what ?? message}` }
}

/**
 * `handler: app.handler` for `handler:app.handler`, and the same of a route; undefined for a line of another form. What stands behind any
 * other key may be the value of a variable, so it is not shown.
 */
export function withBlank(line: string): string | undefined {
  const [, key, value] = /^\s*([\w-]+|[A-Za-z]+ \/\S*?[^\s/]):([^\s:/"'{}[\]]\S*)\s*$/.exec(line) ?? []
  if (key === undefined) return undefined
  return `${key}: ${key.includes('/') || Object.hasOwn(tables.function, key) ? value : '…'}`
}

/** What stands in an expression of GitHub's is often a secret or a variable, whose name is the best one for the step's environment. */
export function expressionText(label: string, text: string): Pick<ErrorText, 'what' | 'why' | 'cure'> {
  const name = /(?:secrets|vars|env|github|inputs)\.(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'NAME'
  const expression = /\$\{\{.*?\}\}/.exec(text)?.[0] ?? `\${{ secrets.${name} }}`
  return {
    what: `${label} holds \${{ }}, which is plain text in this file.`,
    why: 'GitHub evaluates expressions in workflow files only.',
    cure: `For an environment variable write { from-env: ${name} }, and give the step env: { ${name}: ${expression} } in the workflow. ` +
      'Other settings are inputs of the step, too: there an expression is evaluated.',
  }
}

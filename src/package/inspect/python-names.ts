/** One name as Python takes it: letters of any script, digits, underscores. */
const name = '[\\p{ID_Continue}]+'
const named = new RegExp(`^(?:(?:async\\s+)?def|class|type)\\s+(${name})`, 'u')
const lastName = new RegExp(`(${name})\\s*$`, 'u')
const walrus = new RegExp(`(${name})\\s*:=`, 'gu')
const names = new RegExp(name, 'gu')
const global = /\bglobal\s+([^;:=]+)/u
const importing = /^(?:from\s+\S+\s+import|import)\s+\(?(.*?)\)?$/
const compound = /^(?:if|elif|else|for|while|with|try|except|finally|case|async)\b/

/**
 * The names that a statement at a module's top level may bind, rather too many than too few: a handler that is told to be missing must
 * not be there in any way.
 */
export function boundBy(statement: string): string[] {
  return [...definedBy(statement), ...bodiesOf(statement).flatMap(definedBy), ...boundAside(statement)]
}

/** What `global` names in a function is bound in the module when the function runs. */
export function globalsOf(statement: string): string[] {
  return wordsOf(global.exec(statement)?.[1])
}

/** Python compares names in this form (https://docs.python.org/3/reference/lexical_analysis.html#identifiers). */
export function normalName(written: string): string {
  return written.normalize('NFKC')
}

function definedBy(statement: string): string[] {
  const definition = named.exec(statement)
  if (definition !== null) return [definition[1] as string]
  const imported = importing.exec(statement)
  if (imported !== null) return (imported[1] as string).split(',').map((part) => lastName.exec(part)?.[1] ?? '').concat(plainImports(statement))
  return statement.includes('=') ? targets(statement) : []
}

/** `import a.b` binds `a`. */
function plainImports(statement: string): string[] {
  return /^import\s/.test(statement) ? statement.replace(/^import\s+/, '').split(',').map((part) => part.trim().split(/[.\s]/)[0] ?? '') : []
}

/** `a = b = 1`, `a, b = f()`, `a: T = 1`. */
function targets(statement: string): string[] {
  const sides = withoutCalls(statement).split(/(?<![=!<>:+\-*/%&|^@])=(?!=)/)
  return sides.slice(0, -1).flatMap((left) => left.replace(/:.*$/, '').replace(/[()[\]*]/g, ' ').split(',')).map((part) => part.trim()).filter((part) => part !== '' && lastName.exec(part)?.[1] === part)
}

/** The text without what stands in brackets behind a value: a call's arguments and an item's key bind nothing. */
function withoutCalls(statement: string): string {
  let [kept, last] = ['', '']
  const open: boolean[] = []
  for (const letter of statement) {
    const inCall = open.at(-1) ?? false
    if (/[([{]/.test(letter)) open.push(inCall || /[\p{ID_Continue})\]"]/u.test(last))
    if (!(open.at(-1) ?? false)) kept += letter
    if (/[)\]}]/.test(letter) && (open.pop() ?? false) && !(open.at(-1) ?? false)) kept += '.'
    if (letter.trim() !== '') last = letter
  }
  return kept
}

/** What may stand behind the colon of `if x: handler = 1`: the text behind each colon, because any may be the one. */
function bodiesOf(statement: string): string[] {
  if (!compound.test(statement)) return []
  return [...statement.matchAll(/:(?!=)/g)].map(({ index }) => statement.slice(index + 1).trim()).filter((body) => body !== '')
}

/** `(a := 1)`, `with x as a`, `except E as a`, `for a in x`, `case a`. */
function boundAside(statement: string): string[] {
  const looped = /^(?:async\s+)?for\s+(.*?)\sin\b/.exec(statement)?.[1]
  const matched = /^case\b(.*)$/.exec(statement)?.[1]
  const taken = compound.test(statement) ? /\bas\s+(.*)$/.exec(statement)?.[1] : undefined
  return [...[...statement.matchAll(walrus)].map(([, bound]) => bound as string), ...[looped, matched, taken].flatMap(wordsOf)]
}

function wordsOf(text: string | undefined): string[] {
  return text?.match(names) ?? []
}

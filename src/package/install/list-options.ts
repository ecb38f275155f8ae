import { distributionName } from '../python-name.ts'

/** One option of a list, by its long name, with its value where it takes one. */
export interface ListOption {
  readonly name: string
  readonly value: string
}

const withValue = [
  'index-url', 'extra-index-url', 'find-links', 'no-binary', 'only-binary', 'trusted-host', 'use-feature', 'requirement', 'constraint',
]
const flags = ['no-index', 'pre', 'prefer-binary', 'require-hashes', 'use-pep517', 'no-use-pep517']
const short: Readonly<Record<string, string>> = { i: 'index-url', f: 'find-links', r: 'requirement', c: 'constraint' }

/**
 * The options of a line that holds nothing else. As pip has it: several in one line, values behind `=` or a blank or right behind the
 * letter, in quotes, and names cut short as long as they mean one.
 * @returns the option as it is written, where a list cannot have it
 */
export function optionsIn(line: string): readonly ListOption[] | string {
  const words = wordsOf(line)
  const options: ListOption[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const [, letter, behind = ''] = /^-([a-zA-Z])(.*)$/s.exec(word) ?? []
    const [, long, , given] = /^--([a-z][\w-]*)(=(.*))?$/s.exec(word) ?? []
    const name = letter === undefined ? fullName(long ?? '') : short[letter]
    if (name === undefined) return word.split('=', 1)[0] ?? word
    const attached = letter === undefined ? given : behind.replace(/^=/, '') || undefined
    options.push({ name, value: flags.includes(name) ? '' : attached ?? words[++at] ?? '' })
  }
  return options
}

function fullName(written: string): string | undefined {
  const known = [...withValue, ...flags]
  if (known.includes(written)) return written
  const meant = known.filter((name) => written.length > 1 && name.startsWith(written))
  return meant.length === 1 ? meant[0] : undefined
}

/** As a shell splits a line. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_whole, double?: string, single?: string) => double ?? single ?? ''))
}

const buildOption = /\s(?:--config-settings?|-C|--(?:global|install|build)-option)(?:=|\s+)(?:\S*"[^"]*"|\S*'[^']*'|\S+)/g

/** A requirement's line without the options for its build, and these as settings of a build backend (PEP 517), `KEY=VALUE` each. */
export function buildSettings(line: string): { readonly plain: string; readonly settings: readonly string[] } {
  const plain = line.replace(buildOption, '').replace(/\s*;\s*$/, '')
  const settings = [...line.matchAll(buildOption)].flatMap(([whole]) => {
    const [, option = '', value = ''] = /^(--?[A-Za-z-]+)(?:=|\s+)(.*)$/s.exec(wordsOf(whole).join(' ')) ?? []
    if (option === '--install-option') return []
    // Settings of these names are what setuptools takes them for since it is a backend.
    return [option === '--global-option' || option === '--build-option' ? `${option}=${value}` : value]
  })
  return { plain, settings }
}

/** What `--no-binary` and `--only-binary` have chosen, one after the other. */
export class BinaryChoice {
  readonly #no = new Set<string>()
  readonly #only = new Set<string>()

  /** Later options win over earlier ones; `:all:` takes the place of all names, `:none:` takes them back. */
  take(option: 'no-binary' | 'only-binary', value: string): void {
    const [target, other] = option === 'no-binary' ? [this.#no, this.#only] : [this.#only, this.#no]
    for (const name of value.split(',').map((each) => each.trim()).filter((each) => each !== '')) {
      if (name === ':none:') target.clear()
      else if (name === ':all:') {
        other.clear()
        target.clear()
        target.add(name)
      } else {
        other.delete(distributionName(name))
        target.add(distributionName(name))
      }
    }
  }

  /** Names that may be built from source, or `:all:`. */
  get buildable(): readonly string[] {
    return [...this.#no]
  }

  /** Names that are taken as wheels although all others may be built. */
  get wheelsOnly(): readonly string[] {
    return [...this.#only].filter((name) => name !== ':all:')
  }
}

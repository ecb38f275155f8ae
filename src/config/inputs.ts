import { readValues } from './group.ts'
import type { Context } from './kinds/kind.ts'
import type { Given, Node } from './node.ts'
import type { Table } from './settings/setting.ts'
import { missingFeature, wordHere } from './other-words.ts'
import { inputNames, tables } from './settings/tables.ts'
import { didYouMean, misspelt } from '../suggest.ts'

/** The inputs that were given, by the table that they belong to. */
export type Inputs = { readonly [G in keyof typeof tables]: Given }

/** Reads all inputs. An empty input is one that was not given. */
export function readInputs(input: (name: string) => string, context: Context): Inputs {
  reportUnknown(context)
  const given = (table: Table): Given => {
    const nodes = Object.entries(table).flatMap(([name, setting]): [string, Node][] => {
      const text = input(name).trim()
      const node = text === '' ? undefined : setting.kind.fromText(text, `input "${name}"`, context)
      return node === undefined ? [] : [[name, node]]
    })
    return new Map(nodes)
  }
  return {
    run: given(tables.run),
    service: given(tables.service),
    function: given(tables.function),
    api: given(tables.api),
    release: given(tables.release),
  }
}

/** Complains of every value that cannot be used, without composing anything. */
export function checkInputs(inputs: Inputs, context: Context): void {
  for (const [group, table] of Object.entries<Table>(tables)) readValues(inputs[group as keyof Inputs], table, context)
}

/**
 * The runner hands every input of the step on as INPUT_<NAME>, also those that action.yml does not know. A variable of the job's or the
 * machine's own may be named so, too (`INPUT_METHOD=ibus` of Linux desktops, or values that a workflow keeps out of its scripts), and
 * stands in no `with:`: so only what looks like a misspelt input is an error. Hyphens are the runner's: names of variables hardly have any.
 */
function reportUnknown({ env, findings }: Context): void {
  const known = new Set(inputNames.map((name) => name.toUpperCase()))
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith('INPUT_') || value === undefined || value === '' || known.has(variable.slice('INPUT_'.length))) continue
    const name = variable.slice('INPUT_'.length).toLowerCase()
    const meant = misspelt(name, inputNames)
    const isInput = name.includes('-') || (meant !== undefined && name.length >= shortestMisspelt)
    const what = `There is no input "${name}".`
    const own = `Where ${variable} is a variable of the job or the machine, `
    if (isInput) {
      const hint = hintOf(name) || 'Take it out of with:. The README lists all inputs.'
      findings.error({ what, why: 'What it says would be ignored.', cure: `${hint} ${own}give it another name.` })
    } else {
      const hint = hintOf(name) || 'The README lists all inputs.'
      findings.warning({ what, why: 'What it says is ignored.', cure: `${hint} ${own}nothing is wrong.` })
    }
  }
}

/** The input that was meant, or what other tools call one: `env`, `region`, `memory`. */
function hintOf(name: string): string {
  const here = wordHere(name)
  const called = here !== undefined && inputNames.includes(here) ? `Here it is called ${here}.` : ''
  return called || didYouMean(name, inputNames) || (missingFeature(name) ?? '')
}

/** A shorter name is near to some input by chance: `tag` to `tags`. */
const shortestMisspelt = 5

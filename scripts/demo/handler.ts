import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What a folder without a config file says of its function. */
export interface Guess {
  readonly family: 'python' | 'node'
  /** Missing where the default handler is there, or where no file or several could be meant. */
  readonly handler?: string
}

const python = /^(?:async )?def ((?:lambda_)?handler)\s*\(/m
const node = /^export (?:async )?(?:function|const|let) (handler)\b|^(?:module\.)?exports\.(handler)\s*=/m

/** Finds the one file of a folder that defines a handler under one of the usual names; what lies deeper, the action's own error tells. */
export function guessHandler(folder: string): Guess {
  const names = readdirSync(folder).sort()
  if (names.includes('lambda_function.py')) return { family: 'python' }
  if (names.some((name) => /^index\.[cm]?js$/.test(name))) return { family: 'node' }
  const found = [...handlersIn(folder, names, { ending: /\.py$/, family: 'python' }), ...handlersIn(folder, names, { ending: /\.[cm]?js$/, family: 'node' })]
  const [only] = found
  return found.length === 1 && only !== undefined ? only : { family: only?.family ?? 'python' }
}

function handlersIn(folder: string, names: readonly string[], { ending, family }: { ending: RegExp; family: Guess['family'] }): Guess[] {
  return names.filter((name) => ending.test(name)).flatMap((name) => {
    const match = (family === 'python' ? python : node).exec(readFileSync(join(folder, name), 'utf8'))
    const defined = match?.[1] ?? match?.[2]
    return defined === undefined ? [] : [{ family, handler: `${name.replace(ending, '')}.${defined}` }]
  })
}

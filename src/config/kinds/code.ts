import { basename, dirname, resolve } from 'node:path'
import { isInside } from '../../paths.ts'
import { text } from './basic.ts'
import { readText, reject, scalarFromText } from './kind.ts'
import type { Context, Kind } from './kind.ts'
import { at } from '../node.ts'
import type { Node } from '../node.ts'

/**
 * Runtimes known to take new functions (enum recorded from AWS in 2026-03, and of the public model of 2026-11). Dates move and new ones
 * come, so a runtime outside this range is a warning: AWS has the last word.
 */
const known = { python: { from: 8, to: 15 }, nodejs: { from: 18, to: 26 } } as const

const runtimeWords = 'a Python or Node runtime of Lambda'
const wanted = { words: runtimeWords, example: 'python3.13' }

/** `python3.Y` or `nodejsX.x`. */
export function runtime(): Kind<string> {
  return {
    words: runtimeWords,
    schema: {
      type: 'string',
      pattern: '^(python3\\.\\d+|nodejs\\d+\\.x)$',
      examples: ['python3.13', 'python3.12', 'nodejs24.x', 'nodejs22.x'],
    },
    fromText: scalarFromText,
    read: (node, context) => {
      // `runtime: 3.13` is a number for YAML; the cure is the same as for the text.
      const value = node.kind === 'scalar' && typeof node.value === 'number' ? node.text : readText(node, context, wanted)
      if (value === undefined) return undefined
      const minor = /^python3\.(\d+)$/.exec(value)?.[1]
      const major = /^nodejs(\d+)\.x$/.exec(value)?.[1]
      if (minor === undefined && major === undefined) {
        const cure = `Write ${spelling(value) ?? 'python3.13 or nodejs24.x'}.`
        return reject(node, context, { is: `is not ${runtimeWords}`, why: 'Runtimes are named python3.Y or nodejsX.x.', cure })
      }
      const range = minor === undefined ? known.nodejs : known.python
      const number = Number(minor ?? major)
      if (number > range.to) warnNew(node, value, context)
      if (number < range.from) warnOld(node, value, context)
      return value
    },
  }
}

function warnOld(node: Node, value: string, context: Context): void {
  const what = `${node.label}: AWS has most likely ended ${value}; it goes on, and Lambda decides.`
  const why = 'Lambda makes no new function with a runtime that has ended, and later changes none.'
  const cure = 'Write a newer runtime, such as python3.13 or nodejs24.x.'
  context.findings.warning({ what, why, cure, ...at(node) })
}

function warnNew(node: Node, value: string, context: Context): void {
  const what = `${node.label}: this action does not know ${value} yet; it goes on, and Lambda decides.`
  const cure = 'Check the name against the runtimes in the Lambda developer guide.'
  context.findings.warning({ what, cure, ...at(node) })
}

/** `3.13`, `python-3.13`, `python313`, `node22`, `nodejs22`: what was meant. */
function spelling(value: string): string | undefined {
  const python = /^(?:py|python)?[-_ ]?3[._]?(\d{1,2})$/i.exec(value)?.[1]
  if (python !== undefined) return isCurrent(Number(python), known.python) ? `python3.${python}` : undefined
  const node = /^(?:node|nodejs|node\.js)?[-_ ]?v?(\d{2})(?:\.x|\.\d+)*$/i.exec(value)?.[1]
  return node === undefined || !isCurrent(Number(node), known.nodejs) ? undefined : `nodejs${node}.x`
}

function isCurrent(number: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return number >= from && number <= to
}

/** `module.function`. At most 128 characters and no spaces (Handler in Lambda's public service model). */
export function handler(): Kind<string> {
  const plain = text({
    words: 'a handler of the form module.function, without spaces',
    pattern: /^[^\s]+\.[^\s.]+$/,
    max: 128,
    why: 'Lambda loads the module and calls the function in it.',
    example: 'lambda_function.lambda_handler',
  })
  return {
    ...plain,
    read: (node, context) => {
      const meant = node.kind === 'scalar' ? handlerMeant(node.text) : undefined
      if (meant === undefined) return plain.read(node, context)
      const why = 'A handler is a module, a dot and the name of a function, without brackets.'
      return reject(node, context, { is: `is not ${plain.words}`, why, cure: `Write ${meant}.` })
    },
  }
}

/** `app.handler` for `app:handler`, as servers name an app, `app.py:handler` and `app.handler()`; undefined for what is none of these. */
function handlerMeant(written: string): string | undefined {
  const meant = written.trim().replace(/\(.*\)$/, '').replace(/(?:\.py|\.[cm]?js)?::?(?=\w+$)/, '.').replace(/^\.\//, '')
  return meant !== written && /^[\w/.-]+\.\w+$/.test(meant) ? meant : undefined
}

interface PathRules {
  readonly words: string
  /** Whether the path must stay below the workspace. */
  readonly inside: boolean
  readonly example: string
}

/** A path, as an absolute one. Inputs start at the workspace, the file's paths at the file's own folder. */
export function path({ words, inside, example }: PathRules): Kind<string> {
  return {
    words,
    schema: { type: 'string', minLength: 1 },
    fromText: scalarFromText,
    read: (node, context) => {
      const value = readText(node, context, { words, example })
      if (value === undefined) return undefined
      const absolute = resolve(baseOf(node, context), value)
      if (!inside || isInside(context.workspace, absolute)) return absolute
      const start = node.place === undefined ? 'the workspace' : "the config file's folder"
      const why = `Relative paths start at ${start}, and only what was checked out is deployed.`
      return reject(node, context, { is: 'leads out of the workspace', why, cure: cureOf(value, context) })
    },
  }
}

/**
 * In a job with `container:` the workspace lies elsewhere, such as /__w/shop/shop, and `${{ github.workspace }}` still gives the host's
 * path of it, such as /home/runner/work/shop/shop (actions/runner#2058, actions/checkout#785).
 */
function cureOf(value: string, { workspace }: Context): string {
  const name = basename(workspace)
  const [, rest] = value.split(`/${name}/${name}`)
  if (!value.startsWith('/') || rest === undefined || !/^(\/|$)/.test(rest)) return 'Name a path inside the workspace.'
  return `In a container \${{ github.workspace }} gives the host's path. Write ${rest.replace(/^\/+/, '') || '"."'}.`
}

function baseOf(node: Node, context: Context): string {
  return node.place === undefined ? context.workspace : resolve(context.workspace, dirname(node.place.file))
}

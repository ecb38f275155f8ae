import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The tsconfig.json (or jsconfig.json) above a folder whose `paths` an import fits, or `@/` and `~/`, which no package can be called. */
export function aliasFile(name: string, folder: string): string | undefined {
  const configs = configsAbove(folder)
  return configs.find((file) => aliasesOf(file).some((alias) => fits(alias, name))) ?? (/^[@~]\//.test(name)
    ? configs[0] ?? 'the compiler'
    : undefined)
}

function configsAbove(folder: string): readonly string[] {
  const here = [
    'tsconfig.json', 'tsconfig.build.json', 'tsconfig.base.json', 'jsconfig.json',
  ].map((name) => path.join(folder, name)).filter((file) => existsSync(file))
  const isTop = existsSync(path.join(folder, '.git')) || path.dirname(folder) === folder
  return isTop ? here : [...here, ...configsAbove(path.dirname(folder))]
}

/** The names that `compilerOptions.paths` maps, read without its comments; what they say besides is the compiler's business. */
function aliasesOf(file: string): readonly string[] {
  const found = /"paths"\s*:\s*\{([^{}]*)\}/.exec(readFileSync(file, 'utf8').replace(/^\s*\/\/.*$/gm, ''))?.[1] ?? ''
  return [...found.matchAll(/"([^"]+)"\s*:\s*\[/g)].map(([, alias]) => alias as string)
}

function fits(alias: string, name: string): boolean {
  const [before = '', behind] = alias.split('*')
  return behind === undefined ? alias === name : before !== '' && name.startsWith(before) && name.endsWith(behind)
}

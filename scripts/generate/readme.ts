import { outputs } from '../../src/github/output-table.ts'
import { pathOf } from '../../src/config/group.ts'
import type { Table } from '../../src/config/settings/setting.ts'
import { tables } from '../../src/config/settings/tables.ts'
import { defaultText } from './settings.ts'

const headings: Readonly<Record<keyof typeof tables, string>> = {
  run: 'The run (inputs only)',
  service: 'The service (at the top of the file)',
  function: 'A function (in the file below `functions.<key>`, or `defaults` for all)',
  api: 'The API (in the file below `api`)',
  release: 'Releases (in the file below `release`)',
}

/** The inputs, a table for each part of the config. */
export function inputsTable(): string {
  return Object.entries<Table>(tables)
    .map(([group, table]) => `\n### ${headings[group as keyof typeof tables]}\n\n${folded(table)}\n`)
    .join('')
}

/** More rows than this are folded away. */
const openRows = 20

function folded(table: Table): string {
  const count = Object.keys(table).length
  return count <= openRows ? rowsOf(table) : `<details>\n<summary>${count} inputs</summary>\n\n${rowsOf(table)}\n\n</details>`
}

function rowsOf(table: Table): string {
  const rows = Object.entries(table).map(([name, setting]) => {
    const path = pathOf(name, table)
    const inFile = path === name ? '' : ` In the file: \`${path}\`.`
    return [`<a id="input-${name}"></a>\`${name}\``, setting.kind.words, defaultText(setting), `${setting.description}${inFile}`]
  })
  return markdownTable([['Input', 'Takes', 'Default', ''], ...rows])
}

/** The outputs as one table. */
export function outputsTable(): string {
  const rows = Object.entries(outputs).map(([name, description]) => [`\`${name}\``, description])
  return `\n${markdownTable([['Output', ''], ...rows])}\n`
}

function markdownTable([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const columns = head ?? []
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
}

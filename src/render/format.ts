/** `1 route`, `2 routes`, `3 policies`, `4 aliases`. */
export function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : plural(noun)}`
}

function plural(noun: string): string {
  if (/(s|x|ch|sh)$/.test(noun)) return `${noun}es`
  return `${noun.replace(/([^aeiou])y$/, '$1ie')}s`
}

/** Bytes as people read them, with the unit that Lambda's limits use (1 MB is 1024 x 1024 bytes). */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB']
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

/** Seconds as people read them. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Rows as lines with aligned columns; the last column is not padded. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const padded = (cell: string, column: number): string => cell.padEnd(widths[column] ?? 0)
  return rows.map((row) => [...row.slice(0, -1).map(padded), ...row.slice(-1)].join('  ').trimEnd())
}

/** The cells of a row, or a title over all columns. HTML already. */
export type TableRow = readonly string[] | { readonly title: string }

/** An HTML table on lines without a blank one between, so that Markdown leaves it alone. */
export function table(head: readonly string[], rows: readonly TableRow[]): string {
  const line = (tag: string, cells: readonly string[]): string => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  const over = (title: string): string => `<tr><th align="left" colspan="${head.length}">${title}</th></tr>`
  return ['<table>', line('th', head), ...rows.map((row) => ('title' in row ? over(row.title) : line('td', row))), '</table>'].join('\n')
}

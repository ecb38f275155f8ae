import { stringify } from 'yaml'
import { printedReader } from '../../local-runner/commands.ts'

/** A heading of the demo. */
export const heading = (text: string): void => say(`\n== ${text}`)

/** Lines of the demo. */
export function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`)
}

/** Shows an action's log while it runs, as the runner's page would: indented, masked, without the commands. */
export function liveLog(): (text: string) => void {
  const reader = printedReader()
  let rest = ''
  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const shown = reader.read(line)
      if (shown !== undefined) say(`   ${shown.replaceAll('\n', '\n   ')}`)
    }
  }
}

/** A step of this action as a workflow writes it, in valid YAML: `with:` stands below the name of its step. */
export function stepLines(inputs: Readonly<Record<string, string>>): string[] {
  const lines = stringify([{ uses: 'your-org/lambda-api-deploy@v1', ...(Object.keys(inputs).length === 0 ? {} : { with: inputs }) }])
  return lines.trimEnd().split('\n').map((line) => `   ${line}`)
}

/** A job summary's page as text for a terminal: one line a table row, tags gone. */
export function summaryLines(markdown: string): string[] {
  const text = markdown
    .replaceAll(/\.?<br>/g, '; ')
    .replaceAll(/<\/t[hd]><t[hd]>/g, ' | ')
    .replaceAll(/<\/li>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '')
  return text.split('\n').filter((line) => line.trim() !== '').map((line) => `   | ${line}`)
}

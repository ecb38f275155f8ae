const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML shows it; safe between tags and in attributes. Line breaks would end a Markdown HTML block, so they go, too. */
export function html(text: string): string {
  return visible(text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char))
}

/** A value in `<code>`; GitHub reads no Markdown, mention or issue number in it. */
export const code = (text: string): string => `<code>${html(text)}</code>`

/** A sentence of ours as HTML: what stands between backticks in it is code. */
export const sentence = (text: string): string => html(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

/** A link to an address that came from AWS or the user; anything but http and https is shown without a link. */
export function link(url: string, label: string = html(url)): string {
  return /^https?:\/\//.test(url) ? `<a href="${html(url)}">${label}</a>` : label
}

/** A block of preformatted text. A fence would need to be longer than any run of backticks inside; HTML needs no such count. */
export const block = (lines: readonly string[]): string => `<pre><code>${lines.map(html).join('<br>')}</code></pre>`

/**
 * One line of the log, whatever the text holds: a line break would let a value start a workflow command (`::error::`) of its own,
 * an escape sequence could hide what follows.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => shortEscapes[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}

/** The same for a text whose own line breaks are meant, as an annotation's are. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

const shortEscapes: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t' }

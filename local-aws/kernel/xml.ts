/** An XML element: its text, or its children by name in the order in which they stand. */
export interface XmlElement {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** Reads the plain XML of the engine's answers (no CDATA, no entities but the five, attributes skipped). */
export function parseXml(xml: string): XmlElement {
  interface Open {
    readonly name: string
    text: string
    readonly children: Open[]
  }
  const root: Open = { name: '', text: '', children: [] }
  const parents: Open[] = []
  let top = root
  for (const [, closing, name = '', selfClosing, text] of xml.replace(/<\?[^>]*\?>|<!--[\s\S]*?-->/g, '').matchAll(/<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g)) {
    if (text !== undefined) top.text += unescape(text)
    else if (closing === '/') top = parents.pop() ?? root
    else {
      const element: Open = { name, text: '', children: [] }
      top.children.push(element)
      if (selfClosing !== '/') {
        parents.push(top)
        top = element
      }
    }
  }
  return root.children[0] ?? root
}

/** The first element down this path of names. */
export function find(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let at: XmlElement | undefined = element
  for (const name of path) at = at?.children.find((child) => child.name === name)
  return at
}

/** The text at this path. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  return find(element, ...path)?.text
}

/** The children of the element at this path. */
export function childrenAt(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  return find(element, ...path)?.children ?? []
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&#39;', "'").replaceAll('&#34;', '"').replaceAll('&amp;', '&')
}

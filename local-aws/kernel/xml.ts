import { parseXml as parse, XmlElement as ParsedElement } from '@rgrove/parse-xml'

/** An XML element: its text, or its children by name in the order in which they stand. */
export interface XmlElement {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** Reads the XML of an answer, which may be empty. Throws when it is no XML. */
export function parseXml(xml: string): XmlElement {
  const root = xml === '' ? null : parse(xml).root
  return root === null ? { name: '', text: '', children: [] } : elementOf(root)
}

function elementOf(element: ParsedElement): XmlElement {
  const children = element.children.filter((child) => child instanceof ParsedElement)
  return { name: element.name, text: children.length === 0 ? element.text : '', children: children.map(elementOf) }
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

/** What is noted of objects of an account's state, beside them; a copy of an object takes its notes along. */
const all: WeakMap<object, unknown>[] = []

/** A place for notes of one kind. */
export function sideNotes<K extends object, V>(): WeakMap<K, V> {
  const notes = new WeakMap<K, V>()
  all.push(notes)
  return notes
}

/** Gives the copy of an object what is noted of the object; `copied` copies a note. */
export function takeNotesAlong(from: object, to: object, copied: (note: unknown) => unknown): void {
  for (const notes of all) if (notes.has(from)) notes.set(to, copied(notes.get(from)))
}

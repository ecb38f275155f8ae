/** One page of a listing, and where the next one begins; AWS leaves that out, or sends it empty, on the last page. */
interface Page<T> {
  readonly items: readonly T[] | undefined
  readonly next: string | undefined
}

/** Reads a listing to its end. `read` asks for the page that begins at `from`: undefined for the first one. */
export async function allPages<T>(read: (from: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = []
  for (let from: string | undefined; ; ) {
    const { items, next } = await read(from)
    all.push(...(items ?? []))
    if (next === undefined || next === '') return all
    from = next
  }
}

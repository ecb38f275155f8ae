/** What a runtime wrote: a line of the handler's, or a record of its runtime client, whose end is known. */
export type Output = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'done' }

const NEWLINE = 0x0a

/**
 * Splits the standard output of a runtime. Lines end at \n; records stand in frames `\x1e<token> <kind> <bytes>\n<body>`,
 * which a handler cannot forge, because the token is told to the runtime client only.
 */
export class OutputReader {
  readonly #marker: Buffer
  readonly #emit: (output: Output) => void
  #held: Buffer = Buffer.alloc(0)

  constructor(token: string, emit: (output: Output) => void) {
    this.#marker = Buffer.from(`\x1e${token} `)
    this.#emit = emit
  }

  read(chunk: Buffer): void {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    while (this.#take());
  }

  /** Gives out what was written without a newline, once nothing more can come. */
  flush(): void {
    if (this.#held.length > 0) this.#line(this.#held.length)
  }

  /** Takes one line or frame off the front; false where neither is complete. */
  #take(): boolean {
    const frame = this.#held.indexOf(this.#marker)
    if (frame === 0) return this.#frame()
    const newline = this.#held.indexOf(NEWLINE)
    if (newline >= 0 && (frame < 0 || newline < frame)) return this.#line(newline + 1)
    return frame > 0 ? this.#line(frame) : false
  }

  #line(end: number): true {
    this.#emit({ kind: 'line', text: this.#held.toString('utf8', 0, end) })
    this.#held = this.#held.subarray(end)
    return true
  }

  #frame(): boolean {
    const headEnd = this.#held.indexOf(NEWLINE)
    if (headEnd < 0) return false
    const [kind, length] = this.#held.toString('latin1', this.#marker.length, headEnd).split(' ')
    const end = headEnd + 1 + Number(length)
    if (this.#held.length < end) return false
    const text = this.#held.toString('utf8', headEnd + 1, end)
    this.#held = this.#held.subarray(end)
    this.#emit(kind === 'done' ? { kind: 'done' } : { kind: 'line', text })
    return true
  }
}

/** What the container needs of one entry. `payload` is deflated, or stored where deflating would not make it smaller. */
export interface Deflated {
  readonly payload: Buffer
  readonly stored: boolean
  readonly crc: number
  readonly size: number
}

/** zlib's 6: 99.8 % of what 9 saves at 36 % of its CPU (measured on 70 and 236 MB of installed packages). */
export const level = 6

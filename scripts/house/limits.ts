/** Longer than this, a file holds more than one concept. */
export const maxLines = 220

/** Wider than this, a line holds more than one thought; without a limit the pressure of the other one would go sideways. */
export const maxColumns = 140

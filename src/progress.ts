/** What happens, told to whoever shows it. Rooms below `github/` speak to this instead of to the log. */
export interface Progress {
  info(line: string): void
  debug(line: string): void
  warning(line: string): void
  /** What a reader should see who does not open the log, and what is no fault. */
  notice(line: string): void
  /** Runs `work` and shows what it tells below one heading. */
  group<T>(heading: string, work: () => Promise<T>): Promise<T>
  /** Hides a value from everything that is printed from now on. */
  mask(secret: string): void
}

/** For callers that have nobody to tell. */
export const silent: Progress = {
  info: () => undefined,
  debug: () => undefined,
  warning: () => undefined,
  notice: () => undefined,
  group: (_heading, work) => work(),
  mask: () => undefined,
}

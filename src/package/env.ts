/** An environment as programs get it; a variable that is not there is undefined. */
export type Env = Readonly<Record<string, string | undefined>>

/** Where the environment is; it exists after {@link ensureEngineVenv}. */
export const engineVenv: string

/** The environment's interpreter. */
export const enginePython: string

/** Makes the engine's environment, or makes it anew when requirements.txt or the interpreter has changed. Throws an Error that names the cure. */
export function ensureEngineVenv(): Promise<void>

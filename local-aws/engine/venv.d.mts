/** Where the environment is; it exists after {@link ensureEngineVenv}. */
export const engineVenv: string

/** The environment's interpreter. */
export const enginePython: string

/** The SDK that Lambda's Python runtimes bring with them, in a folder that holds nothing else. */
export const pythonSdk: string

/** Makes the engine's environment and the SDK of Python handlers, or makes them anew when their requirements or the interpreter have changed. Throws an Error that names the cure. */
export function ensureEngineVenv(): Promise<void>

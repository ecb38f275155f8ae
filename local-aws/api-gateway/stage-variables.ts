import { badRequest, limitExceeded } from './errors.ts'

// Developer guide, quotas.
const MAXIMUM_VARIABLES = 100
const MAXIMUM_NAME = 64
const MAXIMUM_VALUE = 512

/** Refuses stage variables as CreateStage, CreateDeployment and UpdateStage do; name and text of the refusal of too many are unverified. */
export function checkVariables(variables: Readonly<Record<string, string>> | undefined): void {
  const entries = Object.entries(variables ?? {})
  if (entries.length > MAXIMUM_VARIABLES) throw limitExceeded(`Maximum number of stage variables is ${MAXIMUM_VARIABLES}`)
  for (const [name, value] of entries) checkVariable(name, value)
}

/**
 * One variable. Texts: serverless issue 6133 for the name, aws-lambda-blog issue 10 for the value (also for an empty one); lengths
 * unverified.
 */
function checkVariable(name: string, value: string): void {
  if (!/^[A-Za-z0-9_]+$/.test(name) || name.length > MAXIMUM_NAME) {
    throw badRequest(`Invalid stage variable name: ${name}.  Please use names with only word characters.`)
  }
  // The service model's pattern; the text's own list has a space that the model has not, and lacks `~` and `#`.
  if (!/^[A-Za-z0-9\-._~:/?#&=,]+$/.test(value) || value.length > MAXIMUM_VALUE) {
    throw badRequest(
      `Invalid stage variable value: ${value}.  Please use values with alphanumeric characters and the symbols ` +
        "' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.",
    )
  }
}

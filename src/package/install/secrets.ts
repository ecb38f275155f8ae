import type { Progress } from '../../progress.ts'

/** The variables with which the installers are told of indexes. */
const urlVariables = /^(?:PIP_(?:EXTRA_)?INDEX_URL|PIP_FIND_LINKS|PIP_PROXY|UV_(?:EXTRA_|DEFAULT_)?INDEX(?:_URL)?|UV_FIND_LINKS|HTTPS?_PROXY|https?_proxy|ALL_PROXY|all_proxy|npm_config_registry)$/
const passwordVariables = /^(?:UV_INDEX_.+_(?:PASSWORD|USERNAME)|POETRY_HTTP_BASIC_.+_PASSWORD|POETRY_PYPI_TOKEN_.+|NODE_AUTH_TOKEN|NPM_TOKEN)$/

/**
 * Hides credentials of private indexes before an installer runs: whole URLs and their parts, as written and decoded, because installers
 * print a user with an empty password (a token) openly (pip issue 9973).
 */
export function maskIndexCredentials(env: Readonly<Record<string, string | undefined>>, options: readonly string[], progress: Progress): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === '') continue
    if (urlVariables.test(name)) maskUrls(value, progress)
    if (passwordVariables.test(name)) progress.mask(value)
  }
  for (const option of options) maskUrls(option, progress)
}

function maskUrls(text: string, progress: Progress): void {
  for (const [url, userinfo] of text.matchAll(/[a-z][a-z0-9+.-]*:\/\/([^/\s@]+)@\S+/gi)) {
    const [user = '', ...password] = (userinfo as string).split(':')
    const parts = [url, userinfo as string, ...(password.length === 0 || password.join(':') === '' ? [user] : [password.join(':')])]
    // A mask of three letters would blot out half the log.
    for (const part of parts.filter((text) => text.length > 3)) {
      progress.mask(part)
      if (decoded(part) !== part) progress.mask(decoded(part))
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

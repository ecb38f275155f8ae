import type { Environment, GitHubEvent } from './event.ts'

/** Where the SDK finds credentials in the environment, by any of its ways. */
const credentialVariables = [
  'AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
]

/**
 * Whether the run has no credentials and cannot have any: GitHub gives neither secrets nor a token for OIDC to a pull request from a fork
 * or of Dependabot (docs.github.com, "Events that trigger workflows", pull_request; "Troubleshooting Dependabot on GitHub Actions").
 */
export function isOffline({ name, pullRequest }: GitHubEvent, env: Environment): boolean {
  if (name !== 'pull_request' || pullRequest === undefined) return false
  const isUntrusted = pullRequest.isFork || env['GITHUB_ACTOR'] === 'dependabot[bot]'
  return isUntrusted && credentialVariables.every((variable) => (env[variable] ?? '') === '')
}

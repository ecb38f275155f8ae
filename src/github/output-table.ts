/** The action's outputs, in the order in which docs show them. */
export const outputs = {
  'invoke-url': 'The URL of the stage, without a slash at its end.',
  changed: '`true` when something was written to AWS, or for `plan` would be; else `false`.',
  command: 'The command that ran: with `preview: true` the one that the event has led to.',
  release: 'The number of the live release; for `plan` of the one that is live now.',
  'previous-release': 'The number of the release before the live one, where one is kept.',
  'next-release': 'For `plan`: the number that the release would have; after `bake-time: hold`, the number of the canary.',
  'release-state': '`canary` where a share of the requests gets another release than the live one; else `live`.',
  plan: 'The changes as JSON: a list of what is created, updated, deleted or kept, with the reason. At most 100 KB.',
  'plan-markdown': 'What has changed, or for `plan` would change, as Markdown for a comment of your own. At most 64 KB.',
  'plan-file': 'The file that holds the whole plan as JSON, however long it is.',
  routes: 'The routes as JSON: method, path, function and URL. At most 100 KB.',
  'api-id': "The API's id.",
  stage: 'The stage.',
  'api-deployment-id': 'The deployment that the stage serves.',
  functions: 'The functions as JSON: name, arn, version, previous version, package path, sha256 and size.',
  'access-log-group': 'The log group of the access log.',
  swept: 'For `sweep`: the previews as JSON, each with service, pull-request, state (removed, stale, kept, unknown) and reason.',
  'function-name': 'The name of the function; only for a service with one function, as are those below.',
  'function-arn': "The function's ARN.",
  'function-version': 'The live version.',
  'package-path': 'The zip that was built, or the prebuilt one.',
  'package-sha256': "The zip's SHA-256 in Base64, as Lambda's CodeSha256.",
  'package-size': "The zip's size in bytes.",
} as const

export type OutputName = keyof typeof outputs

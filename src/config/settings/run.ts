import { age } from '../kinds/age.ts'
import { boolean, text } from '../kinds/basic.ts'
import { list } from '../kinds/lists.ts'
import { accountId, region, serviceName, stageName } from '../kinds/names.ts'
import { setting } from './setting.ts'
import { command } from './words.ts'

/** The service's own name: an input, and a key at the top of the file. */
export const serviceTable = {
  service: setting(serviceName(), {
    description: 'The name of the service: one API, its functions and the routes between them.',
    otherwise: '`function-name`',
  }),
} as const

/** What only inputs say: about the run, not about the service. */
export const runTable = {
  command: setting(command, {
    description:
      '`deploy` brings the stage up to date, `plan` shows what deploy would do and writes nothing, `promote` gives a canary that is held ' +
      'all requests, or puts what `from-stage` serves on the stage, `rollback` takes a canary back or puts an earlier release back, ' +
      '`destroy` removes the stage, `sweep` removes the previews of pull requests that are closed.',
    default: 'deploy',
  }),
  'config-file': setting(text({ words: "the config file's path", example: 'lambda-api.yml' }), {
    description: 'The file that describes the service, from the workspace.',
    otherwise: '`lambda-api.yml` or `lambda-api.yaml` at the top of the workspace, where there is one',
  }),
  stage: setting(stageName(), {
    description: "The API's stage. It is part of the invoke URL. On a joined API it may be one that exists: `to: 0` leads back.",
    default: 'prod',
  }),
  preview: setting(boolean(), {
    description:
      'On a `pull_request` event: whether the pull request gets an API of its own, whose names end in `-pr-<number>`, and which goes ' +
      'when it is closed; see docs/previews.md.',
    default: false,
  }),
  'max-age': setting(age(), {
    description: '`sweep` also removes previews whose last deploy is so long ago, such as `14d` or `36h`, of open pull requests, too.',
    otherwise: 'any age',
  }),
  'dry-run': setting(boolean(), { description: 'Whether `sweep` only tells what it would remove.', default: false }),
  'aws-region': setting(region(), { description: 'The Region.', otherwise: '`AWS_REGION`, then `AWS_DEFAULT_REGION`' }),
  'allowed-account-ids': setting(list(accountId(), { separator: 'lines or commas', words: 'account ids of 12 digits' }), {
    description: 'The run stops where its credentials belong to another account.',
    default: [],
    otherwise: 'any account',
  }),
  'from-stage': setting(stageName(), {
    description:
      'With `promote`: the stage of the same service whose code and routes this stage gets, with its own configuration. ' +
      'With `plan` it is shown what that would change.',
  }),
  to: setting(text({
    words: "a release's number, a commit or FUNCTION:VERSION",
    pattern: /^(\d{1,6}|[0-9a-f]{7,40}|[\w-]+:\d+)$/,
    example: '12',
  }), {
    description: 'Where `rollback` leads to: a release that is kept, by its number, its commit, or `FUNCTION:VERSION`.',
    otherwise: 'the release before the live one',
  }),
  force: setting(boolean(), {
    description: 'Whether a release that a rollback has left is deployed again although nothing of it has changed.',
    default: false,
  }),
  'allow-older': setting(boolean(), {
    description: 'Whether a commit is deployed that is an ancestor of the live one.',
    default: false,
  }),
  'github-token': setting(text({ words: 'a token of GitHub', example: '${{ github.token }}' }), {
    description:
      'Asks GitHub whether the commit is older than the live one, with `contents: read`, and whether the pull request of a preview is ' +
      'open, with `pull-requests: read`.',
    otherwise: "the job's own",
    inWorkflow: '${{ github.token }}',
  }),
  comment: setting(boolean(), {
    description:
      'Whether the pull request of a preview, or of a plan, gets a comment that tells of it. It needs `pull-requests: write`; see ' +
      'docs/github.md.',
    default: true,
  }),
  'github-environment': setting(text({ words: 'the name of an environment of GitHub', example: 'production' }), {
    description:
      'The environment of GitHub that shows what is deployed, with its address. It needs `deployments: write`. Leave it out where the ' +
      'job itself has `environment:`.',
    otherwise: 'for previews `preview`, else none',
  }),
  'allow-foreign-changes': setting(boolean(), {
    description: 'Whether edits of others on a joined API that nobody has deployed are deployed along.',
    default: false,
  }),
  confirm: setting(text({ words: "the service's name", example: 'events' }), {
    description: "The service's name, written out once more: `destroy` asks for it.",
  }),
  'delete-logs': setting(boolean(), { description: 'Whether `destroy` removes the log groups as well.', default: false }),
} as const

import { accessLogFormats } from '../../service/access-log-formats.ts'
import { accessLog } from '../kinds/access-log.ts'
import { roleOr } from '../kinds/arns.ts'
import { boolean, integer, text } from '../kinds/basic.ts'
import { list } from '../kinds/lists.ts'
import { apiNameKind, logDestination } from '../kinds/names.ts'
import { routes } from '../routes/kind.ts'
import { retentionDays } from './retention.ts'
import { setting } from './setting.ts'
import { endpointType } from './words.ts'

/** Settings of the API itself, which all its stages share; the same fields as ApiSpec's, to which they are handed on as they are. */
const sharedSettings = {
  'endpoint-type': setting(endpointType, { description: 'The kind of endpoint.', default: 'REGIONAL' }),
  'binary-media-types': setting(
    list(text({ words: 'a media type', pattern: /^[\w.+*-]+\/[\w.+*-]+$/, example: 'image/png' }), {
      separator: 'lines or commas',
      words: 'media types',
    }),
    { description: 'Bodies of these media types reach the function in Base64. Browsers need `*/*`.', default: [] },
  ),
  // Recorded from AWS: "Invalid minimum compression size, must be between 0 and 10485760".
  'minimum-compression-size': setting(integer({ min: 0, max: 10_485_760, unit: 'bytes' }), {
    description: 'Responses of this size or more are compressed for clients that accept it.',
    otherwise: 'no compression',
  }),
} as const

export const sharedNames = Object.keys(sharedSettings)

/** Settings that each stage has for itself; fields of ApiSpec, too. */
const stageSettings = {
  'throttling-rate': setting(integer({ min: 1, unit: 'requests per second' }), {
    description: 'Requests per second that each route takes on average; more are answered with 429.',
    otherwise: "AWS's 10,000, within the account's own limit",
    path: 'throttling.rate',
  }),
  'throttling-burst': setting(integer({ min: 1, unit: 'requests' }), {
    description: 'Requests that each route takes at once.',
    otherwise: "AWS's 5,000, within the account's own limit",
    path: 'throttling.burst',
  }),
} as const

/** Every setting of the API: a key below `api`, and an input. */
export const apiTable = {
  'api-name': setting(apiNameKind(), { description: 'The name of the API.', otherwise: 'the service' }),
  'api-id': setting(text({ words: "an API's id", pattern: /^[a-z0-9]{8,12}$/, example: 'a1b2c3d4e5' }), {
    description:
      'The id of an API that exists and that is joined: routes and a stage of this service are added to it, and all else stays as found.',
    otherwise: 'an API is made',
  }),
  'adopt-routes': setting(boolean(), {
    description: 'Whether routes of the config that exist on a joined API already are taken over, with what their methods have.',
    default: false,
    path: 'join',
  }),
  routes: setting(routes(), {
    description:
      'Routes as `METHOD /path`, one a line; `ANY` and `{proxy+}` are allowed. ' +
      'In the file a map of `METHOD /path` to the key of a function.',
    otherwise: '`ANY /` and `ANY /{proxy+}`, for a service with one function',
  }),
  ...sharedSettings,
  ...stageSettings,
  'access-log': setting(accessLog(), {
    description:
      "The format of the API's access log in CloudWatch Logs: `json`, `clf`, `csv`, `xml`, `off`, " +
      'or one line of your own with `$context` variables. ' +
      'In the file also a map of `format`, `group` and `retention-days`.',
    default: accessLogFormats.json,
    otherwise: '`json`',
    path: 'access-log.format',
  }),
  'access-log-group': setting(logDestination(), {
    description: 'The log group of the access log; or the ARN of a Firehose stream, whose name begins with `amazon-apigateway-`.',
    otherwise: '`/aws/apigateway/<api-name>-<api-id>/<stage>`',
    path: 'access-log.group',
  }),
  'access-log-retention-days': setting(retentionDays(), {
    description: 'Days that the access log is kept.',
    otherwise: 'for ever',
    path: 'access-log.retention-days',
  }),
  'cloudwatch-role': setting(roleOr('keep', 'create'), {
    description:
      "The account's role by which API Gateway writes logs, one for all APIs of a Region: " +
      '`keep` changes nothing, `create` makes one, an ARN names one. ' +
      'A role that is set already is never replaced.',
    default: 'keep',
  }),
} as const

import type { Step } from '../../rows.ts'
import { api, deployed, invoke, liveProxy, onApi, proxy } from '../gateway-steps.ts'
import { permit, python, withCode } from '../lambda-steps.ts'
import { agrees, differs, taken } from '../rule.ts'

/** Steps 0 to 6: an API before a function that answers with an expression's text. */
const shows = (expression: string): Step[] => liveProxy({ Code: { ZipFile: python(`return {'statusCode': 200, 'body': str(${expression})}`) } })
/** A list of names as Python writes it. */
const listed = (...names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(', ')}]`
const shape = 'LocalStack, test_lambda_aws_proxy_integration'

/** The event that a function gets. */
export const events = [
  differs({
    fact: 'names of headers come as the client wrote them',
    source: shape,
    given: shows("'X-Case' in event['headers'] or 'x-case' in event['headers'] and 'domainName' in event['requestContext']"),
    when: invoke('/', { headers: { 'X-Case': '1' } }),
    answer: taken(200, 'True', 'body'),
  }),
  differs({
    fact: 'the event has no version',
    source: shape,
    given: shows("'version' in event"),
    when: invoke(),
    answer: taken(200, 'False', 'body'),
  }),
  differs({
    fact: 'every member of the event',
    source: shape,
    given: shows("sorted(event)"),
    when: invoke(),
    answer: taken(
      200,
      listed(
        'body', 'headers', 'httpMethod', 'isBase64Encoded', 'multiValueHeaders', 'multiValueQueryStringParameters',
        'path', 'pathParameters', 'queryStringParameters', 'requestContext', 'resource', 'stageVariables',
      ),
      'body',
    ),
  }),
  differs({
    fact: 'every member of requestContext',
    source: shape,
    given: shows("sorted(event['requestContext'])"),
    when: invoke(),
    answer: taken(
      200,
      listed(
        'accountId', 'apiId', 'deploymentId', 'domainName', 'domainPrefix', 'extendedRequestId',
        'httpMethod', 'identity', 'path', 'protocol', 'requestId', 'requestTime',
        'requestTimeEpoch', 'resourceId', 'resourcePath', 'stage',
      ),
      'body',
    ),
  }),
  differs({
    fact: 'domainName is the host that AWS has',
    source: shape,
    given: shows("event['requestContext']['domainName'] == event['requestContext']['apiId'] + '.execute-api.' + 'eu-west-1.amazonaws.com'"),
    when: invoke(),
    answer: taken(200, 'True', 'body'),
  }),
  agrees({
    fact: 'a parameter given twice is a list',
    source: shape,
    given: shows("event['multiValueQueryStringParameters']['a']"),
    when: invoke('/?a=1&a=2'),
    answer: taken(200, "['1', '2']", 'body'),
  }),
  differs({
    fact: 'what is percent-encoded in the path stays so',
    source: shape,
    given: [
      api(),
      ...withCode(python("return {'statusCode': 200, 'body': event['pathParameters']['p']}")),
      onApi('CreateResource', { parentId: '{{0.rootResourceId}}', pathPart: '{p+}' }),
      onApi('PutMethod', { resourceId: '{{3.id}}', httpMethod: 'GET', authorizationType: 'NONE' }),
      proxy('f', { resourceId: '{{3.id}}' }),
      permit(),
      deployed(),
    ],
    when: invoke('/a%2Fb'),
    answer: taken(200, 'a%2Fb', 'body'),
  }),
]

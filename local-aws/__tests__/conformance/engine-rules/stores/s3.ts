import { agrees, differs, refused, step } from '../rule.ts'

const bucket = 'bucket-{{account}}'

/** Buckets and objects: the engine has them right, but for who is expected to own them. */
export const objects = [
  agrees({
    fact: 'a bucket that does not exist',
    source: 'API reference, NoSuchBucket',
    when: step('s3 GetObject', { Bucket: bucket, Key: 'k' }),
    answer: refused(404, 'NoSuchBucket', 'The specified bucket does not exist'),
  }),
  agrees({
    fact: 'a key that does not exist',
    source: 'API reference, NoSuchKey',
    given: [step('s3 PutObject', { Bucket: bucket, Key: 'k', Body: { $text: 'x' } })],
    when: step('s3 GetObject', { Bucket: bucket, Key: 'none' }),
    answer: refused(404, 'NoSuchKey', 'The specified key does not exist.'),
  }),
  agrees({
    fact: 'a bucket with objects cannot be deleted',
    source: 'API reference, BucketNotEmpty',
    given: [step('s3 PutObject', { Bucket: bucket, Key: 'k', Body: { $text: 'x' } })],
    when: step('s3 DeleteBucket', { Bucket: bucket }),
    answer: refused(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty'),
  }),
  differs({
    fact: 'a bucket that another account is expected to own',
    source: 'user guide, Verifying bucket ownership with bucket owner condition',
    given: [step('s3 PutObject', { Bucket: bucket, Key: 'k', Body: { $text: 'x' } })],
    when: step('s3 GetObject', { Bucket: bucket, Key: 'k', ExpectedBucketOwner: '210987654321' }),
    answer: refused(403, 'AccessDenied', 'Access Denied'),
  }),
]

/** Requests that no SDK sends: the front reads them by AWS's own models. */
export const oddRequests = [
  agrees({
    fact: 'an action that IAM does not have',
    source: 'query protocol, common errors: InvalidAction',
    when: step('http', {
      service: 'iam',
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=None&Version=2010-05-08',
    }),
    answer: refused(400, 'InvalidAction'),
  }),
  ...(
    [
      ['a body that is a list', '/2015-03-31/functions', '[]'],
      ['a list that is a text', '/2015-03-31/functions', '{"Layers": "x"}'],
      ['a boolean that is a text', '/2015-03-31/functions', '{"Publish": "x"}'],
      ['a blob that is a number', '/2015-03-31/functions', '{"Code": {"ZipFile": 1}}'],
      ['a number that is a text', '/2015-03-31/functions', '{"Timeout": "x"}'],
      ['a map that is a text', '/2015-03-31/functions', '{"Tags": "x"}'],
    ] as const
  ).map(([fact, path, body]) =>
    differs({
      fact,
      source: 'LocalStack, put-integration-request-param-wrong-type; other targets unverified',
      when: step('http', { service: 'lambda', method: 'POST', path, headers: { 'content-type': 'application/json' }, body }),
      answer: refused(400, 'SerializationException'),
    }),
  ),
  differs({
    fact: 'a number in the query that is none',
    source: 'unverified text: the same error as in a body',
    when: step('http', { service: 'lambda', method: 'GET', path: '/2015-03-31/functions/?MaxItems=x' }),
    answer: refused(400, 'SerializationException'),
  }),
]

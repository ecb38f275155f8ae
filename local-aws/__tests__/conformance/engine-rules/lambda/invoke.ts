import { agrees, differs, refused, step, taken } from '../rule.ts'
import { conflict, createFunction, invokeF, notFound, onF, python, twoVersions, withCode, withFunction } from '../lambda-steps.ts'

/** Invoke itself. */
export const invocations = [
  differs({
    fact: 'Invoke while Pending',
    source: 'developer guide, function states',
    given: [createFunction()],
    when: invokeF(),
    answer: conflict(),
    slow: true,
  }),
  differs({
    fact: 'a payload of more than 6 MB',
    source: 'pelmers/streetwarp-web issue 14',
    given: withFunction(),
    when: invokeF({ Payload: { $long: 6_291_557 } }),
    answer: refused(413, 'RequestEntityTooLargeException', 'Request must be smaller than 6291456 bytes for the InvokeFunction operation'),
  }),
  differs({
    fact: 'a payload of more than 1 MB that nobody waits for',
    source: 'faultline issue 12; the limit: developer guide, quotas',
    given: withFunction(),
    when: invokeF({ InvocationType: 'Event', Payload: { $long: 1_048_577 } }),
    answer: refused(413, 'RequestEntityTooLargeException', '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)'),
  }),
  differs({
    fact: 'an answer of more than 6 MB',
    source: 'LocalStack, test_lambda_too_large_response',
    given: withCode(python("return 'x' * 6_291_557")),
    when: invokeF(),
    answer: taken(200, {
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      errorType: 'Function.ResponseSizeTooLarge',
    }, 'Payload'),
  }),
  differs({
    fact: 'a payload that is no JSON',
    source: 'LocalStack, test_lambda_invoke_payload_encoding_error',
    given: withFunction(),
    when: invokeF({ Payload: { $text: '{oops' } }),
    answer: refused(400, 'InvalidRequestContentException'),
  }),
  differs({
    fact: 'a function that does not exist is named with $LATEST',
    source: 'LocalStack, test_invoke_exceptions',
    when: invokeF(),
    answer: notFound('Function not found: arn:aws:lambda:<region>:111111111111:function:f:$LATEST'),
  }),
  agrees({
    fact: 'ExecutedVersion names the version that ran',
    source: 'LocalStack, test_invocation_with_qualifier',
    given: twoVersions,
    when: invokeF({ Qualifier: '1' }),
    answer: taken(200, '1', 'ExecutedVersion'),
  }),
  differs({
    fact: 'prints stand in the log group of the function',
    source: 'developer guide, monitoring: /aws/lambda/<name>',
    given: [...withCode(python("print('printed')")), invokeF()],
    when: step('written', { logGroupName: '/aws/lambda/f', filterPattern: 'printed' }),
    answer: taken(200, 'printed\n', 'message'),
  }),
  differs({
    fact: 'no more runs at once than are reserved',
    source: 'LocalStack, test_reserved_concurrency',
    given: [...withFunction(), onF('PutFunctionConcurrency', { ReservedConcurrentExecutions: 0 })],
    when: invokeF(),
    answer: refused(429, 'TooManyRequestsException', 'Rate Exceeded.'),
  }),
  differs({
    fact: 'LogType Tail shows the end of the log',
    source: 'LocalStack, test_invocation_with_logs',
    given: withFunction(),
    when: invokeF({ LogType: 'Tail' }),
    answer: taken(200, '<log>', 'LogResult'),
  }),
]

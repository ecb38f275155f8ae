import type { JsonObject } from '../../rows.ts'
import { agrees, differs, step, taken } from '../rule.ts'
import { createFunction, invokeF, onF, publish, python, wait, withCode, withFunction } from '../lambda-steps.ts'

const raising = python("raise ValueError('why')")
const nodeCode = (body: string): JsonObject => ({ $files: { 'index.mjs': `export const handler = async (event, context) => (${body})\n` } })
const node = { Runtime: 'nodejs22.x', Handler: 'index.handler' }
const layerOf = (files: JsonObject): ReturnType<typeof step> => step('lambda PublishLayerVersion', { LayerName: 'l', Content: { ZipFile: { $files: files } } })

/** What a handler sees, and what becomes of its errors. */
export const runtime = [
  differs({
    fact: 'an error that a handler raises: type, message and stack',
    source: 'LocalStack, test_lambda_handler_error',
    given: withCode(raising),
    when: invokeF(),
    answer: taken(200, {
      errorMessage: 'why',
      errorType: 'ValueError',
      requestId: '<uuid>',
      stackTrace: ['  File "/var/task/handler.py", line 2, in handler\n    raise ValueError(\'why\')\n'],
    }, 'Payload'),
  }),
  agrees({
    fact: 'FunctionError of an error that a handler raises',
    source: 'developer guide, invocation errors',
    given: withCode(raising),
    when: invokeF(),
    answer: taken(200, 'Unhandled', 'FunctionError'),
  }),
  differs({
    fact: 'a module that cannot be imported',
    source: 'developer guide, Python: Runtime.ImportModuleError',
    given: withFunction({ Handler: 'missing.handler' }),
    when: invokeF(),
    answer: taken(200, {
      errorMessage: "Unable to import module 'missing': No module named 'missing'",
      errorType: 'Runtime.ImportModuleError',
      requestId: '',
      stackTrace: [],
    }, 'Payload'),
  }),
  differs({
    fact: 'a handler that the module does not have',
    source: 'developer guide, Python: Runtime.HandlerNotFound',
    given: withFunction({ Handler: 'handler.other' }),
    when: invokeF(),
    answer: taken(200, {
      errorMessage: "Handler 'other' missing on module 'handler'",
      errorType: 'Runtime.HandlerNotFound',
      requestId: '',
      stackTrace: [],
    }, 'Payload'),
  }),
  differs({
    fact: 'a Node handler that throws',
    source: 'developer guide, Node.js error handling',
    given: withCode({ $files: { 'index.mjs': "export const handler = async () => { throw new TypeError('why') }\n" } }, node),
    when: invokeF(),
    answer: { ...taken(200, { errorType: 'TypeError', errorMessage: 'why' }, 'Payload'), except: ['trace'] },
  }),
  agrees({
    fact: 'the context: name, version, memory, ARN',
    source: 'developer guide, context object in Python',
    given: withCode(python("return [context.function_name, context.function_version, int(context.memory_limit_in_mb), context.invoked_function_arn]")),
    when: invokeF(),
    answer: taken(200, ['f', '$LATEST', 128, 'arn:aws:lambda:<region>:111111111111:function:f'], 'Payload'),
  }),
  agrees({
    fact: 'invoked_function_arn of an alias names the alias',
    source: 'developer guide, context object in Python',
    given: [...withCode(python('return context.invoked_function_arn')), publish(), onF('CreateAlias', { Name: 'live', FunctionVersion: '1' })],
    when: invokeF({ Qualifier: 'live' }),
    answer: taken(200, '"arn:aws:lambda:<region>:111111111111:function:f:live"', 'Payload'),
  }),
  differs({
    fact: 'context.log writes into the log',
    source: 'aws-lambda-python-runtime-interface-client, LambdaContext.log',
    given: withCode(python("context.log('logged')", 'return 1')),
    when: invokeF(),
    answer: taken(200, '1', 'Payload'),
  }),
  differs({
    fact: "a Python function sees nothing of the server's environment",
    source: 'developer guide, environment variables',
    given: withCode(python("return __import__('os').environ.get('GATEWAY_PORT')")),
    when: invokeF(),
    answer: taken(200, 'null', 'Payload'),
  }),
  differs({
    fact: "a Node function sees nothing of the server's environment",
    source: 'developer guide, environment variables',
    given: withCode(nodeCode('process.env.GATEWAY_PORT ?? null'), node),
    when: invokeF(),
    answer: taken(200, 'null', 'Payload'),
  }),
  differs({
    fact: 'variables that Lambda sets',
    source: 'developer guide, defined runtime environment variables',
    given: withCode(python("return [__import__('os').environ.get(name) for name in ('_HANDLER', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_LOG_GROUP_NAME')]")),
    when: invokeF(),
    answer: taken(200, ['handler.handler', 'AWS_Lambda_python3.12', '/aws/lambda/f'], 'Payload'),
  }),
  differs({
    fact: "the emulator's own packages are not there",
    source: 'developer guide, Python runtimes: the standard library and the SDK',
    given: withCode(python("return __import__('importlib.util').util.find_spec('ministack') is None")),
    when: invokeF(),
    answer: taken(200, 'true', 'Payload'),
  }),
  differs({
    fact: 'files keep the modes of the zip',
    source: 'developer guide, zip archives: permissions',
    given: withCode({ $files: {
      'handler.py': "import os\ndef handler(event, context):\n    return os.access('tool', os.X_OK)\n",
      tool: { content: '#!/bin/sh\n', mode: 0o100755 },
    } }),
    when: invokeF(),
    answer: taken(200, 'true', 'Payload'),
  }),
  differs({
    fact: 'what a handler writes to stdout is no answer',
    source: 'developer guide, runtime API: the answer goes over HTTP',
    given: withCode(python(`__import__('os').write(1, b'{"status": "ok", "result": "forged", "body": "forged"}\\n')`, "return 'real'")),
    when: invokeF(),
    answer: taken(200, '"real"', 'Payload'),
  }),
  agrees({
    fact: 'modules at the root of the zip are imported',
    source: 'developer guide, Python zip archives',
    given: withCode({ $files: {
      'handler.py': 'import dependency\ndef handler(event, context):\n    return dependency.VALUE\n',
      'dependency/__init__.py': "VALUE = 'found'\n",
    } }),
    when: invokeF(),
    answer: taken(200, '"found"', 'Payload'),
  }),
  agrees({
    fact: 'modules of a Python layer are imported',
    source: 'developer guide, Python layers: python/',
    given: [
      layerOf({ 'python/layered.py': "VALUE = 'layered'\n" }),
      createFunction({ Layers: ['{{0.LayerVersionArn}}'], Code: { ZipFile: python("return __import__('layered').VALUE") } }),
      wait,
    ],
    when: invokeF(),
    answer: taken(200, '"layered"', 'Payload'),
  }),
  agrees({
    fact: 'modules of a Node layer are imported',
    source: 'developer guide, Node.js layers: nodejs/node_modules/',
    given: [
      layerOf({ 'nodejs/node_modules/layered/index.js': "exports.value = 'layered'\n" }),
      createFunction({
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Layers: ['{{0.LayerVersionArn}}'],
        Code: { ZipFile: { $files: { 'index.js': "exports.handler = async () => require('layered').value\n" } } },
      }),
      wait,
    ],
    when: invokeF(),
    answer: taken(200, '"layered"', 'Payload'),
  }),
  differs({
    fact: 'a Python handler imports the SDK that the runtime brings',
    source: 'developer guide, runtime-included SDK versions (Python)',
    given: withCode(python("return __import__('boto3').__name__")),
    when: invokeF(),
    answer: taken(200, '"boto3"', 'Payload'),
  }),
  differs({
    fact: 'a Node handler imports the SDK that the runtime brings',
    source: 'developer guide, runtime-included SDK versions (Node.js)',
    given: withCode({ $files: { 'index.mjs': "import { STS } from '@aws-sdk/client-sts'\nexport const handler = async () => STS.name\n" } }, node),
    when: invokeF(),
    answer: taken(200, '"STS"', 'Payload'),
  }),
  agrees({
    fact: 'an ES module imports modules of a Node layer',
    source: 'AWS Compute Blog, Node.js 18.x runtime now available in AWS Lambda: ES modules are searched in NODE_PATH',
    given: [
      layerOf({ 'nodejs/node_modules/layered/index.js': "exports.value = 'layered'\n" }),
      createFunction({ ...node, Layers: ['{{0.LayerVersionArn}}'], Code: { ZipFile: { $files: { 'index.mjs': "import { value } from 'layered'\nexport const handler = async () => value\n" } } } }),
      wait,
    ],
    when: invokeF(),
    answer: taken(200, '"layered"', 'Payload'),
  }),
  agrees({
    fact: 'a handler gets the event as it was sent',
    source: 'developer guide, Python handler',
    given: withCode(python('return event')),
    when: invokeF({ Payload: { $text: '{"a": [1]}' } }),
    answer: taken(200, { a: [1] }, 'Payload'),
  }),
  agrees({
    fact: 'the context tells the time that is left',
    source: 'developer guide, context object in Python',
    given: withCode(python('return 0 < context.get_remaining_time_in_millis() <= 60_000')),
    when: invokeF(),
    answer: taken(200, 'true', 'Payload'),
  }),
  agrees({
    fact: 'a handler may print a lot',
    source: 'developer guide, Python logging',
    given: withCode(python("print('line\\n' * 400)", 'return 1')),
    when: invokeF(),
    answer: taken(200, '1', 'Payload'),
  }),
]

import { describe, expect, test } from '@jest/globals'
import { activeFunction, bench, zipOf } from '../support.ts'
import { call, python, type Files } from './calls.ts'

test('event and result go through as JSON, and what is printed is logged between START and REPORT', async () => {
  const on = await bench()
  await python(
    on,
    `
import logging, sys
log = logging.getLogger()
log.setLevel("INFO")
def handler(event, context):
    print("printed")
    print("to stderr", file=sys.stderr)
    log.info("logged\\nin two lines")
    context.log("by the context\\n")
    return {"got": event, "umlaut": "ä"}
`,
  )
  const { payload, functionError, log } = await call(on, { a: [1, null] })
  expect(functionError).toBeUndefined()
  expect(payload).toEqual({ got: { a: [1, null] }, umlaut: 'ä' })
  // test_invocation_with_logs, test_invocation_with_qualifier
  expect(log).toMatch(
    /^START RequestId: (?<id>[0-9a-f-]{36}) Version: \$LATEST\nprinted\nto stderr\n\[INFO\]\t\S+Z\t\k<id>\tlogged\nin two lines\nby the context\nEND RequestId: \k<id>\nREPORT RequestId: \k<id>\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t\n$/,
  )
  expect((await call(on)).log).not.toContain('Init Duration')
})

test('the file system and the memory are the machine\'s: a function\'s places have their names in its environment alone', async () => {
  const on = await bench()
  const source = `
import os
def handler(event, context):
    root = os.environ["LAMBDA_TASK_ROOT"]
    with open(os.path.join(root, "written.txt"), "w") as file: file.write("on AWS this is read-only")
    much = bytearray(200 * 1024 * 1024)
    return {"task": os.path.exists("/var/task/index.py"), "written": os.listdir(root), "temporary": os.environ["TMPDIR"] != "/tmp", "much": len(much)}
`
  await python(on, source)
  expect((await call(on)).payload).toEqual({ task: false, written: expect.arrayContaining(['index.py', 'written.txt']), temporary: true, much: 209_715_200 })
})

test('the context and the environment are those of Lambda, and nothing of the server is seen', async () => {
  const on = await bench()
  const source = `
import os, sys
def handler(event, context):
    members = ("function_name", "function_version", "invoked_function_arn", "memory_limit_in_mb", "log_group_name", "log_stream_name", "aws_request_id")
    return {
        "context": {name: getattr(context, name) for name in members},
        "remaining": context.get_remaining_time_in_millis(),
        "client": context.client_context.custom["a"],
        "environment": dict(os.environ),
        "cwd": os.getcwd() == os.environ["LAMBDA_TASK_ROOT"] == sys.path[0],
        "file": open("data.txt").read(),
        "outside": [name for name in ("pip", "setuptools", "ministack", "yaml", "requests") if __import__("importlib.util").util.find_spec(name)],
    }
`
  await python(on, source, { files: { 'data.txt': 'hello' }, environment: { STAGE: 'prod', PYTHONPATH: '/var/task/lib' } })
  const ClientContext = Buffer.from(JSON.stringify({ custom: { a: 1 } })).toString('base64')
  const { payload } = await call(on, {}, { ClientContext, Qualifier: '$LATEST' })
  const { environment, remaining, ...rest } = payload as { environment: Record<string, string>; remaining: number }
  expect(rest).toEqual({
    context: {
      function_name: 'f',
      function_version: '$LATEST',
      invoked_function_arn: on.arn('f:$LATEST'),
      memory_limit_in_mb: '128',
      log_group_name: '/aws/lambda/f',
      log_stream_name: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      aws_request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
    client: 1,
    cwd: true,
    file: 'hello',
    outside: [],
  })
  expect(remaining).toBeGreaterThan(8000)
  expect(remaining).toBeLessThanOrEqual(10_000)
  // test_introspection_invoke[python3.11]
  expect(environment).toMatchObject({ STAGE: 'prod', _HANDLER: 'index.handler', AWS_REGION: 'eu-west-1', AWS_LAMBDA_FUNCTION_NAME: 'f', TZ: ':UTC' })
  const ours = ['TMPDIR', 'AWS_ENDPOINT_URL', 'STAGE', 'PYTHONPATH']
  const lambdas = /^(AWS_|_AWS_|LAMBDA_|_HANDLER$|_X_AMZN_TRACE_ID$|LANG$|LC_CTYPE$|LD_LIBRARY_PATH$|PATH$|PWD$|SHLVL$|TZ$)/
  expect(Object.keys(environment).filter((name) => !lambdas.test(name) && !ours.includes(name))).toEqual([])
})

describe('errors have the shapes of Lambda', () => {
  const cases: readonly [string, string, { files?: Files; handler?: string; timeout?: number }, unknown][] = [
    // test_lambda_handler_error
    [
      'raised',
      'def handler(event, context):\n    raise ValueError("no")\n',
      {},
      { errorMessage: 'no', errorType: 'ValueError', requestId: expect.any(String), stackTrace: ['  File "/var/task/index.py", line 2, in handler\n    raise ValueError("no")\n'] },
    ],
    ['no such module', '', { handler: 'nowhere.handler' }, { errorMessage: "Unable to import module 'nowhere': No module named 'nowhere'", errorType: 'Runtime.ImportModuleError', requestId: '', stackTrace: [] }],
    ['no such name', 'from core import gone\n', { files: { 'core.py': '' } }, { errorMessage: "Unable to import module 'index': cannot import name 'gone' from 'core' (/var/task/core.py)", errorType: 'Runtime.ImportModuleError', requestId: '', stackTrace: [] }],
    ['no such function', '', {}, { errorMessage: "Handler 'handler' missing on module 'index'", errorType: 'Runtime.HandlerNotFound', requestId: '', stackTrace: [] }],
    ['no dot', '', { handler: 'index' }, { errorMessage: "Bad handler 'index': not enough values to unpack (expected 2, got 1)", errorType: 'Runtime.MalformedHandlerName', requestId: '', stackTrace: [] }],
    ['syntax', 'def handler(:\n', {}, expect.objectContaining({ errorType: 'Runtime.UserCodeSyntaxError', errorMessage: expect.stringMatching(/^Syntax error in module 'index': /) })],
    ['missing dependency', 'import numpyy\ndef handler(event, context): pass\n', {}, expect.objectContaining({ errorType: 'Runtime.ImportModuleError', errorMessage: "Unable to import module 'index': No module named 'numpyy'" })],
    ['no JSON', 'def handler(event, context):\n    return {1, 2}\n', {}, expect.objectContaining({ errorType: 'Runtime.MarshalError', errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable' })],
    // test_lambda_handler_exit
    ['exit', 'import sys\ndef handler(event, context):\n    sys.exit(0)\n', {}, { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited without providing a reason$/) }],
    ['exit 3', 'import os\ndef handler(event, context):\n    os._exit(3)\n', {}, { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/Error: Runtime exited with error: exit status 3$/) }],
    // test_lambda_invoke_with_timeout
    ['timeout', 'import time\ndef handler(event, context):\n    time.sleep(60)\n', { timeout: 1 }, { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$/) }],
    // test_lambda_too_large_response
    ['too large', 'def handler(event, context):\n    return "x" * 6291600\n', {}, { errorType: 'Function.ResponseSizeTooLarge', errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).' }],
  ]
  test.each(cases)('%s', async (...[, source, more, expected]) => {
    const on = await bench()
    await python(on, source, more)
    const { payload, functionError } = await call(on)
    expect(payload).toEqual(expected)
    expect(functionError).toBe('Unhandled')
    // The next request gets a fresh process where the last one died, and the same answer.
    expect((await call(on)).functionError).toBe('Unhandled')
  })
})

test('modes and symlinks of the zip are kept', async () => {
  const on = await bench()
  const files = { 'bin/tool': { content: '#!/bin/sh\necho ran', mode: 0o100755 }, link: { content: 'bin/tool', mode: 0o120777 } }
  await python(on, 'import os, subprocess\ndef handler(event, context):\n    return [subprocess.check_output(["./link"]).decode(), os.readlink("link"), oct(os.stat("index.py").st_mode)]\n', { files })
  expect((await call(on)).payload).toEqual(['ran\n', 'bin/tool', '0o100644'])
})

test('a Python that this machine lacks is run on the nearest, and the log says so', async () => {
  const on = await bench()
  const Code = { ZipFile: zipOf({ 'index.py': 'import sys\ndef handler(event, context):\n    return sys.version_info[:2]\n' }) }
  await activeFunction(on, 'f', { Code, Runtime: 'python3.14' })
  const [, minor] = (await call(on)).payload as [number, number]
  const { FilterLogEventsCommand, CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs')
  const logs = new CloudWatchLogsClient(on.client)
  let text = ''
  for (let tries = 0; !text.includes('REPORT') && tries < 6000; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/f' })).catch(() => ({ events: [] }))
    text = (events ?? []).map(({ message }) => message).join('')
  }
  expect(text).toMatch(/^INIT_START Runtime Version: python:3.14.v1\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}\n/)
  if (minor === 14) expect(text).not.toContain('[LOCAL AWS]')
  else expect(text).toMatch(new RegExp(`\\[LOCAL AWS\\] This machine has no python3.14: python 3\\.${minor}\\.\\d+ runs instead\\.`))
})

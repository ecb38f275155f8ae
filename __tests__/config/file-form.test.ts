import { describe, expect, test } from '@jest/globals'
import { errorsOf, shortForm } from './support.ts'

const head = 'service: shop\ndefaults: { runtime: python3.13 }\nfunctions:\n  read: { handler: read.handler }\napi:\n  routes:\n    GET /items: read\n'
const map = 'service: shop\ndefaults:\n  runtime: python3.13\n'

/** A file, the line that is told, the cure, and the file once it was followed. */
const rows: readonly (readonly [string, number, RegExp, string])[] = [
  [`${head}    - GET /x: read\n`, 8, /without the dash\.$/, `${head}    GET /x: read\n`],
  [head.replace('    GET', '    - GET /x: read\n    GET'), 7, /without the dash\.$/, head.replace('    GET', '    GET /x: read\n    GET')],
  [`${map}  - timeout: 3\n`, 4, /without the dash\.$/, `${map}  timeout: 3\n`],
  ['service: shop\n defaults: { runtime: python3.13 }\n', 2, /^Write defaults .*: no blank before it\.$/, 'service: shop\ndefaults: { runtime: python3.13 }\n'],
  [`${map}     timeout: 3\n`, 4, /^Write timeout .*: 2 blanks before it\.$/, `${map}  timeout: 3\n`],
  [`${map}# a note\n\n    memory-size: 256\n`, 6, /^Write memory-size .*: 2 blanks before it\.$/, `${map}  memory-size: 256\n`],
  ['service: shop\ndefaults:\n    runtime: python3.13\n  timeout: 3\n', 4, /^Write it as the line above: 4 blanks before it\.$/, 'service: shop\ndefaults:\n    runtime: python3.13\n    timeout: 3\n'],
  [`${map}  description: "two words\n`, 4, /^Close it with " /, `${map}  description: "two words"\n`],
  [`${map}  description: 'two words\n  timeout: 3\n`, 4, /^Close it with ' /, `${map}  description: 'two words'\n  timeout: 3\n`],
  ['service: shop\ndefaults: { runtime: python3.13\nfunctions: { read: {} }\n', 2, /^Close it with }\.$/, 'service: shop\ndefaults: { runtime: python3.13 }\nfunctions: { read: {} }\n'],
  [`${map}  layers: [\n  timeout: 3\n`, 4, /^Close it with ]\.$/, `${map}  layers: []\n  timeout: 3\n`],
  [`${map}  environment-variables: { COLOR: #fff }\n`, 4, /in quotes\.$/, `${map}  environment-variables: { COLOR: "#fff" }\n`],
  ['service = shop\ndefaults: { runtime: python3.13 }\n', 1, /^Write service: shop\.$/, 'service: shop\ndefaults: { runtime: python3.13 }\n'],
  ['service shop\ndefaults: { runtime: python3.13 }\n', 1, /^Write service: shop\.$/, 'service: shop\ndefaults: { runtime: python3.13 }\n'],
  [`${map}  description: Hello: world\n`, 4, /^Write the value in quotes\.$/, `${map}  description: "Hello: world"\n`],
]

describe('newcomer: a mistake in how lines stand to each other is told at the line where it was made', () => {
  test.each(rows)('%j', async (file, line, cure, right) => {
    const errors = await errorsOf({ file })
    expect(errors.map((each) => [each.place?.line, each.cure])).toEqual([[line, expect.stringMatching(cure)]])
    expect((await errorsOf({ file: right })).map(shortForm)).toEqual([])
  })
})

const serverless = `service: shop
provider: { name: aws, runtime: python3.13, environment: { SECRET: tr0ub4dor } }
functions:
  hello:
    handler: handler.hello
    timeout: 9
    events: [{ http: { path: hello, method: get } }, { httpApi: 'POST /hello/{id}' }, { schedule: rate(1 hour) }]
  rest: { handler: handler.rest, memorySize: 512, events: [{ http: ANY /rest }] }
plugins: [serverless-python-requirements]
`
const sam = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs22.x } }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Policies: !Ref Table
      Events: { Get: { Type: Api, Properties: { Path: /hello, Method: get } } }
  Table: { Type: AWS::DynamoDB::Table }
`

/** A file, whose it is, and what of it is said here, too. */
const foreign: readonly (readonly [string, string, string, string])[] = [
  ['serverless.yml', serverless, 'the Serverless Framework', 'service: shop\nfunctions:\n  hello: { handler: handler.hello, runtime: python3.13, timeout: 9 }\n  rest: { handler: handler.rest, runtime: python3.13, memory-size: 512 }\napi:\n  routes:\n    GET /hello: hello\n    POST /hello/{id}: hello\n    ANY /rest: rest'],
  ['template.yaml', sam, 'CloudFormation or SAM', 'service: NAME\nfunctions:\n  Hello: { handler: app.handler, runtime: nodejs22.x }\napi:\n  routes:\n    GET /hello: Hello'],
  ['config.json of Chalice', '{"version": "2.0", "app_name": "shop", "stages": {"dev": {"api_gateway_stage": "api"}}}', 'Chalice', 'service: shop\ndefaults: { runtime: python3.13, handler: app.app }'],
  ['zappa_settings.json', '{"dev": {"app_function": "app.app", "s3_bucket": "x"}}', 'Zappa', ''],
  ['a workflow', 'name: deploy\non: push\njobs: { deploy: { runs-on: ubuntu-latest } }\n', 'GitHub Actions, a workflow', ''],
]

describe('issue 18.3: a file of another tool is known by its keys', () => {
  test.each(foreign)('%s is one mistake, told with what the same is here', async (_name, file, tool, lines) => {
    const [error, ...more] = await errorsOf({ file })
    const [what, , ...same] = (error?.what ?? '').split('\n')
    expect([more, what, same.join('\n'), error?.docs]).toEqual([[], `lambda-api.yml is a file of ${tool}.`, lines, 'moving.md'])
    expect(JSON.stringify(error)).not.toContain('tr0ub4dor')
    if (lines !== '') expect((await errorsOf({ file: lines })).map(shortForm)).toEqual([])
  })
  test('a file that has begun to be ours is told key by key', async () => {
    expect((await errorsOf({ file: `${serverless}api: { routes: { GET /x: hello } }\n` })).map(({ what }) => what)).toContain('The file has no key "plugins".')
  })
})

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Call, ToolDescription } from './account.ts'
import { callsOfTemplate, type Template } from './template.ts'

/** A tool, and how it makes an account. */
export interface Tool extends ToolDescription {
  /** What the registry is asked for, pinned. */
  readonly packages: readonly string[]
  readonly from: 'PyPI' | 'npm'
  /** The app that it deploys, by file. */
  readonly app: Readonly<Record<string, string>>
  /** Its command, in the app's folder. */
  readonly command: readonly string[]
  /** The calls of the template that the tool leaves to CloudFormation, after those that it has made itself. */
  readonly afterwards?: (folder: string, before: readonly Call[]) => Call[]
  /** A command that ends otherwise than with 0, because there is no CloudFormation. */
  readonly endsEarly?: true
}

const python = (name: string): string => `import json
def ${name}(event, context):
    return {"statusCode": 200, "body": json.dumps({"by": "the tool"})}
`
const node = (name: string): string => `exports.${name} = async () => ({ statusCode: 200, body: '{"by":"the tool"}' })\n`

const chaliceApp = `from chalice import Chalice, AuthResponse
app = Chalice(app_name='shop')

@app.authorizer(ttl_seconds=30)
def gate(auth_request):
    return AuthResponse(routes=['*'], principal_id='someone')

@app.route('/items/{id}', methods=['GET', 'POST'], cors=True)
def item(id):
    return {'by': 'the tool'}

@app.route('/private', authorizer=gate)
def private():
    return {'by': 'the tool'}
`

/** The tools that run here. */
export const tools: Readonly<Record<string, Tool>> = {
  chalice: {
    tool: 'Chalice 1.34.0', madeBy: '`chalice deploy`', packages: ['chalice==1.34.0'], from: 'PyPI',
    app: { 'app.py': chaliceApp, 'requirements.txt': '', '.chalice/config.json': '{"version": "2.0", "app_name": "shop", "stages": {"dev": {"api_gateway_stage": "api"}}}' },
    command: ['chalice', 'deploy'],
    functionName: 'shop-dev', handler: 'app.app', runtime: 'python3.11', stage: 'api', path: '/items/4', standIn: { 'app.py': python('app') },
  },
  claudia: {
    tool: 'Claudia 5.14.1', madeBy: '`claudia create --api-module app`', packages: ['claudia@5.14.1', 'aws-sdk@2.1693.0', 'claudia-api-builder@4.1.2'], from: 'npm',
    app: {
      'package.json': '{"name":"shop","version":"1.0.0","private":true,"files":["app.js"]}',
      'app.js': "const ApiBuilder = require('claudia-api-builder')\nconst api = module.exports = new ApiBuilder()\napi.get('/items/{id}', () => ({ by: 'the tool' }))\napi.post('/items', () => ({ by: 'the tool' }), { apiKeyRequired: true })\n",
    },
    command: ['claudia', 'create', '--region', 'eu-west-1', '--api-module', 'app', '--runtime', 'nodejs22.x'],
    functionName: 'shop', handler: 'app.proxyRouter', runtime: 'nodejs22.x', stage: 'latest', path: '/items/4', standIn: { 'app.js': node('proxyRouter') },
  },
  serverless: {
    tool: 'Serverless 3.40.0', madeBy: '`serverless package`, and the calls of its template', packages: ['serverless@3.40.0', 'aws-sdk@2.1693.0'], from: 'npm',
    app: {
      'app.js': node('items'),
      'serverless.yml': "service: shop\nframeworkVersion: '3'\nprovider:\n  name: aws\n  runtime: nodejs20.x\n  region: eu-west-1\n  stage: dev\n  apiGateway: { apiKeys: [partner], usagePlan: { throttle: { rateLimit: 50, burstLimit: 100 } } }\nfunctions:\n  items:\n    handler: app.items\n    events:\n      - http: { method: get, path: 'items/{id}', cors: true }\n      - http: { method: post, path: items, private: true }\n",
    },
    command: ['serverless', 'package'],
    functionName: 'shop-dev-items', handler: 'app.items', runtime: 'nodejs20.x', stage: 'dev', path: '/items/4', standIn: { 'app.js': node('items') },
    afterwards: (folder, before) =>
      callsOfTemplate(readTemplate(join(folder, '.serverless/cloudformation-template-update-stack.json')), { stack: 'shop-dev', standIn: { 'app.js': node('items') }, before }),
  },
  zappa: {
    tool: 'Zappa 0.63.0', madeBy: '`zappa deploy dev` as far as its template, the calls of that, and CreateDeployment as Zappa makes it', packages: ['zappa==0.63.0', 'flask==3.1.3'], from: 'PyPI',
    app: {
      'app.py': "from flask import Flask\napp = Flask(__name__)\n\n@app.route('/items/<id>')\ndef item(id):\n    return {'by': 'the tool'}\n",
      'zappa_settings.json': '{"dev": {"app_function": "app.app", "aws_region": "eu-west-1", "project_name": "shop", "runtime": "python3.11", "s3_bucket": "zappa-shop-local", "keep_warm": false, "profile_name": null}}',
    },
    command: ['zappa', 'deploy', 'dev'], endsEarly: true,
    functionName: 'shop-dev', handler: 'handler.lambda_handler', runtime: 'python3.11', stage: 'dev', path: '/items/4', standIn: { 'handler.py': python('lambda_handler') },
    afterwards: zappaTemplate,
  },
}

function readTemplate(path: string): Template {
  return JSON.parse(readFileSync(path, 'utf8')) as Template
}

/** Zappa's own command writes the template that its deploy sends; then comes its `deploy_api_gateway` (zappa/core.py). */
function zappaTemplate(folder: string, before: readonly Call[]): Call[] {
  const [fn, role] = ['arn:aws:lambda:eu-west-1:000000000000:function:shop-dev', 'arn:aws:iam::000000000000:role/shop-dev-ZappaLambdaExecutionRole']
  const bin = join(dirname(folder), 'tool', 'bin')
  execFileSync(join(bin, 'zappa'), ['template', 'dev', '--lambda-arn', fn, '--role-arn', role, '--output', 'template.json'], {
    cwd: folder, env: { ...process.env, VIRTUAL_ENV: dirname(bin), PATH: `${bin}:${process.env['PATH']}`, AWS_DEFAULT_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: '000000000000', AWS_SECRET_ACCESS_KEY: 'local' },
  })
  const text = readFileSync(join(folder, 'template.json'), 'utf8').replaceAll('000000000000', '{{account}}').replaceAll('eu-west-1', '{{region}}')
  const calls = callsOfTemplate(JSON.parse(text) as Template, { stack: 'shop-dev', standIn: {}, before })
  const api = calls.findIndex(({ call }) => call === 'apigateway CreateRestApi') + before.length
  return [...calls, { call: 'apigateway CreateDeployment', with: { restApiId: `{{${api}.id}}`, stageName: 'dev', stageDescription: '', description: '', variables: {} } }]
}

/** Installs a tool into a folder of the cache, once; gives what its commands need in PATH and elsewhere. */
export function install({ packages, from }: Tool, folder: string): Readonly<Record<string, string>> {
  const tool = join(folder, 'tool')
  const isThere = existsSync(join(tool, 'installed'))
  mkdirSync(tool, { recursive: true })
  if (from === 'PyPI') {
    if (!isThere) {
      execFileSync('python3', ['-m', 'venv', tool], { stdio: 'inherit' })
      execFileSync(join(tool, 'bin/pip'), ['install', '--quiet', ...packages], { stdio: 'inherit' })
    }
    writeFileSync(join(tool, 'installed'), '')
    return { VIRTUAL_ENV: tool, PATH: `${join(tool, 'bin')}:${process.env['PATH']}` }
  }
  if (!isThere) {
    writeFileSync(join(tool, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: tool, stdio: 'inherit' })
    // The SDK that these tools bring (version 2) does not know AWS_ENDPOINT_URL.
    writeFileSync(join(tool, 'endpoint.cjs'), "require('aws-sdk').config.update({ endpoint: process.env.AWS_ENDPOINT_URL, s3ForcePathStyle: true })\n")
  }
  writeFileSync(join(tool, 'installed'), '')
  const modules = join(tool, 'node_modules')
  return { PATH: `${join(modules, '.bin')}:${process.env['PATH']}`, NODE_PATH: modules, NODE_OPTIONS: `--require ${join(tool, 'endpoint.cjs')}`, SLS_TELEMETRY_DISABLED: '1' }
}

import type { Action, FieldDiff, Phase, PlannedChange } from '../../src/change.ts'
import type { Result } from '../../src/service/result.ts'

interface More {
  readonly phase?: Phase
  readonly reason?: string
  readonly fields?: readonly FieldDiff[]
  readonly count?: number
}

/** `change('create', 'route GET /x')`, with a reason that fits the action. */
export function change(action: Action, what: string, more: More = {}): PlannedChange {
  const [, kind = '', name = ''] = /^(\S+(?: group)?) (.*)$/s.exec(what) ?? []
  return { id: what, kind, name, action, phase: 'prepare', reason: action === 'keep' ? '' : 'missing', fields: [], ...more }
}

/** A result of a deploy that created nothing unusual. */
export function result(more: Partial<Result> = {}): Result {
  return {
    command: 'deploy',
    service: 'greeting',
    stage: 'prod',
    changed: true,
    invokeUrl: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod',
    apiId: 'abc123',
    deploymentId: 'dep1',
    release: 4,
    accessLogGroup: '/aws/apigateway/greeting-abc123/prod',
    functions: [
      {
        name: 'greeting',
        arn: 'arn:aws:lambda:eu-west-1:123456789012:function:greeting',
        version: '4',
        previousVersion: '3',
        packagePath: '/tmp/greeting.zip',
        packageSha256: 'q1V0Yw0nQbcKjUOMmvS1v9nCkQGm0y2iTB0nSsTqM2k=',
        packageSize: 1_234_567,
      },
    ],
    routes: [
      { method: 'GET', path: '/greeting', function: 'greeting', url: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod/greeting' },
      { method: 'GET', path: '/greeting/{name}', function: 'greeting' },
    ],
    plan: [
      change('update', 'function greeting', {
        reason: 'the configuration differs',
        fields: [{ field: 'memory-size', from: '128', to: '256' }, { field: 'environment-variables STRIPE_KEY' }, { field: 'description', to: 'greets' }],
      }),
      change('create', 'route GET /greeting/{name}'),
      change('delete', 'route GET /old', { reason: 'not in the config any more' }),
      change('keep', 'role greeting-eu-west-1'),
      change('update', 'stage prod', { phase: 'go live', reason: 'a new release', fields: [{ field: 'deployment', from: 'dep0', to: 'dep1' }] }),
    ],
    timings: [
      { part: 'read', seconds: 0.42 },
      { part: 'package', seconds: 1.31 },
      { part: 'apply', seconds: 2.04 },
    ],
    notes: [],
    ...more,
  }
}

/** Values that try to break out of whatever they are put into. */
export const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</code></pre></table></details>',
  '```\n# heading\n```',
  '| a | b |\n|---|---|',
  '[x](javascript:alert(1))',
  'line\n\n## heading\n\n@octocat #1',
  'a\n::error::forged',
  '\u001b[2K\u202egnp.exe',
  '&lt;b&gt;',
] as const

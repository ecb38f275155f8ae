import { api, deployed, functionUri, invoke, method, proxy, proxyApi, said } from '../gateway-steps.ts'
import { alias, permit, publish, withFunction } from '../lambda-steps.ts'
import { agrees, differs } from '../rule.ts'

/** Who may call a function through the invoke URL. */
export const permissions = [
  differs({
    fact: 'without a permission nobody may',
    source: 'developer guide, API Gateway permissions',
    given: [...proxyApi(), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  differs({
    fact: 'a permission for another API does not help',
    source: 'developer guide, API Gateway permissions',
    given: [...proxyApi(), permit({ SourceArn: 'arn:aws:execute-api:{{region}}:{{account}}:abcdef1234/*' }), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  differs({
    fact: 'a permission on the function does not help its alias',
    source: 'developer guide, stage variables: the permission goes to the alias',
    given: [...proxyApi('f:live'), publish(), alias(), permit(), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  differs({
    fact: 'a permission is seen some seconds later',
    source: 'terraform-provider-aws issue 17604: 500 for about five seconds',
    windows: { permissionVisible: 1_000_000 },
    given: [...proxyApi(), permit(), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  agrees({
    fact: 'a function that does not exist',
    source: 'developer guide, API Gateway permissions: nobody may call it',
    given: [api(), method(), proxy('none'), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  agrees({
    fact: 'a function of another account',
    source: 'developer guide, stage variables: it needs a policy of its own',
    given: [api(), method(), proxy('f', { uri: functionUri('f').replaceAll('{{account}}', '000000000000') }), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
  differs({
    fact: 'an integration that does not POST',
    source: 'LocalStack, test_lambda_aws_proxy_integration_non_post_method',
    given: [api(), ...withFunction(), method(), proxy('f', { integrationHttpMethod: 'GET' }), permit(), deployed()],
    when: invoke(),
    answer: said(500, 'Internal server error'),
  }),
]

import { api, badRequest, child, conflict, mock, notFound, onApi } from '../gateway-steps.ts'
import { agrees, differs, taken } from '../rule.ts'

const badPart = badRequest("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.")
const document = (paths: readonly string[]) => ({
  openapi: '3.0.1',
  info: { title: 'a', version: '1' },
  paths: Object.fromEntries(paths.map((path) => [path, {}])),
})

/** The tree of paths. */
export const resources = [
  ...['a b', '{id}.html', 'x{id}', ':id'].map((pathPart) =>
    differs({
      fact: `the path part "${pathPart}"`,
      source: 'serverless-next issue 208; the text: aws-cdk issue 22477',
      given: [api()],
      when: child(pathPart),
      answer: badPart,
    }),
  ),
  ...['a:b', 'a,b', '{proxy+}'].map((pathPart) =>
    agrees({
      fact: `the path part "${pathPart}" is taken`,
      source: 'developer guide, known issues; aws-cdk issue 22477',
      given: [api()],
      when: child(pathPart),
      answer: taken(201, pathPart, 'pathPart'),
    }),
  ),
  differs({
    fact: 'an empty path part',
    source: 'terraform issue 21048',
    given: [api()],
    when: child(''),
    answer: badRequest("Resource's path part must be specified"),
  }),
  differs({
    fact: 'a second variable child',
    source: 'LocalStack, test_create_proxy_resource_validation',
    given: [api(), child('{id}')],
    when: child('{name}'),
    answer: badRequest('A sibling ({id}) of this resource already has a variable path part -- only one is allowed'),
  }),
  differs({
    fact: 'a child of a greedy variable',
    source: 'LocalStack, test_create_proxy_resource_validation',
    given: [api(), child('{proxy+}')],
    when: child('more', '{{1.id}}'),
    answer: badRequest('Cannot create a child of a resource with a greedy path variable: {proxy+}'),
  }),
  agrees({
    fact: 'a second child of the same name',
    source: 'LocalStack, test_update_resource_behaviour',
    given: [api(), child('p')],
    when: child('p'),
    answer: conflict('Another resource with the same parent already has this name: p'),
  }),
  agrees({
    fact: 'a parent that does not exist',
    source: 'LocalStack, test_create_resource_parent_invalid',
    given: [api()],
    when: child('p', 'abcdef'),
    answer: notFound('Invalid Resource identifier specified'),
  }),
  differs({
    fact: 'two variable siblings in an import: all refusals at once',
    source: 'serverless blog issue 629',
    given: [api()],
    when: onApi('PutRestApi', { body: { $text: JSON.stringify(document(['/{a}', '/{b}'])) } }),
    answer: badRequest(
      "Errors found during import:\n\tUnable to create resource at path '/{b}': A sibling ({a}) of this resource already has a variable path part -- only one is allowed",
    ),
  }),
  differs({
    fact: 'more than 300 resources in an import',
    source: 'developer guide, quotas',
    given: [api()],
    when: onApi('PutRestApi', { body: { $text: JSON.stringify(document(Array.from({ length: 300 }, (_, at) => `/p${at}`))) } }),
    answer: badRequest(),
  }),
  differs({
    fact: 'DeleteResource takes the children along',
    source: 'LocalStack, test_delete_resource',
    given: [api(), child('p'), child('c', '{{1.id}}'), onApi('DeleteResource', { resourceId: '{{1.id}}' })],
    when: onApi('GetResource', { resourceId: '{{2.id}}' }),
    answer: notFound('Invalid Resource identifier specified'),
  }),
  differs({
    fact: 'DeleteResource of the root',
    source: 'unverified text: developer guide, the root cannot be removed',
    given: [api()],
    when: onApi('DeleteResource', { resourceId: '{{0.rootResourceId}}' }),
    answer: badRequest(),
  }),
  differs({
    fact: 'GetResources without embed shows no more than the verbs',
    source: 'LocalStack, test_import_rest_api',
    given: [api(), ...mock],
    when: onApi('GetResources'),
    answer: taken(200, { GET: {} }, 'items.0.resourceMethods'),
  }),
  agrees({
    fact: 'GetResources gives 25 a page',
    source: 'API reference, GetResources',
    given: [api(), ...Array.from({ length: 30 }, (_, at) => child(`p${at}`))],
    when: onApi('GetResources'),
    answer: taken(200, 25, 'items.length'),
  }),
  agrees({
    fact: 'GetResources gives the rest from its position on',
    source: 'API reference, GetResources',
    given: [api(), ...Array.from({ length: 30 }, (_, at) => child(`p${at}`)), onApi('GetResources')],
    when: onApi('GetResources', { position: '{{31.position}}' }),
    answer: taken(200, 6, 'items.length'),
  }),
  agrees({
    fact: "a position of one's own making",
    source: 'unverified text: the position is an opaque token',
    given: [api()],
    when: onApi('GetResources', { position: 'none' }),
    answer: badRequest(),
  }),
]

/** What both clients must see of the example's life. */
export const expected = {
  'without permission': [500, 'Internal server error'],
  greeting: [200, 'Hello, Ada!'],
  everyone: [200, 'Hello, world!'],
  'other path': [403, 'Missing Authentication Token'],
  'access log': ['GET', '/greeting/{name}', '200'],
  'published twice': '1',
  'stale revision': 'PreconditionFailedException',
  canary: ['Goodbye, Ada!', 'Hello, Ada!'],
  promoted: ['Goodbye, Ada!'],
  'rolled back': ['Hello, Ada!'],
  'deployment in use': 'BadRequestException',
  left: [0, 0, 0],
}

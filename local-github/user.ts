import type { Endpoint } from './endpoint.ts'

/** "Get the authenticated user" (docs.github.com, REST API endpoints for users); the token of an app, such as a job's, has none. */
export const userEndpoint: Endpoint = {
  method: 'GET',
  path: /^\/user$/,
  isGlobal: true,
  needs: [],
  answer: ({ user }) => {
    if (user.type === 'User') return { status: 200, body: user }
    return { status: 403, body: { message: 'Resource not accessible by integration', status: '403' } }
  },
}

import type { components } from '@octokit/openapi-types'
import { notFound, type Answer, type Asked, type Endpoint } from './endpoint.ts'
import { pageOf } from './pages.ts'
import type { Comment } from './repository.ts'

type Whole = components['schemas']['issue-comment']
type Answered = Pick<Whole, 'id' | 'body' | 'created_at' | 'updated_at' | 'html_url'> & {
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' }
}

/** GitHub refuses a longer body: "Body is too long (maximum is 65536 characters)" (community discussions 27190 and 41331). */
const longestBody = 65_536

/** "List issue comments" (docs.github.com, REST API endpoints for issue comments): by ascending id, at most 100 a page. */
export const commentsEndpoint: Endpoint = {
  method: 'GET',
  path: /^\/issues\/(\d+)\/comments$/,
  needs: [['issues', 'read'], ['pull-requests', 'read']],
  answer: (asked) => pageOf(asked, commentsOf(asked).map((each) => answered(each, asked))),
}

/** "Create an issue comment". */
export const newCommentEndpoint: Endpoint = {
  method: 'POST',
  path: /^\/issues\/(\d+)\/comments$/,
  needs: [['issues', 'write'], ['pull-requests', 'write']],
  answer: (asked) => {
    const { repository, caught: [issue], user } = asked
    const body = textOf(asked)
    if (typeof body !== 'string') return body
    const comment = { id: repository.nextId++, issue: Number(issue), user, body, createdAt: Date.now() }
    repository.comments.push(comment)
    return { status: 201, body: answered(comment, asked) }
  },
}

/** "Get an issue comment". */
export const commentEndpoint: Endpoint = {
  method: 'GET',
  path: /^\/issues\/comments\/(\d+)$/,
  needs: [['issues', 'read'], ['pull-requests', 'read']],
  answer: (asked) => withComment(asked, (comment) => ({ status: 200, body: answered(comment, asked) })),
}

/** "Update an issue comment". */
export const editCommentEndpoint: Endpoint = {
  method: 'PATCH',
  path: /^\/issues\/comments\/(\d+)$/,
  needs: [['issues', 'write'], ['pull-requests', 'write']],
  answer: (asked) => withComment(asked, (comment) => {
    const body = textOf(asked)
    if (typeof body !== 'string') return body
    comment.body = body
    return { status: 200, body: answered(comment, asked) }
  }),
}

/** "Delete an issue comment". */
export const deleteCommentEndpoint: Endpoint = {
  method: 'DELETE',
  path: /^\/issues\/comments\/(\d+)$/,
  needs: [['issues', 'write'], ['pull-requests', 'write']],
  answer: (asked) => withComment(asked, (comment) => {
    asked.repository.comments.splice(asked.repository.comments.indexOf(comment), 1)
    return { status: 204 }
  }),
}

function commentsOf({ repository, caught: [issue] }: Asked): Comment[] {
  return repository.comments.filter((each) => each.issue === Number(issue)).sort((a, b) => a.id - b.id)
}

function withComment({ repository, caught: [id] }: Asked, answer: (comment: Comment) => Answer): Answer {
  const comment = repository.comments.find((each) => each.id === Number(id))
  return comment === undefined ? notFound('issues/comments#get-an-issue-comment') : answer(comment)
}

/** The text of the request, or why it is refused. */
function textOf({ body }: Asked): string | Answer {
  const text = (body as { readonly body?: unknown } | undefined)?.body
  if (typeof text === 'string' && text !== '' && text.length <= longestBody) return text
  const message = typeof text === 'string' && text !== '' ? `Body is too long (maximum is ${longestBody} characters)` : 'Body can\'t be blank'
  return { status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }] } }
}

function answered({ id, body, createdAt, user, issue }: Comment, { repository }: Asked): Answered {
  const moment = new Date(createdAt).toISOString()
  const page = `https://github.com/${repository.name}/pull/${issue}#issuecomment-${id}`
  return { id, body, created_at: moment, updated_at: moment, html_url: page, user }
}

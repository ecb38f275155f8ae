import type { components } from '@octokit/openapi-types'
import { notFound, type Endpoint } from './endpoint.ts'

type Answered = Pick<components['schemas']['git-ref'], 'ref'> & { readonly object: { readonly type: string; readonly sha: string } }

/** "Get a reference" of a branch (docs.github.com, REST API endpoints for Git references). */
export const refEndpoint: Endpoint = {
  method: 'GET',
  path: /^\/git\/ref\/heads\/(.+)$/,
  needs: [['contents', 'read']],
  answer: ({ repository, caught: [name = ''] }) => {
    const sha = repository.branches.get(name)?.at(-1)
    const body: Answered = { ref: `refs/heads/${name}`, object: { type: 'commit', sha: sha ?? '' } }
    return sha === undefined ? notFound('git/refs#get-a-reference') : { status: 200, body }
  },
}

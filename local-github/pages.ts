import type { Answer, Asked } from './endpoint.ts'

/**
 * One page of a list: `per_page` (30, at most 100) and `page`, and a `link` header while there are more (docs.github.com, "Using pagination
 * in the REST API").
 */
export function pageOf({ query, path, url }: Asked, list: readonly unknown[]): Answer {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100)
  const page = Number(query.get('page') ?? 1)
  const next = new URLSearchParams(query)
  next.set('page', String(page + 1))
  const hasMore = list.length > page * size
  return {
    status: 200, body: list.slice((page - 1) * size, page * size),
    headers: hasMore ? { link: `<${url}${path}?${next.toString()}>; rel="next"` } : {},
  }
}

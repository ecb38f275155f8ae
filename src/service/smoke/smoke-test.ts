import type { Place } from '../../errors.ts'

/** One request that a release must answer as expected before it goes live, and again on the live stage. */
export interface SmokeTest {
  /** As messages call it: `GET /events -> 200`. */
  readonly line: string
  readonly request: SmokeRequest
  /** The route that answers it; its method may be ANY. */
  readonly route: { readonly method: string; readonly path: string; readonly functionName: string }
  /** What the route takes from the path, percent-encoded as it is sent. */
  readonly pathParameters: Readonly<Record<string, string>> | null
  readonly expected: Expectation
  /** Where it was written; missing for an input. */
  readonly place?: Place
}

/** What is sent, to the function as an event and to the stage over HTTP. */
export interface SmokeRequest {
  readonly method: string
  /** Below the stage, percent-encoded as it is sent. */
  readonly path: string
  /** Without the question mark; empty for none. */
  readonly query: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
}

/** What is asked of an answer; all of it must hold. */
export interface Expectation {
  /** One of these. */
  readonly status: readonly StatusRange[]
  /** A part of the answer's text. */
  readonly text?: string
  readonly pattern?: RegExp
  /** Every member of it must be in the answer, with that value; other members may be there besides. */
  readonly json?: unknown
  /** Milliseconds. */
  readonly within?: number
}

/** Both ends belong to it. */
export interface StatusRange {
  readonly from: number
  readonly to: number
}

/** What a caller gets, or would get. */
export interface Answer {
  readonly status: number
  readonly body: string
  /** Milliseconds from the request to the whole answer. */
  readonly took: number
  /** Why API Gateway answers so in place of the function, where it does. */
  readonly reason?: string
}

/** `200`, or `200-299`. */
export function statusText(ranges: readonly StatusRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ')
}

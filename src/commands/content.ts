import type { Actual } from '../actual/actual.ts'
import type { Package } from '../package/index.ts'
import type { NextRelease } from '../release/next.ts'
import type { FunctionCode } from '../resources/code.ts'
import type { Service } from '../service/service.ts'

/** What a release is made of. */
export interface Content {
  /** What is asked for, with the routes of the release. */
  readonly service: Service
  /** By function name. */
  readonly code: ReadonlyMap<string, FunctionCode>
  /** By function name; only what had to be built. */
  readonly packages: ReadonlyMap<string, Package>
  /** Missing where it is made from the config. */
  readonly origin?: NextRelease['origin']
}

/** Where a release comes from: gives what it is made of, once it is known what stands. */
export type Source = (service: Service, actual: Actual) => Promise<Content>

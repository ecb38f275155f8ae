import type { RestApi } from '@aws-sdk/client-api-gateway'
import type { Aws } from '../../../aws/clients.ts'
import type { Account } from '../../../service/arns.ts'
import type { Service, ServiceId } from '../../../service/service.ts'
import type { Step } from '../../step.ts'
import type { Tree } from './tree.ts'

/** What API Gateway freezes with the next deployment, by the names of the parts. All stages share it, and no caller sees it. */
export interface WorkingCopy {
  readonly settings: RestApi
  readonly methods: Tree
}

/** What the working copy is to become. */
export interface Goal {
  readonly service: Service
  readonly account: Account
}

/** One kind of thing that a deployment freezes. */
export interface Part<State> {
  /** What the config asks for, as a JSON value without ids: the part's share of the definition and its digest. */
  readonly canonical: (service: Service) => unknown
  readonly read: (aws: Aws, restApiId: string) => Promise<State>
  /** The edits that lead from the working copy to the goal, none where it is there. A missing copy is that of an API yet to be made. */
  readonly plan: (goal: Goal, copy: WorkingCopy | undefined) => readonly Edit[]
  /** What stands there that the service did not make. */
  readonly foreign: (service: ServiceId, copy: WorkingCopy) => readonly Foreign[]
}

/** One change of the working copy. */
export interface Edit {
  /** As an entry of the plan; its `apply` makes the calls that do this edit alone. */
  readonly step: Step
  /** The same as members of an OpenAPI document. Missing where a document cannot say it: what is taken away, above all. */
  readonly document?: OpenApiMembers
}

/** Some members of an OpenAPI document; those of several edits are merged into one. */
export interface OpenApiMembers {
  readonly [name: string]: unknown
}

/** A thing in the API that the service did not make. */
export interface Foreign {
  /** As a sentence lists it, such as `GET /hook`. */
  readonly name: string
  /** The function that it calls, by name. */
  readonly functionName?: string | undefined
}

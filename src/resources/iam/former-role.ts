import type { Aws } from '../../aws/clients.ts'
import { isRefusal } from '../../aws/refusal.ts'
import { roleName } from '../../service/names.ts'
import type { FunctionSpec, ServiceId } from '../../service/service.ts'
import { ownership } from '../../service/tags.ts'
import { readRole, type RoleState } from './role.ts'

/** The role that we once made for a function which the config now gives another one. */
export interface FormerRole {
  readonly name: string
  /** Undefined where the credentials may not look: who gives a role of their own may have no rights in IAM. */
  readonly state: RoleState | undefined
}

/** Whether a function, or a version of it, runs with the role that we would make for it. */
export function runsWith({ Role }: { readonly Role?: string | undefined }, madeRole: string): boolean {
  return Role?.endsWith(`/${madeRole}`) === true
}

/** Looks for the role that we made for a function before its config named another; nothing where there is none of ours. */
export async function readFormerRole(aws: Aws, service: ServiceId, { name, role }: FunctionSpec): Promise<FormerRole | undefined> {
  const made = roleName(name, aws.region)
  if (role.kind === 'create' || runsWith({ Role: role.arn }, made)) return undefined
  try {
    const state = await readRole(aws, made)
    return ownership(state?.tags, service) === 'ours' ? { name: made, state } : undefined
  } catch (error) {
    if (isRefusal(error, 'AccessDenied', 'AccessDeniedException')) return { name: made, state: undefined }
    throw error
  }
}

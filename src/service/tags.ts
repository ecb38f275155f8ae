import type { ServiceId } from './service.ts'

export const managedBy = { key: 'managed-by', value: 'lambda-api-deploy' } as const
export const serviceTag = 'lambda-api-deploy:service'
export const repositoryTag = 'lambda-api-deploy:repository'

/** The tags of everything that we make: only what bears them may be deleted. */
export function ownTags(service: Pick<ServiceId, 'name' | 'repository'>): Record<string, string> {
  return { [managedBy.key]: managedBy.value, [serviceTag]: service.name, [repositoryTag]: service.repository }
}

/**
 * Whose a thing is, by its tags: `ours` (this service of this repository), `other repository` (same service name, deployed from
 * elsewhere) or `foreign`.
 */
export function ownership(tags: Readonly<Record<string, string>> | undefined, service: Pick<ServiceId, 'name' | 'repository'>): Ownership {
  if (tags?.[managedBy.key] !== managedBy.value || tags[serviceTag] !== service.name) return 'foreign'
  return tags[repositoryTag] === service.repository ? 'ours' : 'other repository'
}

export type Ownership = 'ours' | 'other repository' | 'foreign'

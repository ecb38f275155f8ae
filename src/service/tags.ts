import type { ServiceId } from './service.ts'

export const managedBy = { key: 'managed-by', value: 'lambda-api-deploy' } as const
export const serviceTag = 'lambda-api-deploy:service'
export const repositoryTag = 'lambda-api-deploy:repository'

/** The tag of what belongs to a preview. Its value is the number of the pull request. */
export const previewTag = 'lambda-api-deploy:preview'

/** The tag of what we have taken over. Its value, of a function, is the number of the version in which it was published as found. */
export const joinedTag = 'lambda-api-deploy:joined'

/** The tags of everything that we make: only what bears them may be deleted. */
export function ownTags({ name, repository, preview }: Pick<ServiceId, 'name' | 'repository' | 'preview'>): Record<string, string> {
  const ofPreview = preview === undefined ? {} : { [previewTag]: String(preview) }
  return { [managedBy.key]: managedBy.value, [serviceTag]: name, [repositoryTag]: repository, ...ofPreview }
}

/**
 * Whose a thing is, by its tags: `ours` (this service of this repository), `other repository` (same service name, deployed from
 * elsewhere) or `foreign`.
 */
export function ownership(tags: Readonly<Record<string, string>> | undefined, service: Pick<ServiceId, 'name' | 'repository'>): Ownership {
  // What is given back gets its own `managed-by` again, before the rest of our tags goes.
  const isManaged = tags?.[managedBy.key] === managedBy.value || tags?.[joinedTag] !== undefined
  if (!isManaged || tags[serviceTag] !== service.name) return 'foreign'
  return tags[repositoryTag] === service.repository ? 'ours' : 'other repository'
}

export type Ownership = 'ours' | 'other repository' | 'foreign'

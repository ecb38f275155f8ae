import type { Aws } from '../../aws/clients.ts'
import { allPages } from '../../aws/pages.ts'
import { previewNumberIn } from '../../service/names.ts'
import { readRole, type RoleState } from './role.ts'

export const previewRoleActions = ['iam:ListRoles'] as const

/** The roles of this Region whose names are those of previews, with their tags, which ListRoles does not show (IAM API reference). */
export async function readPreviewRoles(aws: Aws, number: number | undefined): Promise<readonly RoleState[]> {
  const { ListRolesCommand } = await import('@aws-sdk/client-iam')
  const roles = await allPages(async (Marker) => {
    const page = await aws.iam(new ListRolesCommand({ Marker, MaxItems: 1000 }))
    return { items: page.Roles, next: page.Marker }
  })
  const end = `-${aws.region}`
  const names = roles.map(({ RoleName = '' }) => RoleName).filter((name) => {
    const found = name.endsWith(end) ? previewNumberIn(name.slice(0, -end.length)) : undefined
    return found !== undefined && (number === undefined || found === number)
  })
  return (await Promise.all(names.map((name) => readRole(aws, name)))).flatMap((each) => each ?? [])
}

import { UserError, type Place } from '../../errors.ts'
import { withoutOptions } from './local-path.ts'

const name = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?'
const version = '(?:===|[<>=!~]=|[<>])\\s*[^\\s,;()=]+'
/** A requirement by its name (PEP 508), as far as its form goes. */
const requirement = new RegExp(
  `^${name}\\s*(?:\\[[^\\]]*\\])?\\s*(?:\\(?\\s*(?:${version}(?:\\s*,\\s*${version})*\\s*,?)?\\s*\\)?)\\s*(?:;.*)?$`,
)

/** A UserError with its place for a line that no installer would take, and what was meant, where that is plain. */
export function checkRequirementLine(text: string, place: Place): void {
  const line = withoutOptions(text)
  if (/@|:\/\//.test(line) || requirement.test(line)) return
  const [, single, one, build] = /^([\w.-]+)\s*=\s*([\w.!+*-]+)(?:=(\S+))?$/.exec(line) ?? []
  const [, listed, bare] = /^([\w.-]+)\s+v?(\d[\w.!+]*)$/.exec(line) ?? []
  const cure =
    build !== undefined
      ? 'It is a line of `conda list`, whose packages pip does not have by these names: list what your code needs as '
        + `\`${single ?? ''}==${one ?? ''}\`.`
      : single !== undefined
        ? `Write \`${single}==${one ?? ''}\`.`
        : listed !== undefined
          ? `Write \`${listed}==${bare ?? ''}\`; \`pip freeze\` writes lists in this form.`
          : 'Write a name with a version, as in `requests==2.32.3`, or take the line out.'
  throw new UserError({ what: `\`${line}\` is no requirement.`, cure, place, docs: 'packaging.md#python-dependencies' })
}

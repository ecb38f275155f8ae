import { UserError, type Place } from '../../errors.ts'
import { withoutOptions } from './local-path.ts'

const name = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?'
/** A version is no more than its letters here; `.*` at the end of some. */
const version = '(?:===\\s*[^\\s,;()]+|(?:[<>=!~]=|[<>])\\s*(?:v?\\d[\\w.!+-]*(?:\\.\\*|\\*)?|\\$\\{\\w+\\}))'
/** A requirement by its name (PEP 508), as far as its form goes. */
const requirement = new RegExp(
  `^${name}\\s*(?:\\[[^\\]]*\\])?\\s*(?:\\(?\\s*(?:${version}(?:\\s*,\\s*${version})*\\s*,?)?\\s*\\)?)\\s*(?:;.*)?$`,
)

/** A UserError with its place for a line that no installer would take, and what was meant, where that is plain. */
export function checkRequirementLine(text: string, place: Place): void {
  const line = withoutOptions(text)
  const isOther = /@|:\/\//.test(line) && notPython(line) === undefined
  if (isOther || requirement.test(line)) return
  const cure = notPython(line) ?? condaCure(line) ?? nearCure(line)
    ?? 'Write a name with a version, as in `requests==2.32.3`, or take the line out.'
  throw new UserError({ what: `\`${line}\` is no requirement.`, cure, place, docs: 'packaging.md#python-dependencies' })
}

/** `requests@2.31.0` of npm, and a repository's page in the place of a repository. */
function notPython(line: string): string | undefined {
  const [, package_, release] = new RegExp(`^(${name})@v?(\\d[\\w.]*)$`).exec(line) ?? []
  if (package_ !== undefined) return `Write \`${package_}==${release ?? ''}\`.`
  const page = /^(?:https:\/\/)?((?:github|gitlab)\.com\/[\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(line)?.[1]
  return page === undefined ? undefined : `Write \`${page.slice(page.lastIndexOf('/') + 1)} @ git+https://${page}@COMMIT\`.`
}

function condaCure(line: string): string | undefined {
  const [, listed, release] = /^([\w.-]+)=([\w.!+*-]+)=\S+$/.exec(line) ?? /^([\w.-]+)\s+(\d\S*)\s+\S+(?:\s+\S+)?$/.exec(line) ?? []
  return listed === undefined
    ? undefined
    : 'It is a line of `conda list`, whose packages pip does not have by these names: list what your code imports, as in '
      + `\`${listed.startsWith('_') ? 'requests==2.32.3' : `${listed}==${release ?? ''}`}\`.`
}

/** Slips that people make. */
function nearCure(line: string): string | undefined {
  const [, single, one] = /^([\w.-]+)\s*=\s*["']?([\w.!+*-]+)["']?$/.exec(line) ?? []
  if (single !== undefined) return `Write \`${single}==${one ?? ''}\`.`
  const [, listed, bare] = /^([\w.-]+)\s+v?(\d[\w.!+]*)$/.exec(line) ?? []
  if (listed !== undefined) return `Write \`${listed}==${bare ?? ''}\`; \`pip freeze\` writes lists in this form.`
  const plain = line.replace(/^["'](.*)["']$/, '$1').replace(/^(?:python3? -m )?pip3? install (?:-U )?/, '').replace(/=([<>~!])/g, '$1=')
    .replace(/(\d)(?=[<>])/g, '$1,').replace(/~(?=\d)/, '~=')
  return plain !== line && requirement.test(plain) ? `Write \`${plain}\`.` : undefined
}

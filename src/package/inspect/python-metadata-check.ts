import type { Diagnostics } from '../../diagnostics.ts'
import { distributionName } from '../python-name.ts'
import { shippedDistributions } from '../shipped.ts'
import type { PythonSource } from './python-source.ts'

interface MetadataCheck {
  readonly paths: readonly string[]
  readonly layers: boolean
  readonly diskPath: (path: string) => string | undefined
}

/** What setuptools, pip and the runtime bring along, as far as they do, is nobody's mistake. */
const elsewhere = new Set([...shippedDistributions, 'pip', 'setuptools', 'wheel'])

/** Tells of metadata that a file asks for when it is loaded, and that no distribution in the package has. */
export function checkMetadata(
  file: string, { asks }: Pick<PythonSource, 'asks'>,
  { check, diagnostics }: { readonly check: MetadataCheck, readonly diagnostics: Diagnostics },
): void {
  const wanted = asks.filter(({ when, distribution }) => when === 'always' && !elsewhere.has(distributionName(distribution)))
  if (wanted.length === 0) return
  const there = new Set(check.paths.flatMap((path) => {
    const name = /^([^/]+?)-[^/-]+\.(?:dist|egg)-info\/|^([^/]+)\.egg-info(?:\/|$)/.exec(path)
    return name === null ? [] : [distributionName(name[1] ?? name[2] ?? '')]
  }))
  for (const { distribution, line } of wanted.filter((each) => !there.has(distributionName(each.distribution)))) {
    const disk = check.diskPath(file)
    const text = {
      what: `${file} asks for the metadata of \`${distribution}\`, and no such distribution is installed in the package.`,
      why: `Python: PackageNotFoundError: No package metadata was found for ${distribution}. Your own files ship as they are, without any.`,
      cure: 'Catch PackageNotFoundError, or install the project: name a requirements.txt with the line `.` as `requirements`.',
      docs: 'packaging.md#imports', ...(disk === undefined ? {} : { place: { file: disk, line } }),
    }
    if (check.layers) diagnostics.warning(text)
    else diagnostics.error(text)
  }
}

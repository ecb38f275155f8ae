/** What a build backend makes its wheel of: version 1.0, pure Python. */
export interface BackendSpec {
  readonly name: string
  /** Paths in the wheel, and the files of the project that lie there. */
  readonly files: Readonly<Record<string, string>>
  readonly requires: string
}

/** A PEP 517 backend as Python text, for `build-backend = "backend"`, `backend-path = ["."]`: it needs no index to build. */
export function buildBackend({ name, files, requires }: BackendSpec): string {
  return `
import zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name, info = "${name}-1.0-py3-none-any.whl", "${name}-1.0.dist-info/"
    files = ${JSON.stringify(files)}
    with zipfile.ZipFile(folder + "/" + name, "w") as z:
        for place, file in files.items():
            z.writestr(place, open(file).read())
        z.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1.0\\nRequires-Dist: ${requires}\\n")
        z.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        z.writestr(info + "RECORD", "".join(n + ",,\\n" for n in [*files, *(info + part for part in ("METADATA", "WHEEL", "RECORD"))]))
    return name
`
}

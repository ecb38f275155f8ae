import type { Diagnostics } from '../../diagnostics.ts'
import type { Runtime } from '../runtimes.ts'
import type { NativeFile } from './native-file.ts'

/**
 * Libraries that Lambda's runtimes have: what wheels may take for granted of every Linux (PEP 600, auditwheel's policies) without the
 * parts for screens, which the images of aws-lambda-base-images lack.
 */
const given = /^(?:ld-linux(?:-x86-64|-aarch64)?|lib(?:c|m|dl|rt|pthread|util|resolv|nsl|crypt|anl|gcc_s|stdc\+\+|z|expat))\.so(?:\.\d+)*$/
/**
 * Those that come with the interpreters, and with what Amazon Linux itself is made of: whether each is there is unverified, so nothing
 * is said of them.
 */
const likely = new RegExp(
  `^lib(?:${[
    'python3',
    'ssl',
    'crypto',
    'curl',
    'sqlite3',
    'ffi',
    'bz2',
    'lzma',
    'zstd',
    'lz4',
    'uuid',
    'xml2',
    'gssapi_krb5',
    'krb5',
    'k5crypto',
    'krb5support',
    'com_err',
    'keyutils',
    'selinux',
    'pcre',
    'pcre2-8',
    'readline',
    'ncurses',
    'ncursesw',
    'tinfo',
    'tinfow',
    'gdbm',
    'db',
    'nghttp2',
    'idn2',
    'unistring',
    'psl',
    'ssh2',
    'nss3',
    'nssutil3',
    'smime3',
    'nspr4',
    'plc4',
    'plds4',
    'acl',
    'attr',
    'cap',
    'mount',
    'blkid',
    'gmp',
    'nettle',
    'hogweed',
    'gnutls',
    'tasn1',
    'p11-kit',
    'glib-2\\.0',
    'gobject-2\\.0',
    'gio-2\\.0',
    'gmodule-2\\.0',
    'gthread-2\\.0',
    'atomic',
    'node',
  ].join('|')})[-.\\w]*\\.so(?:\\.\\d+)*$`,
)

/**
 * Warns of libraries that a native file needs and nobody has: neither the package, at whatever place (many are loaded by hand before they
 * are needed), nor Lambda. What needs them may be a part that the handler never loads, so it is no error.
 */
export function checkLibraries(
  files: readonly NativeFile[],
  { runtime, layers, diagnostics }: { readonly runtime: Runtime, readonly layers: boolean, readonly diagnostics: Diagnostics }
): void {
  if (layers) return
  const binaries = files.flatMap((file) => {
    const binary = file.binary()
    return binary?.format === 'elf' ? [{ file, binary }] : []
  })
  const there = new Set(binaries.flatMap(({ file, binary }) => [
    file.path.slice(file.path.lastIndexOf('/') + 1), ...(binary.soname === undefined ? [] : [binary.soname]),
  ]))
  const told = new Set<string>()
  for (const { file, binary } of binaries) {
    for (const library of binary.needed.filter((name) => !there.has(name) && !given.test(name) && !likely.test(name))) {
      if (told.has(`${file.owner} ${library}`)) continue
      told.add(`${file.owner} ${library}`)
      diagnostics.warning({
        what: `${owned(file)} needs the library ${library}, which neither the package nor ${runtime.name} has.`,
        why: `Where the handler loads it, every call fails: ${library}: cannot open shared object file.`,
        cure: `${otherBuild(file)} the library into a folder \`lib\` of the package or into a layer.`,
        docs: 'packaging.md#native-files',
        place: file.place,
      })
    }
  }
}

function owned({ path, owner }: NativeFile): string {
  return owner === '' ? path : `${path} of ${owner}`
}

/** The cure's beginning: what a distribution brings in is better taken from another build of it. */
function otherBuild({ owner }: NativeFile): string {
  if (owner === '') return 'Put'
  const builds = 'a wheel from the index, or a package of the kind of psycopg2-binary and opencv-python-headless'
  return `Take a build of ${owner} that brings it along (${builds}), or put`
}

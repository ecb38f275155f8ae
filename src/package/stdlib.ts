/** The public top-level modules of Python 3.10's standard library (`sys.stdlib_module_names`; names with an underscore left out). */
const of310 = `
  abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2
  cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser
  contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email
  encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt
  getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress
  itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib
  msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle
  pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc
  pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve
  shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat
  statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios
  textwrap this threading time timeit tkinter token tokenize trace traceback tracemalloc tty turtle turtledemo types typing
  unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp
  zipfile zipimport zlib zoneinfo
`.trim().split(/\s+/)

/** What later minors brought and took away (`sys.stdlib_module_names` of each; 3.14 and 3.15 from their "What's new"). */
const changes: readonly { readonly minor: number, readonly added: readonly string[], readonly removed: readonly string[] }[] = [
  { minor: 11, added: ['tomllib'], removed: ['binhex'] },
  { minor: 12, added: [], removed: ['asynchat', 'asyncore', 'distutils', 'imp', 'smtpd'] },
  { minor: 13, added: [], removed: [
    'aifc', 'audioop', 'cgi', 'cgitb', 'chunk', 'crypt', 'imghdr', 'lib2to3', 'mailcap', 'msilib', 'nis', 'nntplib', 'ossaudiodev', 'pipes',
    'sndhdr', 'spwd', 'sunau', 'telnetlib', 'uu', 'xdrlib',
  ] },
  { minor: 14, added: ['annotationlib', 'compression'], removed: [] },
  { minor: 15, added: ['profiling'], removed: ['sre_compile', 'sre_constants', 'sre_parse'] },
]

/** Compiled into the interpreter: found before anything on the path, so a file of that name is never imported. */
export const builtinModules: ReadonlySet<string> = new Set([
  'atexit', 'builtins', 'errno', 'faulthandler', 'gc', 'itertools', 'marshal', 'posix', 'pwd', 'sys', 'time',
])

/** The standard library's public top-level modules of Python 3.`minor`. */
export function stdlibOf(minor: number): ReadonlySet<string> {
  const names = new Set(of310)
  for (const change of changes.filter((candidate) => candidate.minor <= minor)) {
    for (const name of change.added) names.add(name)
    for (const name of change.removed) names.delete(name)
  }
  return names
}

/** The minor that took a module out of the standard library, where one did. */
export function removedIn(module: string): number | undefined {
  return changes.find((change) => change.removed.includes(module))?.minor
}

import type { CodeSpec } from '../../src/service/service.ts'
import type { Files } from './support.ts'
import { elf } from './wheel.ts'

/** One package that must not be uploaded: what lies in the folder, how it is described, and what the user reads. */
export interface BadPackage {
  readonly name: string
  readonly files: Files
  readonly code?: Partial<CodeSpec>
  readonly says: RegExp
  /** Where the mistake is, below the folder; checked where it is given. */
  readonly place?: { readonly file: string, readonly line?: number }
}

const good = 'def handler(event, context):\n    return 1\n'
const x86 = 62
const arm = 183
const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n'
const conflict = '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n'
const script = { 'index.js': 'exports.handler = 1' }
const node = { runtime: 'nodejs22.x', handler: 'index.handler' }

export const badHandlers: readonly BadPackage[] = [
  { name: 'handler misspelt', files: { 'app.py': good.replace('handler', 'hanlder') }, says: /app\.py defines no `handler`.*/ },
  { name: 'handler misspelt beyond ASCII', files: { 'äpp.py': good.replace('handler', 'handlär') }, code: { handler: 'äpp.händler' }, says: /äpp\.py defines no `händler`/ },
  { name: 'module misspelt', files: { 'ap.py': good }, says: /holds no app\.py/ },
  { name: 'module in a subfolder', files: { 'src/app.py': good }, says: /holds no app\.py/ },
  { name: 'no dot', files: { 'app.py': good }, code: { handler: 'handler' }, says: /`handler` is no handler/ },
  { name: 'a builtin module', files: { 'sys.py': good }, code: { handler: 'sys.handler' }, says: /built into Python/ },
  { name: 'a handler with the path from the folder', files: { 'app.py': good }, code: { handler: './app.handler' }, says: /no module that Python can import/ },
  { name: 'a folder without __init__ as module', files: { 'app/main.py': good }, says: /holds no app\.py/ },
  { name: 'packaging 71: the program itself as handler', files: { '__main__.py': good }, code: { handler: '__main__.handler' }, says: /`__main__` is the name of the program that runs/ },
  { name: 'packaging 67: a handler below src', files: { 'src/shop/api.py': good, 'src/shop/__init__.py': '' }, code: { handler: 'shop.api.handler' }, says: /holds no shop\/api\.py/ },
  { name: 'packaging 63: a handler that names the folder it lies in', files: { 'app.py': good }, code: { handler: 'src.app.handler' }, says: /holds no src\/app\.py/ },
  { name: 'handler only inside a class', files: { 'app.py': 'class A:\n    def handler(self): pass\n' }, says: /defines no `handler`/ },
  { name: 'Node module misspelt', files: { 'main.js': 'exports.handler = 1' }, code: node, says: /holds no index\.js/ },
  { name: 'Node export misspelt', files: { 'index.mjs': 'export const handlr = 1' }, code: node, says: /exports no `handler`/ },
  { name: 'Node export missing in CommonJS', files: { 'index.js': 'exports.main = 1' }, code: node, says: /exports no `handler`/ },
  ...([
    ['a default export', 'index.mjs', 'export default async function handler() {}\n'],
    ['not exported', 'index.mjs', 'const handler = async () => 1\nexport const other = handler\nexport { handler as main }\n'],
    ['exported in CommonJS under another name', 'index.js', 'const handler = async () => 1\nexports.main = handler\n'],
    ['another key of an object', 'index.js', 'const handler = async () => 1\nmodule.exports = { main: handler, nested: { handler }, "other": [handler] }\n'],
    ['given to the local name alone', 'index.js', 'exports.main = (handler) => exports.main\nObject.defineProperty(exports, "__esModule", { value: true })\n'],
    ['not in the list of esbuild', 'index.js', 'var i = {}; __export(i, { main: () => handler }); module.exports = __toCommonJS(i); var handler = 1;\n0 && (module.exports = {\n  main\n});\n'],
    ['given to an object that is called exports', 'index.js', '(function (exports) { exports.handler = 1 })({})\nexports.main = 1\n'],
    ['of a nested module', 'index.js', 'var main = 1;\nvar require_lib = (exports2, module) => { module.exports = { handler: 1 } };\nexports.main = main;\n'],
    ['only read', 'index.js', 'exports.main = () => exports.handler\n'],
    ['only in a comment', 'index.js', 'exports.main = 1 // exports.handler = 2\n'],
  ] as const).map(([name, file, text]) => ({ name: `Node handler: ${name}`, files: { [file]: text }, code: node, says: /exports no `handler`/ })),
  { name: 'Node module in a subfolder', files: { 'src/index.js': 'exports.handler = 1' }, code: node, says: /holds no index\.js/ },
  { name: 'Node handler with ..', files: { 'index.js': 'exports.handler = 1' }, code: { ...node, handler: '../index.handler' }, says: /is no handler/ },
  { name: 'newcomer 1.4: TypeScript that nobody compiled, on the newest runtime', files: { 'index.ts': 'export const handler = async (): Promise<number> => 1' }, code: { ...node, runtime: 'nodejs24.x' }, says: /holds no index\.js/ },
  { name: 'TypeScript that nobody compiled', files: { 'index.ts': 'export const handler = 1' }, code: node, says: /holds no index\.js/ },
  { name: 'CommonJS inside an ES module', files: { 'package.json': '{"type":"module"}', 'index.js': 'module.exports = { handler: 1 }' }, code: node, says: /loaded as an ES module/ },
  { name: 'ES module inside CommonJS', files: { 'index.js': 'export const handler = 1' }, code: node, says: /loaded as CommonJS/ },
]

export const badImports: readonly BadPackage[] = [
  { name: 'an import that nothing answers', files: { 'app.py': `import requests\n${good}` }, says: /imports `requests`, which nothing/ },
  { name: 'an import two files away', files: { 'app.py': `from core import x\n${good}`, 'core/__init__.py': 'from .deep import x', 'core/deep.py': 'import pandas\nx = 1' }, says: /core\/deep\.py imports `pandas`/ },
  { name: 'a module of one\'s own that is not there', files: { 'app.py': `from core.gone import x\n${good}`, 'core/__init__.py': '' }, says: /imports `core\.gone`/ },
  { name: 'a module that Python dropped', files: { 'app.py': `import cgi\n${good}` }, says: /imports `cgi`/ },
  { name: 'a relative import at the root', files: { 'app.py': `from .core import x\n${good}`, 'core.py': 'x = 1' }, says: /imports `\.core` relatively/ },
  { name: 'a name that a package of one\'s own has not', files: { 'app.py': `from core import gone\n${good}`, 'core/__init__.py': '', 'core/here.py': '' }, says: /app\.py imports `gone` from `core`: core\/__init__\.py defines none/ },
  { name: 'a name that a module of one\'s own has not', files: { 'app.py': `from core import gone\n${good}`, 'core.py': 'here = 1\n' }, says: /app\.py imports `gone` from `core`: core\.py defines none\./ },
  { name: 'a name that a folder without code has not', files: { 'app.py': `from parts import gone\n${good}`, 'parts/here.py': '' }, says: /imports `gone` from `parts`, and no part of parts\/ in the package is called so/ },
  { name: 'a relative import that leads above the top package', files: { 'handlers/foo.py': `from ..core import x\n${good}`, 'core/__init__.py': 'x = 1' }, code: { handler: 'handlers/foo.handler' }, says: /handlers\/foo\.py imports `\.\.core`, which leads above its top package `handlers`/ },
  { name: 'an excluded module', files: { 'app.py': `import core\n${good}`, 'core.py': '' }, code: { exclude: ['core.py'] }, says: /imports `core`/ },
  { name: 'a Node import that nothing answers', files: { 'index.mjs': 'import left from \'left-pad\'\nexport const handler = left' }, code: node, says: /imports `left-pad`/ },
  { name: 'a Node import after a string that looks like a comment', files: { 'index.mjs': 'const path = "/*"\nimport left from "left-pad"\nexport const handler = () => [left, path, "*/"]\n' }, code: node, says: /imports `left-pad`/ },
  { name: 'an ES module that leaves out the ending', files: { 'index.mjs': 'import { x } from "./lib"\nexport const handler = () => x\n', 'lib.js': 'exports.x = 1\n' }, code: node, says: /imports `\.\/lib`/ },
  { name: 'an ES module that imports a folder', files: { 'package.json': '{"type":"module"}', 'index.js': 'export { handler } from "./lib/"\n', 'lib/index.js': 'export const handler = () => 1\n' }, code: node, says: /imports `\.\/lib\/`/ },
  { name: 'a Node file that is asked for within an expression', files: { 'index.js': 'module.exports = {\n  handler: require("./gone").handler,\n}' }, code: node, says: /imports `\.\/gone`/, place: { file: 'index.js', line: 2 } },
  { name: 'a Node module that a called function asks for', files: { 'index.js': '(() => { exports.handler = require("left-pad") })()' }, code: node, says: /imports `left-pad`/ },
  { name: 'a Node file of one\'s own that is not there', files: { 'index.js': 'const x = require(\'./gone\')\nexports.handler = x' }, code: node, says: /imports `\.\/gone`/ },
  { name: 'Node dependencies with a lock that is not read', files: { 'bun.lockb': '', 'package.json': '{"dependencies":{"left-pad":"1"}}', 'index.js': 'exports.handler = 1' }, code: node, says: /their lock bun\.lockb is not read/ },
]

export const badFiles: readonly BadPackage[] = [
  { name: 'stdlib shadowed by a file', files: { 'app.py': good, 'queue.py': '' }, says: /queue\.py takes the place of Python's own module/ },
  { name: 'stdlib shadowed by a package', files: { 'app.py': good, 'email/__init__.py': '' }, says: /email\/__init__\.py takes the place/ },
  { name: '.env inside', files: { 'app.py': good, '.env': 'TOKEN=1' }, says: /would hold \.env\./ },
  { name: '.env.production inside', files: { 'app.py': good, 'config/.env.production': 'TOKEN=1' }, says: /would hold config\/\.env\.production/ },
  { name: 'a key file inside', files: { 'app.py': good, 'certs/server.pem': key }, says: /would hold certs\/server\.pem/ },
  { name: 'a key under another name', files: { 'app.py': good, 'data/blob': key }, says: /holds? a private key|would hold data\/blob/ },
  { name: 'an SSH key', files: { 'app.py': good, 'id_ed25519': 'x' }, says: /would hold id_ed25519/ },
  { name: 'a service account', files: { 'app.py': good, 'service-account.json': '{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\\n"}' }, says: /would hold service-account\.json/ },
  { name: 'a service account under the name that Google gives it', files: { 'app.py': good, 'shop-a1b2c3.json': '{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\\n"}' }, says: /would hold shop-a1b2c3\.json/ },
  { name: 'a service account in a long file', files: { 'app.py': good, 'all.json': `{"about":"${'x'.repeat(30_000)}","private_key": "-----BEGIN PRIVATE KEY-----\\n"}` }, says: /would hold all\.json/ },
  { name: 'a PGP key', files: { 'app.py': good, 'signing.asc': '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGY\n' }, says: /would hold signing\.asc/ },
  { name: 'a PuTTY key', files: { 'app.py': good, 'host.ppk': 'PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\n' }, says: /would hold host\.ppk/ },
  { name: 'a key indented in YAML', files: { 'app.py': good, 'config.yaml': `tls:\n  key: |\n${key.replace(/^/gm, '    ')}` }, says: /would hold config\.yaml/ },
  { name: 'a key on one line', files: { 'app.py': good, 'config.toml': `key = "${key.replaceAll('\n', '\\n')}"\n` }, says: /would hold config\.toml/ },
  { name: 'a key behind a byte order mark', files: { 'app.py': good, 'blob.txt': `\uFEFF${key}` }, says: /would hold blob\.txt/ },
  { name: 'an env file of production', files: { 'app.py': good, 'prod.env': 'TOKEN=1' }, says: /would hold prod\.env/ },
  { name: 'credentials of AWS', files: { 'app.py': good, 'credentials': `[default]\naws_access_key_id = AKIA\naws_secret_access_key = ${'aB3/'.repeat(10)}\n` }, says: /would hold credentials\./ },
  { name: 'a secret brought back by a broad include', files: { 'app.py': good, '.npmrc': 'token' }, code: { include: ['.*'] }, says: /would hold \.npmrc/ },
  { name: 'broken symlink', files: { 'app.py': good, 'data': { link: 'nowhere' } }, says: /which does not exist/ },
  { name: 'absolute symlink', files: { 'app.py': good, 'hosts': { link: '/etc/hosts' } }, says: /outside the workspace/ },
  { name: 'symlink that climbs out', files: { 'app.py': good, 'up': { link: '../../../../etc' } }, says: /outside the workspace/ },
  { name: 'symlink loop', files: { 'app.py': good, 'a/b/up': { link: '..' } }, says: /a folder that it lies in/ },
  { name: 'a backslash in a name', files: { 'app.py': good, 'a\\b.txt': '' }, says: /cannot be kept in a zip/ },
  { name: 'a drive letter in a name', files: { 'app.py': good, 'C:x': '' }, says: /cannot be kept in a zip/ },
  { name: 'a line break in a name', files: { 'app.py': good, 'a\nb': '' }, says: /cannot be kept in a zip/ },
]

export const badNatives: readonly BadPackage[] = [
  { name: 'wrong architecture', files: { 'app.py': good, 'lib.so': elf(arm) }, says: /built for arm64, the function runs on x86_64/ },
  { name: 'wrong architecture, the other way', files: { 'app.py': good, 'lib.so': elf(x86) }, code: { architecture: 'arm64' }, says: /built for x86_64, the function runs on arm64/ },
  { name: '32 bits', files: { 'app.py': good, 'lib.so': elf(3) }, says: /32-bit x86/ },
  { name: 'an extension for another Python', files: { 'app.py': good, 'fast.cpython-312-x86_64-linux-gnu.so': elf(x86) }, says: /built for Python 3\.12/ },
  { name: 'an extension for a Python without the lock', files: { 'app.py': good, 'fast.cpython-313t-x86_64-linux-gnu.so': elf(x86) }, says: /built for Python 3\.13t/ },
  { name: 'glibc too new', files: { 'app.py': good, 'lib.so.1': elf(x86, 38) }, says: /needs glibc 2\.38, python3\.13 has 2\.34/ },
  { name: 'glibc too new for Amazon Linux 2', files: { 'app.py': good, 'lib.so': elf(x86, 28) }, code: { runtime: 'python3.11' }, says: /needs glibc 2\.28, python3\.11 has 2\.26/ },
  { name: 'Windows .pyd', files: { 'app.py': good, 'fast.pyd': Buffer.from(`MZ${'\0'.repeat(62)}`) }, says: /built for Windows/ },
  { name: 'a macOS library', files: { 'app.py': good, 'fast.so': Buffer.from('cffaedfe'.padEnd(128, '0'), 'hex') }, says: /built for macOS/ },
  { name: 'a Node addon for another machine', files: { 'index.js': 'exports.handler = 1', 'addon.node': elf(arm) }, code: node, says: /built for arm64/ },
]

export const badSettings: readonly BadPackage[] = [
  { name: 'no source folder', files: {}, code: { source: '/nowhere/at/all' }, says: /source folder \/nowhere\/at\/all of greeting does not exist/ },
  { name: 'no requirements file', files: { 'app.py': good }, code: { requirements: '/nowhere/requirements.txt' }, says: /requirements file .* does not exist/ },
  { name: 'no prebuilt zip', files: { 'app.py': good }, code: { package: '/nowhere/app.zip' }, says: /package \/nowhere\/app\.zip of greeting does not exist/ },
  { name: 'an option that cannot be honoured', files: { 'app.py': good, 'requirements.txt': '--platform win32\n' }, says: /--platform cannot be used/ },
  { name: 'a requirements file that names another that is missing', files: { 'app.py': good, 'requirements.txt': '-r base.txt\n' }, says: /base\.txt cannot be read/ },
  { name: 'a conflict in a requirements file', files: { 'app.py': good, 'requirements.txt': `tool\n${conflict}` }, place: { file: 'requirements.txt', line: 2 }, says: /requirements\.txt has the marks of a merge conflict/ },
  { name: 'a conflict in package-lock.json', files: { ...script, 'package-lock.json': `{\n${conflict}}\n` }, code: node, place: { file: 'package-lock.json', line: 2 }, says: /package-lock\.json has the marks of a merge conflict/ },
  { name: 'a conflict in pnpm-lock.yaml', files: { ...script, 'pnpm-lock.yaml': `lockfileVersion: '9.0'\n${conflict}` }, code: node, place: { file: 'pnpm-lock.yaml', line: 2 }, says: /pnpm-lock\.yaml has the marks of a merge conflict/ },
  { name: 'a pnpm-lock.yaml that is no YAML', files: { ...script, 'pnpm-lock.yaml': 'a: 1\nb: [\n' }, code: node, place: { file: 'pnpm-lock.yaml', line: 3 }, says: /pnpm-lock\.yaml cannot be read/ },
  { name: 'a package.json that is no JSON', files: { ...script, 'package.json': '{\n  "a": 1\n  "b": 2\n}\n' }, code: node, place: { file: 'package.json' }, says: /package\.json cannot be read/ },
  { name: 'a package.json that is no JSON, beside a lock', files: { ...script, 'package.json': '{ name: 1 }', 'package-lock.json': '{}' }, code: node, place: { file: 'package.json' }, says: /package\.json cannot be read/ },
  { name: 'a broken lock', files: { 'app.py': good, 'poetry.lock': '[[' }, says: /poetry\.lock cannot be read/ },
]

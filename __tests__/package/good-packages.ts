import type { CodeSpec } from '../../src/service/service.ts'
import type { Files } from './support.ts'

/** One unusual package that Lambda runs: it must pass without an error, and without a warning where none is listed. */
export interface GoodPackage {
  readonly name: string
  readonly files: Files
  readonly code?: Partial<CodeSpec>
  readonly warns?: RegExp
}

const good = 'def handler(event, context):\n    return 1\n'
const node = { runtime: 'nodejs22.x', handler: 'index.handler' }
const dist = { runtime: 'nodejs22.x', handler: 'dist/index.handler' }
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le')

export const goodPython: readonly GoodPackage[] = [
  { name: 'src layout, handler in a package', files: { 'pyproject.toml': '[project]\nname = "a"\ndependencies = []\n', 'src/mine/app.py': `from mine.core import x\n${good}`, 'src/mine/core.py': 'x = 1', 'src/mine/__init__.py': '' }, code: { source: 'src', handler: 'mine.app.handler' } },
  { name: 'a package as handler module, with relative imports', files: { 'app/__init__.py': `from .core import x\nfrom . import more\n${good}`, 'app/core.py': 'x = 1', 'app/more.py': '' } },
  { name: 'a handler in a nested package', files: { 'pkg/__init__.py': '', 'pkg/util.py': 'y = 1', 'pkg/sub/__init__.py': '', 'pkg/sub/mod.py': `from ..util import y\nfrom . import near\n${good}`, 'pkg/sub/near.py': '' }, code: { handler: 'pkg.sub.mod.handler' } },
  { name: 'a module with a hyphen, which importlib takes', files: { 'my-app.py': good }, code: { handler: 'my-app.handler' } },
  { name: '... written with slashes', files: { 'pkg/sub/mod.py': good }, code: { handler: 'pkg/sub/mod.handler' } },
  { name: 'namespace packages without __init__', files: { 'app.py': `import company.billing.invoices\nfrom company import shared\n${good}`, 'company/billing/invoices.py': '', 'company/shared/x.py': '' } },
  { name: 'imports for type checkers only', files: { 'app.py': `from __future__ import annotations\nimport typing as t\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from mypy_boto3_s3 import S3Client\nif t.TYPE_CHECKING:\n    import pandas\n${good}` } },
  { name: 'a fallback for a missing library', files: { 'app.py': `try:\n    import ujson as json\nexcept ImportError:\n    import json\ntry:\n    from orjson import dumps\nexcept ModuleNotFoundError:\n    from json import dumps\n${good}` } },
  { name: 'a relative import that falls back to the module itself', files: { 'app.py': `try:\n    from .core import x\nexcept ImportError:\n    from core import x\n${good}`, 'core.py': 'x = 1' } },
  { name: 'modules in a folder of its own, put on the path', files: { 'app.py': `import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), "vendor"))\nimport requests\n${good}`, 'vendor/requests/__init__.py': '' }, warns: /imports `requests`/ },
  { name: 'an import under a condition', files: { 'app.py': `import sys\nif sys.platform == "win32":\n    import winreg\nif sys.version_info < (3, 11):\n    import tomli\n${good}` }, warns: /imports `tomli`/ },
  { name: 'an import inside the handler that a layer of another stage has', files: { 'app.py': 'def handler(event, context):\n    import heavy\n    return heavy\n' }, warns: /imports `heavy`/ },
  { name: 'a name that a package tries for', files: { 'app.py': `try:\n    from core import gone\nexcept ImportError:\n    gone = None\n${good}`, 'core/__init__.py': '', 'core/deep.py': 'gone = 1\n' } },
  { name: 'a name that a package takes in a function', files: { 'app.py': `def late():\n    from core import gone\n${good}`, 'core/__init__.py': '', 'core/deep.py': 'gone = 1\n' } },
  { name: 'a name that a package makes with __getattr__', files: { 'app.py': `from core import gone\n${good}`, 'core/__init__.py': 'def __getattr__(name): return 1\n', 'core/deep.py': 'gone = 1\n' } },
  { name: 'a name that a package gets with a star', files: { 'app.py': `from core import gone\n${good}`, 'core/__init__.py': 'from .deep import *\n', 'core/deep.py': 'gone = 1\n' } },
  { name: 'a name that a package is given by another module', files: { 'app.py': `import deep\nfrom core import gone\n${good}`, 'core/__init__.py': '', 'core/deep.py': 'gone = 1\n', 'deep.py': 'import core\ncore.gone = 1\n' } },
  { name: 'a name that a package is given by name', files: { 'app.py': `import deep\nfrom core import gone\n${good}`, 'core/__init__.py': '', 'core/deep.py': 'gone = 1\n', 'deep.py': 'import core\nsetattr(core, "gone", 1)\n' } },
  { name: 'a name that a package has under a condition', files: { 'app.py': `from core import gone, __name__ as own\n${good}`, 'core/__init__.py': 'if 1: gone = 1\n', 'core/deep.py': 'gone = 1\n' } },
  { name: 'a name that a package has as a folder', files: { 'app.py': `from core import gone\n${good}`, 'core/__init__.py': '', 'core/deep.py': 'gone = 1\n', 'core/gone/data.py': '' } },
  { name: 'a handler that is an object', files: { 'app.py': 'from core import App\napp = App()\nhandler = wrapped = app.run\n', 'core.py': 'class App:\n    def run(self): pass\n' } },
  { name: 'a handler that is imported', files: { 'app.py': 'from core import (\n    main as handler,  # what Lambda calls\n)\n', 'core.py': 'def main(e, c): pass\n' } },
  { name: 'a handler that comes with a star', files: { 'app.py': 'from core import *\n', 'core.py': good } },
  { name: 'a handler under a condition', files: { 'app.py': 'import os\nif os.environ.get("MODE"):\n    def handler(e, c): pass\nelse:\n    handler = print\n' } },
  { name: 'a handler behind an `if` on one line', files: { 'app.py': 'import os\nif os.environ.get("MODE"): handler = print\nelse: handler = repr\n' } },
  { name: 'a handler that `with` binds', files: { 'app.py': 'from contextlib import nullcontext\nwith nullcontext(print) as handler: pass\n' } },
  { name: 'a handler that `for` binds', files: { 'app.py': 'for name, handler in [("a", repr), ("b", print)]:\n    pass\n' } },
  { name: 'a handler that is bound within an expression', files: { 'app.py': 'print((handler := print))\n' } },
  { name: 'a handler that a function makes global', files: { 'app.py': 'def setup():\n    global other, handler\n    handler = print\nsetup()\n' } },
  { name: 'a handler unpacked beside an item', files: { 'app.py': 'routes = {}\nroutes["a"], handler = repr, print\n' } },
  { name: 'a handler that is executed', files: { 'app.py': 'exec("handler = print")\n' } },
  { name: 'names beyond ASCII', files: { 'äpp.py': 'from kern import größe\nimport zubehör.länge\ndef händler(event, context):\n    return größe\n', 'kern.py': 'größe = 1\n', 'zubehör/länge.py': '' }, code: { handler: 'äpp.händler' } },
  { name: 'a handler made at run time', files: { 'app.py': 'for name in ("handler", "other"):\n    globals()[name] = print\n' } },
  { name: 'an async handler with decorators and a type', files: { 'app.py': 'import functools\nhandler: object\n@functools.cache\ndef other(): ...\nhandler = (\n    other\n)\n' } },
  { name: 'strings of 3.12 with quotes of their own kind', files: { 'app.py': `d = {"(": 1}\nx = f"{d["("]}"\n${good}` } },
  { name: 'lazy imports of 3.15', files: { 'app.py': `lazy import json\nlazy from collections import deque\n${good}` }, code: { runtime: 'python3.15' } },
  { name: 'Windows line ends, a byte order mark, tabs and a form feed', files: { 'app.py': '\uFEFFimport json\r\n\f\r\ndef handler(event, context):\r\n\treturn json.dumps(1)\r\n' } },
  { name: 'another encoding', files: { 'app.py': Buffer.from(`# -*- coding: latin-1 -*-\nname = "M\xfcller"\n${good}`, 'latin1') } },
  { name: 'bytecode in the place of its source', files: { 'app.py': `import secret_sauce\n${good}`, 'secret_sauce.pyc': 'x' }, code: { include: ['secret_sauce.pyc'] } },
  { name: 'data files of all kinds', files: { 'app.py': good, 'data/Größe 1.csv': '', 'data/.hidden': '', 'templates/a b.html': '{{ "x" }}', 'model.bin': Buffer.alloc(2000, 7), 'empty/.keep': '', 'py.typed': '' } },
  { name: 'what only looks like a secret', files: {
    'app.py': good, 'id_rsa.pub': 'ssh-rsa AAAA me@here\n', 'README.md': '-----BEGIN PRIVATE KEY-----\n', 'help.txt': 'It begins with -----BEGIN PRIVATE KEY-----, then a line break.\n', 'quoted.py': 'x = \'\'\'\n-----BEGIN PRIVATE KEY-----\n\'\'\'\n',
    'cacert.pem': `# Issuer\n${'-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n'.repeat(3000)}`, 'credentials.ini': '[a]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n[b]\naws_secret_access_key = your-key-here\n', 'schema.json': '{"private_key":{"type":"string"}}', 'example.env': 'TOKEN=\n',
  } },
  { name: 'a module named as one of the library\'s parts', files: { 'app.py': `from mine import queue, types\n${good}`, 'mine/queue.py': '', 'mine/types.py': '', 'mine/__init__.py': '' } },
  { name: 'pkg_resources on a runtime that has it', files: { 'app.py': `import pkg_resources\n${good}` }, code: { runtime: 'python3.11' } },
  { name: 'a list that asks for nothing', files: { 'app.py': good, 'requirements.txt': '# nothing yet\n\n' } },
  { name: 'a list that PowerShell wrote, of comments', files: { 'app.py': good, 'requirements.txt': utf16('# nothing yet\r\n') } },
  { name: 'a pyproject.toml for tools', files: { 'app.py': good, 'pyproject.toml': '[tool.ruff]\nline-length = 100\n[tool.pytest.ini_options]\n' } },
]

/** Ways to export `handler`, by hand and by tools. */
const exporting = [
  ['index.mjs', 'const a = 1, b = async () => a\nexport { a as other, b as handler }\n'],
  ['index.mjs', 'export const first = 1, handler = async () => first\n'],
  ['index.mjs', 'export const { handler } = { handler: async () => 1 }\n'],
  ['index.mjs', 'export async function* handler() {}\n'],
  ['index.mjs', 'export class handler {}\n'],
  ['index.mjs', 'const a = 1;export{a as "handler"}\n'],
  ['index.mjs', 'export * as handler from "node:fs"\n'],
  ['index.js', 'exports.other = exports.handler = async () => 1\n'],
  ['index.js', 'module.exports = {\n  main: [1, { a: 2 }],\n  async handler (event, context) { return [event, context] },\n}\n'],
  ['index.js', 'const handler = 1\nmodule.exports = { "handler": handler }\n'],
  ['index.js', 'const app = {}\nmodule.exports = { ...app }\n'],
  ['index.js', 'module.exports = Object.freeze({ x: 1 })\n'],
  ['index.js', 'const e = exports\ne.handler = 1\n'],
  ['index.js', 'this.handler = 1\n'],
  ['index.js', '(function (root, factory) { typeof exports === "object" ? factory(exports) : factory(root) })(this, (e) => { e.handler = 1 })\n'],
  ['index.js', 'Object.defineProperty(exports, "__esModule", { value: true });\nObject.defineProperty(exports, "handler", { enumerable: true, get: function () { return 1; } });\n'],
  ['index.js', 'Object.defineProperty(exports, "__esModule", { value: true }).handler = async () => 1\n'],
  ['index.js', 'const tslib_1 = { __exportStar() {} };\ntslib_1.__exportStar(require("node:fs"), exports);\n'],
  ['index.js', '"use strict";var d=Object.defineProperty;var x=(e,t)=>{for(var r in t)d(e,r,{get:t[r],enumerable:!0})};var u={};x(u,{handler:()=>a});module.exports=c(u);function c(e){return e}var a=async()=>1;0&&(module.exports={handler});\n'],
  ['index.js', 'exports.__defineGetter__("handler", () => async () => 1)\n'],
  ['index.js', 'Object.defineProperty(module, "exports", { get: () => ({ handler: async () => 1 }) })\n'],
  ['index.js', '[exports.handler, exports.other] = [async () => 1, 2]\n'],
  ['index.js', 'const all = { handler: async () => 1 }\nfor (const name of Object.keys(all)) exports[name] = all[name]\n'],
  ['index.js', 'Object.assign(exports, { handler: async () => 1 })\n'],
  ['index.js', 'exports = module.exports = { handler: async () => 1 }\n'],
  ['index.js', 'module["exports"]["handler"] = async () => 1\n'],
  ['index.js', '(() => { this.handler = async () => 1 })()\n'],
  ['index.js', 'var Kind;\n(function (Kind) { Kind[Kind["A"] = 0] = "A" })(Kind || (exports.Kind = Kind = {}));\nexports.handler = async () => Kind\n'],
  ['index.js', 'var __importDefault = (this && this.__importDefault) || function (mod) { return mod };\nexports.handler = __importDefault(async () => 1)\n'],
  ['index.js', '#!/usr/bin/env node\n\uFEFFif (require.main === module) process.exit(0)\nexports.handler = async () => 1\n'.replace('\uFEFF', '')],
  ['index.js', 'var m=[(module,exports)=>{0&&(module.exports={other})}],e={};m[0](e);module.exports=e.exports;\n'],
] as const

export const goodNode: readonly GoodPackage[] = [
  { name: 'an ES module beside a package.json that says so', files: { 'package.json': '{"type":"module"}', 'index.js': 'import { x } from "./lib/x.js"\nexport const handler = async () => x\n', 'lib/x.js': 'export const x = 1\n' }, code: node },
  { name: 'a .cjs handler in a package of ES modules', files: { 'package.json': '{"type":"module"}', 'index.cjs': 'const { join } = require("node:path")\nexports.handler = async () => join("a", "b")\n' }, code: node },
  { name: 'a package that imports itself by its exports', files: { 'package.json': '{"name":"@own/app","type":"module","exports":{"./*":"./lib/*.js"},"imports":{"#x":"./lib/x.js"}}', 'index.js': 'import { x } from "@own/app/x"\nimport { x as y } from "#x"\nexport const handler = async () => x + y\n', 'lib/x.js': 'export const x = 1\n' }, code: node },
  { name: 'what TypeScript makes', files: { 'dist/index.js': '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.handler = void 0;\nconst core_1 = require("./core");\nconst handler = async () => core_1.x;\nexports.handler = handler;\n', 'dist/core.js': 'exports.x = 1;', 'src/index.ts': '', 'package.json': '{"devDependencies":{"typescript":"5"}}' }, code: dist },
  { name: 'what TypeScript makes as ES modules', files: { 'dist/index.js': 'import { x } from "./core.js";\nexport const handler = async () => x;\n//# sourceMappingURL=index.js.map', 'dist/core.js': 'export const x = 1;', 'package.json': '{"type":"module"}' }, code: dist },
  { name: 'esbuild, CommonJS', files: { 'index.js': 'var __defProp = Object.defineProperty;\nvar __export = (a, b) => {};\nvar index_exports = {};\n__export(index_exports, { handler: () => handler });\nmodule.exports = __toCommonJS(index_exports);\nvar handler = async () => 1;\n0 && (module.exports = { handler });\n' }, code: node },
  { name: 'esbuild, ES module, minified', files: { 'index.mjs': 'var a=async()=>({statusCode:200});export{a as handler};\n' }, code: node },
  { name: 'esbuild, ES module, minified, with a require of its own', files: { 'index.mjs': 'import{createRequire as r}from"module";var require=r(import.meta.url);var q=require("fs");var a=async()=>q;export{a as handler};\n' }, code: node },
  { name: 'a default export with the handler behind it', files: { 'index.mjs': 'export { handler } from "./core.mjs"\n', 'core.mjs': 'export const handler = async () => 1\n' }, code: node },
  { name: 'a re-export in CommonJS', files: { 'index.js': 'module.exports = require("./core")\n', 'core.js': 'exports.handler = async () => 1\n' }, code: node },
  { name: 'imports that only look like ones', files: { 'index.mjs': '/*\nimport x from "gone"\n*/\nconst template = `\nimport y from "gone-too"\nconst z = require("gone-three")\n`\nexport const handler = async () => template\n' }, code: node },
  { name: 'strings that look like comments', files: { 'index.js': 'const paths = ["/api/*", `/tmp/*`]\nexports.handler = async () => [paths, /[/*]/] // "/*"\nexports.cron = "*/5 * * * *"\n/** The end. */\n' }, code: node },
  { name: 'a backtick in a regular expression', files: { 'index.js': 'const tick = /`/g\nconst text = "a\\\nimport x from \'gone\'"\nconst more = `\nconst y = require("gone-too")\n`\nexports.handler = async () => [tick, text, more]\n' }, code: node },
  { name: 'a module that a function tries for', files: { 'index.js': 'function load() { try { return require("sharp") } catch { return undefined } }\nexports.handler = async () => load()\n' }, code: node },
  { name: 'a module that is imported and caught', files: { 'index.mjs': 'const sharp = await import("sharp").catch(() => undefined)\nexport const handler = async () => sharp\n' }, code: node },
  { name: 'a module that only a function asks for', files: { 'index.js': 'exports.handler = async () => require("layered")\n' }, code: node, warns: /imports `layered`/ },
  { name: 'a bundle whose modules have a require of their own', files: { 'index.js': 'var modules = { 1: (module, exports, require) => { exports.a = require("./2") } };\nexports.handler = async () => modules\n' }, code: node },
  { name: 'an optional module', files: { 'index.js': 'let sharp\ntry {\n  sharp = require("sharp")\n} catch {}\nexports.handler = async () => sharp\n' }, code: node },
  { name: 'the SDK of the runtime, JSON, builtins', files: { 'index.mjs': 'import { S3Client } from "@aws-sdk/client-s3"\nimport data from "./data.json" with { type: "json" }\nimport { readFile } from "fs/promises"\nimport test from "node:test"\nexport const handler = async () => [S3Client, data, readFile, test]\n', 'data.json': '{}' }, code: node },
  { name: 'a folder with an index, without suffixes', files: { 'index.js': 'const { x } = require("./lib")\nconst y = require("./lib/")\nconst c = require("./config")\nexports.handler = async () => [x, y, c]\n', 'lib/index.js': 'exports.x = 1', 'config.json': '{}' }, code: node },
  { name: 'an ES module without a package.json on a runtime that looks for itself', files: { 'index.js': 'export const handler = async () => 1\n' }, code: { ...node, runtime: 'nodejs24.x' } },
  { name: 'an ES module that imports by URL', files: { 'index.mjs': 'import { x } from "./my%20lib.mjs?v=1#a"\nimport { y } from "./gr%C3%BCn.mjs"\nimport { createRequire } from "node:module"\nconst require = createRequire(import.meta.url)\nconst z = require("./old")\nexport const handler = () => [x, y, z]\n', 'my lib.mjs': 'export const x = 1\n', 'grün.mjs': 'export const y = 1\n', 'old.cjs': '', 'old/index.js': '' }, code: node },
  { name: 'build output below a lock that is not its own', files: { '.git/HEAD': '', 'package.json': '{"dependencies":{"nanoid":"5"}}', 'package-lock.json': '{"lockfileVersion":3,"packages":{"":{"dependencies":{"nanoid":"5"}},"node_modules/nanoid":{"version":"5.1.5"}}}', 'dist/package.json': '{"type":"module"}', 'dist/index.js': 'export const handler = async () => 1\n' }, code: { ...node, source: 'dist' } },
  { name: 'locks of other tools, and no dependencies', files: { 'package.json': '{"devDependencies":{"esbuild":"1"}}', 'yarn.lock': '', 'bun.lock': '', 'index.mjs': 'export const handler = async () => 1\n' }, code: node },
  ...exporting.map(([file, text], index) => ({ name: `an export, way ${index + 1}`, files: { [file]: text }, code: node })),
]

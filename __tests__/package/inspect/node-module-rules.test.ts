import { afterAll, describe, expect, test } from '@jest/globals'
import { codeOf, findings, removeFolders, write, type Files } from '../support.ts'

afterAll(removeFolders)

const manifest = '{"name":"@me/app","type":"module","imports":{"#x":"./src/x.js","#y":"node:fs"},"exports":{"./lib":"./lib.js","./gone":"./gone.js"}}'
const handler = '\nexport const handler = async () => 1\n'
/** The stand-in for `require` that esbuild writes into a bundle in the form of an ES module, and a part that calls it. */
const shim = 'var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : x)(function(x) {\n  if (typeof require !== "undefined") return require.apply(this, arguments);\n  throw Error(\'Dynamic require of "\' + x + \'" is not supported\');\n});\n'
  + 'var require_a = () => __require("querystring");\n'
const lib = { 'lib.js': 'const here = 1\nexport { here, here as default }\n', 'common.cjs': 'exports.a = 1\n', 'data.json': '{}' }

const refused: readonly (readonly [string, string, RegExp, string?])[] = [
  ['a name that a module of one\'s own does not export', 'import { here, gone } from "./lib.js"', /^index\.js imports `gone` from `\.\/lib\.js`, and lib\.js does not export it\.$/],
  ['a name that is handed on', 'export { gone as other } from "./lib.js"', /imports `gone` from `\.\/lib\.js`/],
  ['JSON without its attribute', 'import data from "./data.json"', /^index\.js imports `\.\/data\.json` without saying that it is JSON\.$/],
  ['JSON without its attribute, while it runs', 'await import("./data.json")', /without saying that it is JSON/],
  ['`require` beside `import`', 'import "node:fs"\nconst os = require("node:os")', /^index\.js is loaded as an ES module and uses `require`, which is not there\.$/],
  ['`__dirname`', 'const here = `${__dirname}/data`', /uses `__dirname`/],
  ['`module` of a script that is run, too', 'if (import.meta.url === module.filename) console.log(1)', /uses `module`/],
  ['a name of `imports` whose file is not there', 'import "#x"', /imports `#x`, which leads to src\/x\.js, and that is not in the package/],
  ['a name that `imports` have not', 'import "#z"', /imports `#z`, which nothing in the package/],
  ['the package\'s own name, whose file is not there', 'import "@me/app/gone"', /imports `@me\/app\/gone`, which leads to gone\.js/],
  ['the package\'s own name, which it does not export', 'import "@me/app/other"', /imports `@me\/app\/other`, which @me\/app does not export/],
  ['a URL', 'import "https://esm.sh/ms"', /^index\.js imports `https:\/\/esm\.sh\/ms`, a URL that Node does not load\.$/],
  ['a module of Bun', 'import { Database } from "bun:sqlite"', /imports `bun:sqlite`, a URL that Node does not load/],
  ['a built-in module that nobody has', 'import "node:fss"', /imports `node:fss`, which nothing in the package or the runtime nodejs22\.x has/],
  ['a built-in module that the runtime has not yet', 'import "node:sqlite"', /imports `node:sqlite`, which nothing in the package or the runtime nodejs20\.x has/, 'nodejs20.x'],
]

const loaded: readonly (readonly [string, string])[] = [
  ['names that are there', 'import def, { here } from "./lib.js"\nimport * as all from "./lib.js"\nexport * from "./lib.js"\nexport { default as other } from "./lib.js"'],
  ['names of CommonJS, which has rules of its own', 'import def, { a, maybe } from "./common.cjs"'],
  ['JSON with its attribute', 'import data from "./data.json" with { type: "json" }\nconst more = await import("./data.json", { with: { type: "json" } })'],
  ['a `require` that is made', 'import { createRequire } from "node:module"\nconst require = createRequire(import.meta.url)\nconst os = require("node:os")'],
  ['a `require` that is made for everyone', 'import { createRequire } from "node:module"\nglobalThis.require = createRequire(import.meta.url)\nconst os = require("node:os")'],
  ['`__dirname` that is made', 'const __dirname = import.meta.dirname\nconst here = __dirname'],
  ['names that are asked for first', 'const isCommon = typeof require !== "undefined" && require.main === module\nif (typeof module === "object") module.exports = {}'],
  ['names of properties', 'const all = { require: 1, module: 2 }\nconst { exports: more = all.module } = { exports: all.require }\nclass A { module = more\n require() { return this.module } }'],
  ['`imports` and the own name, where they lead to something', 'import "#y"\nimport "@me/app/lib"'],
  ['modules that have no name but with `node:`', 'import "node:test"\nimport "fs/promises"\nimport "node:stream/web"\nimport "node:sqlite"'],
]

const said = async (text: string, runtime = 'nodejs22.x', files: Files = {}): Promise<readonly (readonly [string, string])[]> =>
  (await findings(codeOf(write({ 'package.json': manifest, ...lib, 'index.js': text + handler, ...files }), { runtime, handler: 'index.handler' })))
    .map(({ severity, what }) => [severity, what])

describe('what an ES module cannot do is told before Node refuses it', () => {
  test.each(refused)('%s', async (_name, text, what, ...[runtime]) => {
    expect(await said(text, runtime)).toEqual([['error', expect.stringMatching(what)]])
  })

  test.each(loaded)('and nothing is said of %s', async (_name, text) => {
    expect(await said(text)).toEqual([])
  })

  test('a bundle by esbuild whose parts ask for modules by `require` warns, and not where it has one (evanw/esbuild#1921)', async () => {
    expect(await said(shim)).toEqual([['warning', expect.stringMatching(/^index\.js is a bundle in the form of an ES module, and parts of it ask for querystring by `require`\.$/)]])
    expect(await said(`import { createRequire } from 'module';const require = createRequire(import.meta.url);\n${shim}`)).toEqual([])
    expect(await said(shim.replace('__require("querystring")', '1'))).toEqual([])
  })
})

test('a package that is asked for in another case is told by its name', async () => {
  const files = { 'node_modules/ms/package.json': '{"name":"ms","version":"1.0.0"}', 'node_modules/ms/index.js': '', 'index.js': 'require("MS")\nexports.handler = async () => 1\n' }
  const found = await findings(codeOf(write(files), { runtime: 'nodejs22.x', handler: 'index.handler', include: ['/node_modules'] }))
  expect(found).toMatchObject([{ severity: 'error', cure: 'The package is called `ms`: Lambda\'s file system tells cases apart.' }])
})

test('a package that only peerDependencies name is told where it must stand', async () => {
  const files = { 'package.json': '{"peerDependencies":{"ms":"2"}}', 'index.js': 'require("ms")\nexports.handler = async () => 1\n' }
  const found = await findings(codeOf(write(files), { runtime: 'nodejs22.x', handler: 'index.handler' }))
  expect(found).toMatchObject([{ severity: 'error', cure: expect.stringMatching(/^It is only in "peerDependencies" of .*: add it to "dependencies" and commit the lock\.$/) }])
})

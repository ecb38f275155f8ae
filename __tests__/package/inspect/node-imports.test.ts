import { afterAll, describe, expect, test } from '@jest/globals'
import path from 'node:path'
import { exportedFile } from '../../../src/package/inspect/node-package.ts'
import { codeOf, findings, removeFolders, write, type Files } from '../support.ts'

afterAll(removeFolders)

const handler = 'exports.handler = async () => lib\n'

interface Row {
  readonly name: string
  readonly files: Files
  /** Below the folder of the files. */
  readonly source?: string
  readonly runtime?: string
  readonly include?: readonly string[]
  readonly what: RegExp
  readonly cure: RegExp
}

/** A package that lies in the app's own folder: it ships with an `include`, and needs no installer. */
const modules = { include: ['/node_modules'] }
const installed = (name: string, manifest: object, files: Files = {}): Files => ({ [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', ...manifest }),
  ...Object.fromEntries(Object.entries(files).map(([file, content]) => [`node_modules/${name}/${file}`, content])) })

const rows: readonly Row[] = [
  { name: 'packaging 75: a path above the root, which is there at home', files: { 'shared/db.js': '', 'functions/orders/index.js': `const lib = require("../../shared/db")\n${handler}` }, source: 'functions/orders',
    what: /imports `\.\.\/\.\.\/shared\/db`, which leads above the root/, cure: /shared\/db\.js lies outside of the source folder: set `source: \.` with the handler's path from there/ },
  { name: 'packaging 37: a path above the root, where a file of that name lies at the root', files: { 'package.json': '{}', 'dist/package.json': '{"type":"commonjs"}', 'dist/index.js': `const lib = require("../package.json")\n${handler}` }, source: 'dist',
    what: /leads above the root/, cure: /package\.json lies outside of the source folder/ },
  { name: 'packaging 37b: a path above the root, two folders below the repository', files: { 'api/package.json': '{}', 'api/dist/index.js': `const lib = require("../package.json")\n${handler}` }, source: 'api/dist',
    what: /leads above the root/, cure: /package\.json lies outside of the source folder: set `source: api` with/ },
  { name: 'a path above the root that is nowhere', files: { 'index.mjs': 'import lib from "../gone.js"\nexport const handler = async () => lib\n' }, what: /leads above the root/, cure: /^Fix the path\.$/ },
  { name: 'packaging 36: an alias of the compiler', files: { 'tsconfig.json': '{ // ours\n "compilerOptions": { "paths": { "services/*": ["./src/services/*"] } } }', 'index.js': `const lib = require("services/greet")\n${handler}` },
    what: /imports `services\/greet`/, cure: /alias of .*tsconfig\.json/ },
  { name: 'packaging 36: an alias that no package can be', files: { 'index.js': `const lib = require("@/services/greet")\n${handler}`, 'services/greet.js': '' }, what: /imports `@\/services\/greet`/, cure: /alias of the compiler/ },
  { name: 'packaging 12: another case', files: { 'index.js': `const lib = require("./Utils")\n${handler}`, 'utils.js': '' }, what: /imports `\.\/Utils`/, cure: /^utils\.js is written in another way/ },
  { name: 'packaging 12: accents in another form', files: { 'index.js': `const lib = require("./größe".normalize("NFC"))\nrequire("./gr\u00f6\u00dfe")\n${handler.replace('lib', '1')}`, 'gro\u0308\u00dfe.js': '' }, what: /imports `\.\/größe`/, cure: /is written in another way/ },
  { name: 'a file that is left out', files: { '.lambdaignore': 'lib\n', 'lib/db.js': '', 'index.js': `const lib = require("./lib/db")\n${handler}` }, what: /imports `\.\/lib\/db`/, cure: /lib\/db\.js is there and left out/ },
  { name: 'packaging 76: a development dependency', files: { 'package.json': '{"devDependencies":{"ms":"2"}}', 'index.js': `const lib = require("ms")\n${handler}` }, what: /imports `ms`/, cure: /"devDependencies" of .*package\.json, which are not installed/ },
  { name: 'packaging 41: a dependency of the workspace\'s root', files: { '.git/HEAD': '', 'package.json': '{"workspaces":["api"],"dependencies":{"ms":"2"}}', 'api/package.json': '{}', 'api/index.js': `const lib = require("ms")\n${handler}` }, source: 'api',
    what: /imports `ms`/, cure: /^Only .*package\.json lists it, and a member of a workspace gets its own/ },
  { name: 'packaging 40: a list and its lock above the source', files: { '.git/HEAD': '', 'svc/package.json': '{"dependencies":{"ms":"2"}}', 'svc/package-lock.json': '{}', 'svc/src/index.js': `const lib = require("ms")\n${handler}` }, source: 'svc/src',
    what: /imports `ms`/, cure: /^\.\.\/package\.json lists it, and is not read, because it lies above the source folder: set `requirements: svc\/package-lock\.json`\.$/ },
  { name: 'packaging 40: a list above build output that has a package.json of its own', files: { '.git/HEAD': '', 'package.json': '{"dependencies":{"ms":"2"}}', 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n", 'dist/package.json': '{"type":"commonjs"}', 'dist/index.js': `const lib = require("ms")\n${handler}` }, source: 'dist',
    what: /imports `ms`/, cure: /set `requirements: pnpm-lock\.yaml`\.$/ },
  { name: 'a folder of one\'s own without a dot', files: { 'index.js': `const lib = require("lib/db")\n${handler}`, 'lib/db.js': '' }, what: /imports `lib\/db`/, cure: /looks like your own lib.*`\.\/lib\/db`/ },
  { name: 'packaging 75: a folder beside the source', files: { 'fn/index.js': `const lib = require("shared/db")\n${handler}`, 'shared/db.js': '' }, source: 'fn', what: /imports `shared\/db`/, cure: /shared lies outside of the source folder: set `source: \.` with/ },
  { name: 'packaging 35: a part of AWS that is not in the runtime', files: { 'index.js': `const lib = require("@aws-crypto/client-node")\n${handler}` }, what: /imports `@aws-crypto\/client-node`/, cure: /^Add @aws-crypto\/client-node to "dependencies"/ },
  { name: 'packaging 35: a part that left the SDK', files: { 'index.js': `const lib = require("@aws-sdk/util-utf8")\n${handler}` }, what: /imports `@aws-sdk\/util-utf8`/, cure: /^Add @aws-sdk\/util-utf8/ },
  { name: 'a subpath that a dependency does not export', files: { 'index.js': `const lib = require("core/lib/secret")\n${handler}`, ...installed('core', { exports: { '.': './index.js' } }, { 'index.js': '', 'lib/secret.js': '' }) }, ...modules,
    what: /imports `core\/lib\/secret`, which core does not export/, cure: /^Import a name that core exports/ },
  { name: 'a package that exports to `import` alone', files: { 'index.js': `const lib = require("core")\n${handler}`, ...installed('core', { exports: { import: './index.mjs' } }, { 'index.mjs': '' }) }, ...modules,
    what: /imports `core`, which core does not export/, cure: /^Use `import`, or a version of core that can be required/ },
  { name: 'packaging 34: an ES module that is required', files: { 'index.js': `const lib = require("core")\n${handler}`, ...installed('core', { type: 'module', exports: { default: './index.js' } }, { 'index.js': '' }) }, ...modules,
    what: /imports `core` with `require`, and node_modules\/core\/index\.js is an ES module/, cure: /Use `import` .* `runtime: nodejs24\.x`/ },
  { name: 'packaging 34: an ES module of one\'s own that is required', files: { 'index.js': `const lib = require("./lib.mjs")\n${handler}`, 'lib.mjs': 'export const a = 1\n' }, runtime: 'nodejs20.x', what: /with `require`, and lib\.mjs is an ES module/, cure: /Use `import`/ },
  { name: 'packaging 32: a neighbour that nobody built', files: { 'index.js': `const lib = require("core")\n${handler}`, ...installed('core', { main: 'dist/index.js' }, { 'src/index.ts': '' }) }, ...modules,
    what: /imports `core`, which leads to node_modules\/core\/dist\/index\.js, and that is not in the package/, cure: /build it in a step before this one/ },
  { name: 'packaging 33: a neighbour in TypeScript', files: { 'index.mjs': 'import lib from "core"\nexport const handler = async () => lib\n', ...installed('core', { exports: './src/index.ts' }, { 'src/index.ts': '' }) }, runtime: 'nodejs24.x', ...modules,
    what: /leads to node_modules\/core\/src\/index\.ts\.$/, cure: /^Compile the package/ },
]

describe('an import that fails is told with the cure that fits', () => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, { files, source = '', runtime = 'nodejs22.x', include = [], what, cure }) => {
    const base = write(files)
    const code = codeOf(path.join(base, source), { base, runtime, handler: 'index.handler', include })
    const errors = (await findings(code)).filter(({ severity }) => severity === 'error')
    expect(errors.map((each) => each.what)).toEqual([expect.stringMatching(what)])
    expect(errors[0]?.cure).toMatch(cure)
  })
})

describe('what Node finds is found', () => {
  test.each<readonly [string, Files, string?]>([
    ['a condition whose own target leads nowhere is passed over', { 'index.js': `const lib = require("core")\n${handler}`, ...installed('core', { exports: { node: { import: './index.mjs' }, default: './index.cjs' } }, { 'index.mjs': '', 'index.cjs': '' }) }],
    ['the longest pattern', { 'index.mjs': 'import lib from "core/features/x.js"\nexport const handler = async () => lib\n', ...installed('core', { exports: { './*': null, './features/*.js': './src/*.mjs' } }, { 'src/x.mjs': '' }) }],
    ['a list of targets', { 'index.mjs': 'import lib from "core"\nexport const handler = async () => lib\n', ...installed('core', { exports: ['bad', './index.mjs'] }, { 'index.mjs': '' }) }],
    ['a nested package.json says CommonJS', { 'index.js': `const lib = require("core")\n${handler}`, ...installed('core', { type: 'module', main: 'cjs/index.js' }, { 'cjs/index.js': '', 'cjs/package.json': '{"type":"commonjs"}' }) }],
    ['main without an ending, or a folder', { 'index.js': `const lib = [require("core"), require("more")]\n${handler}`, ...installed('core', { main: './lib/main' }, { 'lib/main.js': '' }), ...installed('more', { main: 'lib' }, { 'lib/index.js': '' }) }],
    ['a subpath without an ending, by require', { 'index.js': `const lib = require("core/lib/a")\n${handler}`, ...installed('core', {}, { 'lib/a.js': '', 'index.js': '' }) }],
    ['an ES module by require where Lambda allows it', { 'index.js': `const lib = require("core")\n${handler}`, ...installed('core', { type: 'module', main: 'index.js' }, { 'index.js': '' }) }, 'nodejs24.x'],
    ['the SDK and what it stands on', { 'index.js': `const lib = [require("@aws-sdk/client-s3"), require("@aws-sdk/lib-dynamodb"), require("@smithy/util-utf8"), require("@aws-crypto/sha256-js"), require("@aws-sdk/util-arn-parser")]\n${handler}` }],
  ])('%s', async (_name, files, runtime = 'nodejs22.x') => {
    expect(await findings(codeOf(write(files), { runtime, handler: 'index.handler', include: ['/node_modules'] }))).toEqual([])
  })

  test('null ends the search, by Node\'s own algorithm', () => {
    expect(exportedFile({ './*': './lib/*.js', './internal/*': null }, './internal/a', 'import')).toBeUndefined()
    expect(exportedFile({ './*': './lib/*.js', './internal/*': null }, './a', 'import')).toBe('./lib/a.js')
  })
})

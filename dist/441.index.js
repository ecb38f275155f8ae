export const id = 441;
export const ids = [441];
export const modules = {

/***/ 4441:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  abandonBuilds: () => (/* reexport */ abandonBuilds),
  d6: () => (/* reexport */ bucketMissing),
  PN: () => (/* reexport */ buildPackage),
  checkSources: () => (/* reexport */ checkSources),
  yS: () => (/* reexport */ digestInputs),
  Kq: () => (/* reexport */ needsBucket),
  openSources: () => (/* reexport */ openSources),
  eL: () => (/* reexport */ resolveInputs)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/diagnostics.ts
var src_diagnostics = __webpack_require__(4851);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
;// CONCATENATED MODULE: ./src/package/python-name.ts
/** One spelling for all spellings of a distribution's name (PEP 503). */
function distributionName(written) {
    return written.replace(/[-_.]+/g, '-').toLowerCase();
}

;// CONCATENATED MODULE: ./src/package/install/normalize.ts



/** Installer's own notes: who installed, whether asked for, and a path of this machine. */
const notes = ['INSTALLER', 'REQUESTED', 'direct_url.json', 'uv_cache.json', 'uv_build.json'];
/** What compilers read, and nothing that runs: pip and uv put a wheel's headers into different folders below `include/`. */
const header = /\.(?:h|hh|hpp|hxx|cuh|inl|pxd)$/i;
/**
 * Brings an install folder into its one form, whichever installer filled it: no notes of the installer, no scripts (`bin/` holds this
 * machine's interpreter in its first line, and its digest stands in RECORD), no headers, no bytecode of the installer's. Metadata, entry
 * points and licences stay: importlib.metadata and plugins read them.
 */
function normalize(folder) {
    (0,external_node_fs_.rmSync)(external_node_path_default().join(folder, 'bin'), { recursive: true, force: true });
    (0,external_node_fs_.rmSync)(external_node_path_default().join(folder, '.lock'), { force: true });
    dropHeaders(external_node_path_default().join(folder, 'include'));
    dropBytecode(folder);
    return (0,external_node_fs_.readdirSync)(folder).filter((name) => name.endsWith('.dist-info')).sort().map((name) => normalizeDistribution(folder, name));
}
/** The distributions of a folder that has its one form already. */
function distributionsOf(folder) {
    return (0,external_node_fs_.readdirSync)(folder).filter((name) => name.endsWith('.dist-info')).sort().map((info) => describe(info, recordRows(folder, info)));
}
function normalizeDistribution(folder, info) {
    for (const note of notes)
        (0,external_node_fs_.rmSync)(external_node_path_default().join(folder, info, note), { force: true });
    const rows = recordRows(folder, info).filter(({ path: file }) => (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, file)));
    if (rows.length > 0)
        (0,external_node_fs_.writeFileSync)(external_node_path_default().join(folder, info, 'RECORD'), `${rows.map(textOf).sort().join('\n')}\n`);
    return describe(info, rows);
}
/** RECORD's rows that lie in the folder: `path,hash,size`, the path quoted where it holds a comma. */
function recordRows(folder, info) {
    const file = external_node_path_default().join(folder, info, 'RECORD');
    if (!(0,external_node_fs_.existsSync)(file))
        return [];
    return (0,external_node_fs_.readFileSync)(file, 'utf8').split(/\r?\n/).flatMap((text) => {
        const [, quoted, bare = '', hash = '', size = ''] = /^(?:"((?:[^"]|"")*)"|([^,]*)),([^,]*),([^,]*)$/.exec(text) ?? [];
        const name = external_node_path_default().posix.normalize((quoted?.replaceAll('""', '"') ?? bare).replaceAll('\\', '/'));
        // pip counts from the folder that it installs to before it moves all of it: `../../share/doc/x` has become `share/doc/x`.
        const place = name.replace(/^(?:\.\.\/)+/, '');
        return place === '' || place === '.' || place === '..' || external_node_path_default().posix.isAbsolute(place) ? [] : [{ path: place, hash, size }];
    });
}
function textOf({ path: file, hash, size }) {
    return `${/[",]/.test(file) ? `"${file.replaceAll('"', '""')}"` : file},${hash},${size}`;
}
function describe(info, rows) {
    const [name = '', version = ''] = info.replace(/\.dist-info$/, '').split('-');
    return { name: distributionName(name), version, files: new Map(rows.map((row) => [row.path, row.hash])) };
}
function dropHeaders(folder) {
    for (const entry of (0,external_node_fs_.existsSync)(folder) ? (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true }) : []) {
        const file = external_node_path_default().join(folder, entry.name);
        if (entry.isDirectory())
            dropHeaders(file);
        else if (header.test(entry.name))
            (0,external_node_fs_.rmSync)(file);
    }
    if ((0,external_node_fs_.existsSync)(folder) && (0,external_node_fs_.readdirSync)(folder).length === 0)
        (0,external_node_fs_.rmdirSync)(folder);
}
/** Bytecode that another interpreter may have made; where a library ships it in place of its sources, it is its code. */
function dropBytecode(folder) {
    for (const entry of (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, recursive: true })) {
        const file = external_node_path_default().join(entry.parentPath, entry.name);
        if (entry.isDirectory() ? entry.name === '__pycache__' : entry.name.endsWith('.pyc') && (0,external_node_fs_.existsSync)(file.slice(0, -1)))
            (0,external_node_fs_.rmSync)(file, {
                recursive: true, force: true,
            });
    }
}

// EXTERNAL MODULE: ./src/paths.ts
var src_paths = __webpack_require__(8431);
;// CONCATENATED MODULE: ./src/package/tree/defaults.ts
/**
 * What never belongs into a package although it lies in the app's folder. For the app's own source alone: a dependency's folders are
 * its own business (an `env` or `tests` folder inside a library is code). `.lambdaignore`, `exclude` and `include` come after it.
 */
const defaultExcludes = [
    '.git', '.github', '.gitignore', '.gitattributes', '.gitlab-ci.yml', '.hg', '.svn',
    '.venv', 'venv', '__pycache__', '*.pyc', '*.pyo', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.tox', '.nox', '.hypothesis',
    'htmlcov', '.coverage', '.coverage.*', '*.egg-info',
    '.idea', '.vscode', '.DS_Store', 'Thumbs.db', '*.swp',
    // Settings of tools that often hold tokens.
    '.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml', '.bunfig.toml', '.pypirc', '.netrc', 'pip.conf', 'uv.toml', '.git-credentials',
    '.aws-sam', '.serverless', '.chalice', '.terraform', '*.tfstate', '*.tfstate.*', '.pre-commit-config.yaml',
    '/.lambdaignore', '/lambda-api.yml', '/lambda-api.yaml', '/*.zip',
];
/** Out of the app's source for Python: the dependencies that a browser part or a tool of the repository has. */
const pythonExcludes = ['node_modules'];
/** Out of the app's source for Node: its `node_modules` are installed anew from the lock, for the target and without the tools. */
const nodeExcludes = [
    '/node_modules', '.pnpm-store',
    // Yarn's own releases, its cache of packages, and what it plugs and plays with.
    '/.yarn', '/.pnp.*', '/.pnpmfile.cjs',
];
/** Files that list or lock dependencies at the root: what they ask for is installed, they themselves are of no use on Lambda. */
const pythonLists = [
    '/requirements*.txt', '/constraints*.txt', '/uv.lock', '/pylock.toml', '/pylock.*.toml', '/poetry.lock', '/poetry.toml', '/pdm.lock',
    '/Pipfile', '/Pipfile.lock',
];
const nodeLists = [
    '/package-lock.json', '/npm-shrinkwrap.json', '/pnpm-lock.yaml', '/pnpm-workspace.yaml', '/yarn.lock', '/bun.lock',
    '/bun.lockb',
];
/** Secrets by name. Finding one is an error, unless an `include` line spells its path. */
const secretNames = [
    '.env',
    '.env.*',
    '!.env.example',
    '!.env.sample',
    '!.env.template',
    '*prod.env',
    '*production.env',
    '*staging.env',
    'dev.env',
    'development.env',
    'local.env',
    'secrets.env',
    '*.pem',
    '*.key',
    '*.p12',
    '*.pfx',
    '*.jks',
    '*.keystore',
    'id_rsa*',
    'id_dsa*',
    'id_ecdsa*',
    'id_ed25519*',
    '!id_*.pub',
    '.aws',
    '.ssh',
    '.npmrc',
    '.pypirc',
    '.netrc',
    '_netrc',
    'pip.conf',
    '.git-credentials',
    '.docker/config.json',
    '*.tfstate',
    '*.tfstate.*',
    '.terraform',
    '.htpasswd',
];

// EXTERNAL MODULE: ./node_modules/minimatch/dist/esm/index.js + 6 modules
var esm = __webpack_require__(5273);
;// CONCATENATED MODULE: ./src/package/tree/ignore.ts

/**
 * Compiles lines in gitignore's syntax (https://git-scm.com/docs/gitignore): `#` comments, `!`, a leading or inner `/` anchors at the
 * root, a trailing `/` means folders, `*`, `?`, `[...]`, `**`.
 */
function compileRules(lines) {
    return lines.map((line) => line.replace(/(?<!\\)\s+$/, '')).filter((line) => line !== '' && !line.startsWith('#')).map(compileRule);
}
/** The same lines as rules that bring back: for `include`. */
function includeRules(lines) {
    return compileRules(lines).map((rule) => ({ ...rule, excludes: false }));
}
/** The index of the last rule that matches the path itself, or `inherited`, its folder's, when that is later. The last one decides. */
function lastMatch(rules, path, inherited) {
    for (let index = rules.length - 1; index > inherited; index--) {
        const rule = rules[index];
        if ((path.directory || !rule.directoryOnly) && rule.matches(path.path))
            return index;
    }
    return inherited;
}
/** Whether a rule after `index` may bring back something below the excluded folder, so that it must be walked all the same. */
function mayBringBack(rules, directory, index) {
    return rules.slice(index + 1).some((rule) => !rule.excludes && rule.prefix !== ''
        && (directory === rule.prefix || rule.prefix.startsWith(`${directory}/`) || directory.startsWith(`${rule.prefix}/`)));
}
function compileRule(line) {
    const excludes = !line.startsWith('!');
    const text = (excludes ? line : line.slice(1)).replace(/^\\(?=[!#])/, '').replace(/^\.\//, '/');
    const directoryOnly = text.endsWith('/');
    const body = text.replace(/\/+$/, '');
    const anchored = body.includes('/');
    const pattern = body.replace(/^\/+/, '');
    return { text: line, excludes, directoryOnly, matches: matcher(pattern, anchored), prefix: anchored ? literalPrefix(pattern) : '' };
}
/** gitignore has neither braces nor extended globs, and its wildcards match names that begin with a dot. */
const gitignoreGlobs = { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true };
function matcher(pattern, anchored) {
    // Most rules name one file or folder: comparing texts is several times as fast, for each of thousands of paths.
    if (!anchored && !/[*?[\\]/.test(pattern))
        return (path) => path === pattern || path.endsWith(`/${pattern}`);
    const glob = new esm/* Minimatch */.VR(anchored ? pattern : `**/${pattern}`, gitignoreGlobs);
    return (path) => glob.match(path);
}
function literalPrefix(pattern) {
    const segments = pattern.split('/');
    const wild = segments.findIndex((segment) => /[*?[\\]/.test(segment));
    return (wild === -1 ? segments : segments.slice(0, wild)).join('/');
}

;// CONCATENATED MODULE: ./src/package/tree/app.ts





/** Patterns that begin with one of these speak of the dependencies, not of the app's own files. */
const dependencyPrefix = /^!?\/?(?:site-packages|node_modules)\//;
/** The rules for the app's files, the later ones stronger. */
function appRules(code, family) {
    const defaults = { python: [...pythonExcludes, ...pythonLists], node: [...nodeExcludes, ...nodeLists], other: [] }[family];
    const ignoreFile = external_node_path_default().join(code.source, '.lambdaignore');
    const ignored = isFile(ignoreFile) ? (0,external_node_fs_.readFileSync)(ignoreFile, 'utf8').split(/\r?\n/) : [];
    const own = (line) => !dependencyPrefix.test(line);
    return [
        ...compileRules([...defaultExcludes, ...defaults]),
        ...compileRules([...ignored, ...code.exclude].filter(own)),
        ...includeRules(code.include.filter(own)),
    ];
}
/** The rules for the dependencies' files: only what the user says of them, behind `site-packages/` or `node_modules/`. */
function dependencyRules(code) {
    const theirs = (lines) => lines.filter((line) => dependencyPrefix.test(line)).map((line) => line.replace(/^(!?)\/?site-packages\//, '$1/')
        .replace(/^(!?)\/?node_modules\//, '$1/node_modules/'));
    return [...compileRules(theirs(code.exclude)), ...includeRules(theirs(code.include))];
}
/** The checked-out repository: the runner names it, else it is the nearest folder with `.git`, else the source itself. */
function workspaceOf(source, env) {
    const named = env['GITHUB_WORKSPACE'];
    if (named !== undefined && named !== '' && (0,src_paths/* isInside */.FK)(named, source))
        return named;
    for (let folder = source; external_node_path_default().dirname(folder) !== folder; folder = external_node_path_default().dirname(folder)) {
        if ((0,external_node_fs_.existsSync)(external_node_path_default().join(folder, '.git')))
            return folder;
    }
    return source;
}
/** A pipe of that name would be waited for, for ever; it and a folder are told where the tree is walked. */
function isFile(file) {
    return (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

;// CONCATENATED MODULE: ./src/package/tree/entry.ts

/** The three modes a package knows: what the disk says is read for the x bit alone, so that no umask shows. */
const plainMode = 0o644;
const executableMode = 0o755;
const linkMode = 0o120777;
/** Where the user finds one of the app's own files. */
function placeOf({ owner, content }) {
    return owner === '' && content.kind === 'disk' ? { file: content.file } : undefined;
}
/** Whether the zip must read the entry's content from the disk. */
function isOnDisk(entry) {
    return entry.content.kind === 'disk' && entry.content.bytes === undefined;
}
/** The bytes that the zip stores for an entry. */
function entryBytes(entry) {
    switch (entry.content.kind) {
        case 'disk': return entry.content.bytes ?? (0,external_node_fs_.readFileSync)(entry.content.file);
        case 'bytes': return entry.content.bytes;
        case 'link': return Buffer.from(entry.content.target);
    }
}
/** Compares paths by their UTF-8 bytes: the one order that no locale changes. */
function byPath(a, b) {
    return a.path === b.path ? 0 : comparePaths(a.path, b.path);
}
/** The order of two paths by their UTF-8 bytes. */
function comparePaths(a, b) {
    // UTF-16 order equals UTF-8 order except where surrogates meet U+E000..U+FFFF, so the slow way is for those alone.
    return /[\ud800-\uffff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : 1;
}
/** Bytes after unpacking. */
function totalSize(entries) {
    return entries.reduce((sum, entry) => sum + entry.size, 0);
}

;// CONCATENATED MODULE: ./src/package/tree/walk.ts





/** Folders that are followed through links: a few links in each of a few levels would be millions. */
const mostFollowed = 1000;
/**
 * Lists what lies below `root` as entries in byte order. Nothing but names, content and the x bit is taken from the disk.
 * What a zip cannot hold (sockets, broken links, names that are no UTF-8, ...) becomes an error in `options.diagnostics`.
 */
function walk(root, options) {
    const found = [];
    let followed = 0;
    const real = (0,external_node_fs_.realpathSync)(root);
    // A link's end is a real path, so it is held against real ones.
    const workspace = realpath(options.workspace) ?? options.workspace;
    visit({ disk: external_node_path_default().resolve(root), path: '', inherited: -1, above: [real] });
    return found.sort(byPath);
    function visit(folder) {
        for (const child of (0,external_node_fs_.readdirSync)(folder.disk, { withFileTypes: true }))
            visitChild(folder, child);
    }
    function visitChild(folder, child) {
        const name = child.name;
        const disk = `${folder.disk}/${name}`;
        const relative = folder.path === '' ? name : `${folder.path}/${name}`;
        const directory = child.isDirectory();
        const match = lastMatch(options.rules, { path: relative, directory }, folder.inherited);
        const excluded = match >= 0 && options.rules[match].excludes;
        if (options.never.includes(disk) || (excluded && !directory))
            return;
        if (excluded && !mayBringBack(options.rules, relative, match))
            return;
        if (!isUtf8Name(folder.disk, name)) {
            options.diagnostics.error({
                what: `The name of ${disk} is not valid UTF-8.`, why: 'A zip for Lambda holds UTF-8 names only.',
                cure: 'Rename the file or exclude it.',
            });
        }
        else if (directory) {
            visit({ disk, path: relative, inherited: match, above: [...folder.above, external_node_path_default().join(folder.above.at(-1), name)] });
        }
        else if (child.isSymbolicLink()) {
            visitLink({ ...folder, inherited: match }, disk, relative);
        }
        else if (child.isFile()) {
            addFile(disk, relative, { stats: (0,external_node_fs_.statSync)(disk) });
        }
        else {
            refuse(disk, 'is no file, folder or link (a socket, pipe or device)', 'Delete it or add it to `exclude`.');
        }
    }
    function visitLink(folder, disk, relative) {
        const target = (0,external_node_fs_.readlinkSync)(disk);
        const resolved = realpath(disk);
        if (resolved === undefined) {
            if (target.startsWith('/opt/'))
                return addLink(relative, target);
            return refuse(disk, `is a link to ${target}, which does not exist`, 'Fix the link, or add it to `exclude`. Only a link '
                + 'to a layer\'s file below /opt/ may point to nothing.');
        }
        if (!(0,src_paths/* isInside */.FK)(real, resolved) && !(0,src_paths/* isInside */.FK)(workspace, resolved)) {
            return refuse(disk, `is a link to ${target}, which lies outside the workspace`, 'Copy the file into the source folder, '
                + 'or add the link to `exclude`.');
        }
        if (options.keepLinks && !external_node_path_default().isAbsolute(target) && (0,src_paths/* isInside */.FK)(real, resolved))
            return addLink(relative, target);
        const behind = external_node_path_default().relative(workspace, resolved);
        if (behind.split((external_node_path_default()).sep).includes('.git')) {
            return refuse(disk, `is a link to ${target}, into the repository's .git`, 'Remove the link, or add it to `exclude`. '
                + 'What git keeps there (the checkout\'s token, say) is not for a package.');
        }
        const stats = (0,external_node_fs_.statSync)(disk);
        if (!stats.isDirectory())
            return addFile(disk, relative, { stats, target: behind });
        if (++followed > mostFollowed) {
            if (followed === mostFollowed + 1)
                refuse(disk, `is one of more than ${mostFollowed} links to folders`, 'Links that lead to each other multiply what is packed: remove them, or add them to `exclude`.');
            return;
        }
        if (folder.above.includes(resolved))
            return refuse(disk, `is a link to ${target}, a folder that it lies in`, 'Remove the loop, or add the link to `exclude`.');
        visit({ disk, path: relative, inherited: folder.inherited, above: [...folder.above, resolved] });
    }
    function addFile(disk, relative, { stats, target }) {
        const mode = (stats.mode & 0o111) === 0 ? plainMode : executableMode;
        found.push({
            path: relative, mode, size: stats.size, owner: options.owner,
            content: { kind: 'disk', file: disk, ...(target === undefined ? {} : { target }) },
        });
    }
    function addLink(relative, target) {
        found.push({ path: relative, mode: linkMode, size: Buffer.byteLength(target), owner: options.owner, content: { kind: 'link', target } });
    }
    function refuse(disk, what, cure) {
        options.diagnostics.error({ what: `${disk} ${what}.`, cure, place: { file: disk }, docs: 'packaging.md#links-and-special-files' });
    }
}
/** Whether the name is what the disk has: bytes that are no UTF-8 are decoded to U+FFFD, which may also be in a name by itself. */
function isUtf8Name(folder, name) {
    return !name.includes('\ufffd') || !(0,external_node_fs_.readdirSync)(folder, { encoding: 'buffer' }).some((raw) => raw.toString() === name
        && !Buffer.from(name).equals(raw));
}
function realpath(file) {
    try {
        return (0,external_node_fs_.realpathSync)(file);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/package/assemble.ts




/** All entries of the package in byte order: the app's files and the dependencies. The app wins where both have a path. */
function assemble(assembly, options) {
    const { code, diagnostics } = assembly;
    const app = options.sources.app(code).files;
    const taken = new Map(app.map((entry) => [entry.path, entry]));
    const theirs = assembly.installed === undefined ? [] : dependencyEntries(assembly.installed, assembly);
    for (const entry of theirs) {
        const own = taken.get(entry.path);
        // An app that lists itself (`.`) brings each of its files twice.
        if (own !== undefined && !(own.size === entry.size && entryBytes(own).equals(entryBytes(entry)))) {
            diagnostics.warning({
                what: `The app's ${entry.path} takes the place of ${entry.owner}'s.`,
                why: 'Both lie at the same path of the package, and the app\'s own file wins.',
                cure: 'Rename it, if that was not meant.',
            });
        }
    }
    return [...app, ...theirs.filter((entry) => !taken.has(entry.path))].sort(byPath);
}
function dependencyEntries(installed, { code, runtime, diagnostics }) {
    const owners = new Map(distributionsOf(installed.folder).flatMap((distribution) => [...distribution.files.keys()]
        .map((file) => [file, distribution.name])));
    const entries = walk(installed.folder, {
        rules: dependencyRules(code), never: [], workspace: installed.folder, keepLinks: runtime.family !== 'python',
        owner: '?', diagnostics,
    });
    return entries.map((entry) => ({ ...entry, owner: owners.get(entry.path) ?? nodePackage(entry.path) ?? '?' }));
}
function nodePackage(place) {
    return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place)?.[1];
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(6466);
;// CONCATENATED MODULE: ./src/package/runtimes.ts


const amazonLinux2 = 26;
const amazonLinux2023 = 34;
/**
 * Lambda's runtimes and the operating system below each (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html);
 * the glibc of the two systems is aws-lambda-builders' `_RUNTIME_GLIBC`. python3.15 and nodejs26.x stand in the public model of the API
 * (botocore, lambda 2015-03-31, enum Runtime); that they run on Amazon Linux 2023 as those before them is unverified.
 */
const pythons = new Map([
    [9, amazonLinux2], [10, amazonLinux2], [11, amazonLinux2], [12, amazonLinux2023], [13, amazonLinux2023],
    [14, amazonLinux2023], [15, amazonLinux2023],
]);
const nodes = new Map([[18, amazonLinux2], [20, amazonLinux2023], [22, amazonLinux2023], [24, amazonLinux2023], [26, amazonLinux2023]]);
/** Reads a runtime's name; a name of a known family that is not in the table gets the facts of its neighbours, and `known` is false. */
function runtimeNamed(name) {
    const python = /^python3\.(\d+)$/.exec(name);
    if (python !== null) {
        const minor = Number(python[1]);
        return {
            family: 'python', name, minor, glibc: pythons.get(minor) ?? (minor < 9 ? amazonLinux2 : amazonLinux2023),
            known: pythons.has(minor),
        };
    }
    const node = /^nodejs(\d+)\.x$/.exec(name);
    if (node !== null) {
        const major = Number(node[1]);
        const glibc = nodes.get(major) ?? (major < 18 ? amazonLinux2 : amazonLinux2023);
        return { family: 'node', name, major, glibc, known: nodes.has(major) };
    }
    return { family: 'other', name, glibc: /al2$|^java(?:8|11|17)$|^ruby3\.2$/.test(name) ? amazonLinux2 : amazonLinux2023, known: true };
}
/** Machine names as the different tools write them. */
const machines = {
    // ELF machine numbers: EM_X86_64 and EM_AARCH64 of the generic ABI.
    x86_64: { wheel: 'x86_64', node: 'x64', elf: 62 },
    arm64: { wheel: 'aarch64', node: 'arm64', elf: 183 },
};
/** The glibc minors that uv has a name for (`uv pip install --help`, --python-platform). */
const uvMinors = [17, 28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40];
/**
 * Every platform tag whose wheels run on the target, newest first. pip takes a `--platform` literally (pip issue 10760), so a list with
 * manylinux2014 alone misses wheels tagged manylinux_2_28 only; each minor must be named (PEP 600). There are as many lists, to be tried
 * in this order, as uv has names for the target: both shall choose the same wheels.
 */
function wheelPlatforms(runtime, architecture) {
    const lower = uvMinors.findLast((minor) => minor <= runtime.glibc) ?? runtime.glibc;
    return [...new Set([lower, runtime.glibc])].map((glibc) => tagsUpTo(glibc, architecture));
}
function tagsUpTo(glibc, architecture) {
    const machine = machines[architecture].wheel;
    const oldest = machine === 'x86_64' ? 5 : 17;
    const legacy = new Map(machine === 'x86_64' ? [[17, 'manylinux2014'], [12, 'manylinux2010'], [5, 'manylinux1']] : [[17, 'manylinux2014']]);
    const minors = Array.from({ length: glibc - oldest + 1 }, (_, index) => glibc - index);
    return [...minors.flatMap((minor) => {
            const old = legacy.get(minor);
            return [`manylinux_2_${minor}_${machine}`, ...(old === undefined ? [] : [`${old}_${machine}`])];
        }), `linux_${machine}`];
}
/**
 * uv's names of the target, to be tried in this order. It has none for Amazon Linux 2's 2.26: the next lower one misses wheels that would
 * run (manylinux_2_24), so the next higher one follows, and what comes of it is held against the true glibc file by file.
 */
function uvPlatforms(runtime, architecture) {
    const lower = uvMinors.filter((minor) => minor <= runtime.glibc).slice(-1);
    const higher = lower[0] === runtime.glibc ? [] : uvMinors.filter((minor) => minor > runtime.glibc).slice(0, 1);
    return [...lower, ...higher].map((minor) => `${machines[architecture].wheel}-manylinux_2_${minor}`);
}
/**
 * The runtime of a function's code. Where the function exists and nobody named its runtime, the handler's file tells the family; then the
 * newest runtime of the table stands for it, which matters only where dependencies are installed.
 */
function runtimeOf(code) {
    if (code.runtime !== undefined)
        return runtimeNamed(code.runtime);
    const module = external_node_path_default().join(code.source, code.handler.replace(/\.[^./]*$/, ''));
    const node = ['.js', '.mjs', '.cjs'].some((suffix) => (0,external_node_fs_.existsSync)(module + suffix)) && !(0,external_node_fs_.existsSync)(`${module}.py`);
    return runtimeNamed(node ? `nodejs${Math.max(...nodes.keys())}.x` : `python3.${Math.max(...pythons.keys())}`);
}

;// CONCATENATED MODULE: ./src/package/install/dependency-source.ts
/** Whether a file lists what Node's installers install. */
function isForNode(kind) {
    return nodeKinds.has(kind);
}
const nodeKinds = new Set(['npm', 'pnpm', 'yarn', 'bun', 'package']);

;// CONCATENATED MODULE: ./src/package/install/cache.ts


/** Kept this long after the last use; what runs still need is used more often. */
const keptFor = 30 * 24 * 3600 * 1000;
const scratchKeptFor = 24 * 3600 * 1000;
const scratch = new Set();
/** A scratch folder on the cache's own disk, so that finished work can be moved into place in one step. It goes when `work` ends. */
async function withScratch(cacheDir, work) {
    const parent = external_node_path_default().join(cacheDir, 'tmp');
    (0,external_node_fs_.mkdirSync)(parent, { recursive: true });
    // Installers build sources in here: nobody else on the machine may look on.
    const folder = (0,external_node_fs_.mkdtempSync)(external_node_path_default().join(parent, 'job-'));
    scratch.add(folder);
    try {
        return await work(folder);
    }
    finally {
        scratch.delete(folder);
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
    }
}
/** Removes the scratch folders of work that is given up and will not come to its end. */
function removeScratch() {
    for (const folder of scratch)
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
const running = new Map();
/** Runs `work` once per key at a time: functions that share an install wait for the one that runs. */
function shared(key, work) {
    const known = running.get(key);
    if (known !== undefined)
        return known;
    const started = work().finally(() => running.delete(key));
    running.set(key, started);
    return started;
}
/** Notes that a cached thing was used. */
function touch(file) {
    const now = new Date();
    (0,external_node_fs_.utimesSync)(file, now, now);
}
/** Removes what has not been used for long, so that a cache that is saved and restored forever does not grow forever. */
function prune(cacheDir) {
    for (const [folder, kept] of [['dependencies', keptFor], ['zips', keptFor], ['tmp', scratchKeptFor]]) {
        for (const name of list(external_node_path_default().join(cacheDir, folder))) {
            const item = external_node_path_default().join(cacheDir, folder, name);
            if (Date.now() - ((0,external_node_fs_.statSync)(item, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > kept)
                (0,external_node_fs_.rmSync)(item, {
                    recursive: true, force: true,
                });
        }
    }
}
function list(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./src/package/install/pip-config.ts


/** Where pip looks for its settings, the weakest first (https://pip.pypa.io/en/stable/topics/configuration/#location). */
function pipConfigFiles(env) {
    const named = env['PIP_CONFIG_FILE'];
    if (named === '/dev/null')
        return [];
    const home = env['HOME'] ?? '/';
    const shared = (env['XDG_CONFIG_DIRS'] ?? '/etc/xdg').split(':').map((folder) => external_node_path_default().join(folder, 'pip', 'pip.conf'));
    return [
        ...shared, '/etc/pip.conf', external_node_path_default().join(home, '.pip', 'pip.conf'),
        external_node_path_default().join(env['XDG_CONFIG_HOME'] ?? external_node_path_default().join(home, '.config'), 'pip', 'pip.conf'),
        ...(named === undefined ? [] : [named]),
    ];
}
/** What pip's files say for installs, by option (`extra-index-url`); lines of one value are joined by spaces. The later file wins. */
function readPipConfig(env) {
    const values = new Map();
    for (const file of pipConfigFiles(env).filter((candidate) => (0,external_node_fs_.existsSync)(candidate))) {
        const sections = sectionsOf((0,external_node_fs_.readFileSync)(file, 'utf8'));
        // A command's own section is stronger than the one for all commands.
        for (const name of ['global', 'install'])
            for (const [key, value] of sections.get(name) ?? [])
                values.set(key, value);
    }
    return values;
}
/** Python's configparser, as far as pip uses it: `key = value` or `key: value`, and indented lines that go on with the value. */
function sectionsOf(text) {
    const sections = new Map();
    let [section, key] = [new Map(), ''];
    for (const line of text.split(/\r?\n/)) {
        const heading = /^\[(.+)\]\s*$/.exec(line)?.[1];
        const pair = /^([^\s=:#;][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line);
        if (heading !== undefined)
            sections.set(heading, section = sections.get(heading) ?? new Map());
        else if (pair !== null)
            section.set(key = pair[1].toLowerCase().replaceAll('_', '-'), pair[2]);
        else if (/^\s+[^\s#;]/.test(line) && key !== '')
            section.set(key, `${section.get(key) ?? ''} ${line.trim()}`.trim());
    }
    return sections;
}

;// CONCATENATED MODULE: ./src/package/install/credentials.ts



/** The variables with which the installers are told of indexes. */
const urlVariables = new RegExp(`^(?:${[
    'PIP_(?:EXTRA_)?INDEX_URL|PIP_FIND_LINKS|PIP_PROXY',
    'UV_(?:EXTRA_|DEFAULT_)?INDEX(?:_URL)?|UV_FIND_LINKS',
    'npm_config_registry',
    'HTTPS?_PROXY|https?_proxy|ALL_PROXY|all_proxy',
].join('|')})$`);
const passwordVariables = /^(?:UV_INDEX_.+_PASSWORD|POETRY_HTTP_BASIC_.+_PASSWORD|POETRY_PYPI_TOKEN_.+|NODE_AUTH_TOKEN|NPM_TOKEN)$/;
/** A mask of three letters would blot out half the log. */
const shortest = 4;
/** What stands for a credential in a text of ours. */
const credentials_hidden = '***';
/**
 * Hides the credentials of private indexes before an installer runs: whole URLs and their parts, as written and decoded, because installers
 * print a user with an empty password (a token) openly (pip issue 9973), and the URL of a direct requirement whole. Answers a function that
 * takes them out of a text, for places that the runner does not scrub (a comment on a pull request).
 * `texts` are lines that may hold URLs; `files` are settings of tools, read where they exist.
 */
function hideCredentials(given, progress) {
    const secrets = [...new Set([
            ...Object.entries(given.env).flatMap(([name, value = '']) => urlVariables.test(name)
                ? inUrls(value)
                : passwordVariables.test(name) ? [value] : []),
            ...given.texts.flatMap(inUrls),
            ...given.files.filter((file) => (0,external_node_fs_.existsSync)(file)).flatMap((file) => inFile(file, given.env)),
        ])].filter((secret) => secret.length >= shortest).sort((a, b) => b.length - a.length);
    for (const secret of secrets)
        progress.mask(secret);
    return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, credentials_hidden), text);
}
/** Where Python's installers keep credentials, apart from the environment and the requirements. */
function pythonCredentialFiles(env) {
    const home = env['HOME'] ?? '/';
    const config = env['XDG_CONFIG_HOME'] ?? external_node_path_default().join(home, '.config');
    return [...pipConfigFiles(env), env['NETRC'] ?? external_node_path_default().join(home, '.netrc'), env['UV_CONFIG_FILE'] ?? external_node_path_default().join(config, 'uv', 'uv.toml')];
}
/** Where the installers of Node's packages keep credentials; `folders` are the project's. */
function nodeCredentialFiles(env, folders) {
    const user = env['NPM_CONFIG_USERCONFIG'] ?? env['npm_config_userconfig'] ?? external_node_path_default().join(env['HOME'] ?? '/', '.npmrc');
    const home = env['HOME'] ?? '/';
    const names = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml'];
    return [
        user, ...['.yarnrc', '.yarnrc.yml', '.bunfig.toml'].map((name) => external_node_path_default().join(home, name)),
        ...folders.flatMap((folder) => names.map((name) => external_node_path_default().join(folder, name))),
    ];
}
function inFile(file, env) {
    const text = (0,external_node_fs_.readFileSync)(file, 'utf8').replace(/\$\{?([A-Za-z_]\w*)\??\}?/g, (whole, name) => env[name] ?? whole);
    if (/netrc$/.test(file))
        return [...text.matchAll(/\bpassword\s+(\S+)/g)].map((match) => match[1]);
    const token = /(?::?_(?:authToken|auth|password)\s*=|\bnpmAuth(?:Token|Ident)["']?\s*:|\b(?:token|password)\s*=)\s*["']?([^\s"']+)/g;
    const tokens = [...text.matchAll(token)].map((match) => match[1]);
    // npm keeps `_auth` and `_password` in base64, and sends user and password together in base64, which a registry may echo.
    const plain = tokens.map((token) => Buffer.from(token, 'base64').toString('utf8')).filter((each) => /^[\x20-\x7e]+$/.test(each));
    const users = [...text.matchAll(/:?\busername\s*=\s*"?([^\s"]+)/g)].map((match) => match[1]);
    return [
        ...inUrls(text), ...tokens, ...plain,
        ...users.flatMap((user) => [...tokens, ...plain].map((password) => basic(`${user}:${password}`))),
    ];
}
/** The credentials in a text's URLs: the URL, its user with the password, the password (a lone user is a token), raw and decoded. */
function inUrls(text) {
    return [...text.matchAll(/[a-z][a-z0-9+.-]*:\/\/([^/\s]+)@[^\s"',;]+/gi)].flatMap(([url, userinfo]) => {
        const [user = '', ...password] = userinfo.split(':');
        // The user of an SSH URL is no secret.
        if (password.length === 0 && /^(?:git\+)?ssh:/i.test(url))
            return [];
        const secret = password.join(':') === '' ? user : password.join(':');
        return [...[url, userinfo, secret].flatMap((part) => [part, decoded(part)]), basic(decoded(userinfo))];
    });
}
/** As the header of a request bears it (`Authorization: Basic ...`, RFC 7617). */
function basic(userinfo) {
    return Buffer.from(userinfo).toString('base64');
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./src/package/install/missing.ts
const named = '([A-Za-z0-9._-]+(?:\\[[^\\]]*\\])?(?:\\{[^}]*\\})?(?:[=<>!~][^\\s]*)?)';
/**
 * uv's sentences (0.13), the strongest first: of several in one derivation the later ones follow from them. That a version is missing is
 * said only where the same package is asked for in the same breath: else it is a conflict.
 */
const saidByUv = [
    ['name', new RegExp(`because ${named} was not found in (?:the package registry|the provided package locations)`, 'i')],
    ['wheel', new RegExp(`because (?:only |all versions of )?${named} (?:has|have) no (?:usable )?wheels`, 'i')],
    ['wheel', new RegExp(`because (?:only )?the following versions of ${named}[^\\n]*have no usable wheels`, 'i')],
    ['wheel', /Distribution `([^`]+)`[^\n]*no (?:source distribution|wheel)/],
    ['version', new RegExp(`because there (?:is|are) no versions? of ${named}`, 'i')],
    [
        'version',
        /because only [A-Za-z0-9._-]+\S* (?:is|are) available and (?:you require|\S+ depends on) ([A-Za-z0-9._-]+\S*?),? we can conclude/i,
    ],
];
/** pip 22.2 to 25: one sentence for all cases. */
const saidByPip = /No matching distribution found for ([^\s(;]+)/;
/** What of the wanted packages is missing, where that is why an installer failed. */
function missingOf({ stderr, log = '' }) {
    const [lacks, pattern] = saidByUv.find(([, candidate]) => candidate.test(stderr)) ?? [];
    const requirement = (pattern ?? saidByPip).exec(stderr)?.[1];
    if (requirement === undefined)
        return undefined;
    const name = /^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement;
    const missing = { requirement, name, lacks: lacks ?? lackingInLog(requirement, name, log) };
    // Of a version that does not exist it says nothing for which system another one was made.
    return missing.lacks === 'version' ? missing : { ...missing, only: onlySystem(platformsIn({ stderr, log }, name)) };
}
/** The platforms that there are files for: uv hints at them, pip's log has the files. A source archive is for all. */
function platformsIn({ stderr, log }, name) {
    if (/building from source is disabled/.test(stderr))
        return [];
    const hint = /Wheels are available for `[^`]+` \([^)]*\) on the following platforms?: ([^\n]+)/.exec(stderr)?.[1];
    if (hint !== undefined)
        return [...hint.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
    return [...log.matchAll(fileOf(name))].map(([file]) => /-([^-\s]+)\.whl$/.exec(file)?.[1] ?? 'any');
}
function onlySystem(platforms) {
    if (platforms.length === 0)
        return undefined;
    if (platforms.every((each) => each.startsWith('win')))
        return 'Windows';
    return platforms.every((each) => each.startsWith('macosx')) ? 'macOS' : undefined;
}
/** pip's log names every file that an index or a folder has of a package, those that do not fit with the reason. */
function lackingInLog(requirement, name, log) {
    const versions = versionsIn(log, name);
    if (versions.length === 0)
        return log === '' ? 'either' : 'name';
    const specifier = requirement.slice(name.length).replace(/^\[[^\]]*\]/, '');
    if (specifier === '')
        return 'wheel';
    const exact = /^===?([^,*]+)$/.exec(specifier)?.[1];
    if (exact === undefined)
        return 'either';
    return versions.includes(plain(exact)) ? 'wheel' : 'version';
}
function versionsIn(log, name) {
    return [...log.matchAll(fileOf(name))].map((match) => plain(match[1].replace('%2B', '+').replace(/-\d+$/, '')));
}
/** A file of a distribution in a URL. */
function fileOf(name) {
    const spelled = name.split(/[-_.]+/).join('[-_.]+');
    const ending = '(?:-[^/\\s-]+-[^/\\s-]+-[^/\\s-]+\\.whl|\\.tar\\.\\w+|\\.tgz|\\.zip)';
    return new RegExp(`/${spelled}-(v?\\d[^/\\s]*?)${ending}(?=[#\\s]|$)`, 'gim');
}
/** Equal for equal versions (PEP 440), as far as indexes and lists write them differently: `1.0` and `1.0.0`, `1.0rc1` and `1.0.rc1`. */
function plain(version) {
    return version.toLowerCase().replace(/^v/, '').replace(/[-_.](?=[a-z])/g, '').replace(/(?:\.0+)+(?=$|\+|[a-z])/, '');
}

;// CONCATENATED MODULE: ./src/package/install/failure-signs.ts

/** What pip, uv, npm and git say of an index that does not answer as one. */
const network = new RegExp([
    'Temporary failure in name resolution|Name or service not known|Could not resolve host|dns error',
    'Connection (?:refused|reset|aborted|timed out)|Failed to connect to|tcp connect error|error sending request|NewConnectionError',
    'Read timed out|ReadTimeoutError|ConnectTimeout|operation timed out|Max retries exceeded',
    '(?:429|5\\d\\d) (?:(?:Server|Client) Error|Internal Server Error|Too Many Requests|Bad Gateway|Service Unavailable|Gateway)',
    'status (?:code|server error)[ (]+(?:429|5\\d\\d)',
    'ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|UnknownIssuer',
].join('|'), 'i');
/** Node's own names, as they are written: names of Python's errors may hold the same letters. */
const networkCodes = /\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL)\b/;
/** What pip and uv say when the code of a package that they build has failed. */
const buildFailure = new RegExp([
    'Failed to build |build backend returned an error|Call to `[^`]+` failed',
    'subprocess-exited-with-error|metadata-generation-failed|Failed building wheel|did not run successfully',
].join('|'));
/** What uv says where it has no Python and gets none. */
const noPython = /No interpreter found|[Ff]ailed to (?:install|download|extract|fetch)[^\n]*\bc?python-3|python-build-standalone/;
/** The build has not begun: what it needs itself could not be had. */
const buildNeeds = /build-system\.requires|install build dependencies/;
/** pip runs git as it runs a build, and tells of its failure in the same words. */
const gitFailure = /× git (?:clone|fetch|checkout|ls-remote|submodule|rev-parse)\b.* did not run successfully/;
/** What pip, uv, npm and git say of an index that wants other credentials. */
const refused = new RegExp([
    '\\b40[13] (?:Client Error|Unauthorized|Forbidden)|error 40[13] while|status code 40[13]|\\bE40[13]\\b|ERR_PNPM_FETCH_40[13]',
    '\\bGET \\S+ - 40[13]\\b|Invalid authentication',
    'Unauthorized|lack of valid authentication|requested URL returned error: 40[13]|Authentication failed',
    'could not read (?:Username|Password)',
].join('|'), 'i');
/** Whether an installer failed because the index could not be reached, so that another try may help. */
function isNetworkFailure(ran) {
    return !isBuildFailure(ran) && (network.test(ran.stderr) || networkCodes.test(ran.stderr));
}
/** Whether it failed in the code of a package that it built, whatever that code says. */
function isBuildFailure({ stderr }) {
    return buildFailure.test(stderr) && !buildNeeds.test(stderr) && !gitFailure.test(stderr) && !isRefusedBuild({ stderr });
}
/** Whether it failed because the index has no wheel for the target, or may have none. */
function isMissingWheel(ran) {
    return ['wheel', 'either'].includes(missingOf(ran)?.lacks ?? '');
}
/** Whether uv stopped at a source that it was not allowed to build. */
function isRefusedBuild({ stderr }) {
    return /Building source distributions(?: for `[^`]+`)? is disabled/.test(stderr);
}
/** Whether uv had no Python to work with. */
function lacksPython({ stderr }) {
    return noPython.test(stderr);
}
/** ` https://host/simple/`, as far as the text names what was asked; user and password left out. */
function refusing(text) {
    const line = text.split('\n').find((each) => refused.test(each) && /https?:\/\//.test(each));
    const url = /https?:\/\/[^\s)`'"]+/.exec(line ?? '')?.[0].replace(/\/\/[^/]*@/, '//').replace(/[:,.]+$/, '');
    return url === undefined ? '' : ` ${url}`;
}
/** Whether it failed because of credentials. */
function isRefusal(text) {
    return refused.test(text);
}

;// CONCATENATED MODULE: ./src/package/install/installer-env.ts



/** Variables that would turn an installer away from what it is told, and files through which a step speaks to the runner. */
const pipSettings = [
    'USER|TARGET|PREFIX|ROOT|REQUIRE_VIRTUALENV|NO_BINARY|ONLY_BINARY|REQUIREMENT|CONSTRAINT|PLATFORM|PYTHON|PYTHON_VERSION',
    'ABI|IMPLEMENTATION|EDITABLE|DRY_RUN|REPORT|NO_DEPS|CONFIG_SETTINGS|QUIET|VERBOSE|LOG',
].join('|');
const uvSettings = [
    'PYTHON|TARGET|PREFIX|NO_BINARY|NO_BUILD|NO_BINARY_PACKAGE|NO_BUILD_PACKAGE|REQUIRE_HASHES|CONSTRAINT|OVERRIDE',
    'COMPILE_BYTECODE|LINK_MODE|PROJECT|WORKING_DIR(?:ECTORY)?|RESOLUTION|PRERELEASE|PROJECT_ENVIRONMENT',
].join('|');
const withheld = [
    /^GITHUB_(?:ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/,
    new RegExp(`^PIP_(?:${pipSettings})$`),
    /^PYTHON(?:PATH|HOME|STARTUP|USERBASE|OPTIMIZE|DONTWRITEBYTECODE|HASHSEED)$/,
    /^VIRTUAL_ENV$/,
    new RegExp(`^UV_(?:${uvSettings})$`),
    /^npm_(?:config_(?:omit|include|os|cpu|libc|global|prefix|production|only|dry_run)|lifecycle|package|command|execpath)/i,
    /^NODE_(?:OPTIONS|ENV|PATH)$/,
    /^YARN_(?:PRODUCTION|NODE_LINKER|NM_\w+|MODULES_FOLDER|(?:LOCKFILE|RC)_FILENAME|FROZEN_LOCKFILE|ENABLE_(?:IMMUTABLE_INSTALLS|SCRIPTS))$/,
];
/**
 * The step's secrets. Packages run code of strangers while they are installed, and that has no business in the account or the
 * repository.
 */
const aws = /^AWS_(?!(?:DEFAULT_)?REGION$|CA_BUNDLE$|EC2_METADATA_DISABLED$)/;
const github = /^(?:GITHUB|GH)_(?:ENTERPRISE_)?TOKEN$/;
const runner = /^(?:INPUT|STATE|ACTIONS)_/;
/** The installers' own settings, in which a variable may be named, too. */
const settings = /^(?:PIP|UV|POETRY|PDM|PIPENV|npm_config|pnpm_config|YARN|BUN|GIT)_/i;
/** What every program needs, or the runner tells everyone: no secret, also where a function takes it. */
const common = new RegExp([
    '^(?:PATH|HOME|USER|SHELL|LANG|TZ|TMPDIR|TEMP|TMP|CI|NETRC|NODE_AUTH_TOKEN|pythonLocation)$',
    '^(?:REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$',
    '^(?:LC|XDG|SSL|SSH|PYENV|RUNNER|GITHUB)_|_PROXY$',
].join('|'), 'i');
/**
 * Programs that are asked for an index's or a repository's credentials, and that may need those of the account (CodeArtifact,
 * CodeCommit) or of gh.
 */
const asksKeyring = /keyring[-_]provider\s*[=:]\s*["']?(?:subprocess|import)\b|(?:^|:)tokenHelper\s*=/im;
const asksAws = /\baws(?:\.exe)? codecommit\b/;
const asksGh = /\bgh(?:\.exe)? auth git-credential\b|(?:^|:)tokenHelper\s*=/m;
/**
 * The environment for an installer: the step's own (proxies, index settings, credentials for private indexes) without what is withheld.
 * A secret passes where the user's settings name it, or a program of theirs needs it.
 */
function installerEnv(env, { texts = [], secrets = [] } = {}) {
    const all = [...texts, ...Object.entries(env).flatMap(([name, value = '']) => settings.test(name) ? [`${name}=${value}`] : [])].join('\n');
    const named = new Set([...all.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1]));
    const keepsAws = asksKeyring.test(all) || asksAws.test(all);
    const isSecret = (name) => aws.test(name) && !keepsAws || github.test(name) && !asksGh.test(all) || runner.test(name)
        || secrets.includes(name) && !aws.test(name) && !settings.test(name) && !common.test(name);
    return {
        ...Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.some((pattern) => pattern.test(name))
            && (named.has(name) || !isSecret(name)))),
        // Messages that we read must not depend on the runner's language; UTF-8 for file names.
        LC_ALL: 'C.UTF-8', PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8', PYTHONNOUSERSITE: '1',
        // Nobody sits there to be asked for a password.
        GIT_TERMINAL_PROMPT: '0',
    };
}
/** What the user's settings for Python's installers say. */
function pythonSettings(env, files = []) {
    return contents([...pythonCredentialFiles(env), ...gitSettings(env), ...files]);
}
/** What the user's settings for the installers of Node's packages say; `folders` are the project's. */
function nodeSettings(env, folders) {
    return contents([
        ...nodeCredentialFiles(env, folders), ...gitSettings(env),
        ...folders.flatMap((folder) => ['.pnpmfile.cjs', 'pnpm-workspace.yaml'].map((name) => external_node_path_default().join(folder, name))),
    ]);
}
function gitSettings(env) {
    const home = env['HOME'] ?? '/';
    return [
        env['GIT_CONFIG_GLOBAL'] ?? external_node_path_default().join(home, '.gitconfig'),
        external_node_path_default().join(env['XDG_CONFIG_HOME'] ?? external_node_path_default().join(home, '.config'), 'git', 'config'),
    ];
}
function contents(files) {
    return files.filter((file) => (0,external_node_fs_.existsSync)(file)).map((file) => (0,external_node_fs_.readFileSync)(file, 'utf8'));
}

;// CONCATENATED MODULE: ./src/package/install/node-args.ts

/** The arguments with which a tool installs what a lock pins, for the target. */
function installArgs({ kind, version }, target) {
    const left = runsScripts(target.architecture) ? [] : ['--ignore-scripts'];
    switch (kind) {
        case 'npm': return [...npmArgs(target), ...left];
        case 'pnpm': return [...pnpmArgs(target, takesMachine(version)), ...left];
        case 'yarn classic': return [...classicArgs, ...left];
        // What else it must know stands in its settings (node-narrow.ts).
        case 'yarn': return ['install'];
        case 'bun': return [...bunArgs(target), ...left];
    }
}
function npmArgs({ architecture, member }) {
    return [
        'ci',
        '--omit=dev',
        '--include=optional',
        '--os=linux',
        `--cpu=${machines[architecture].node}`,
        '--libc=glibc',
        '--no-audit',
        '--no-fund',
        '--no-update-notifier',
        ...(member === '' ? [] : [`--workspace=${member}`]),
    ];
}
/** Whether this pnpm is told the machine by options, which came with 10.14 (pnpm/pnpm, changelog); an older one reads it in a manifest. */
function takesMachine(version) {
    const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
    return version === undefined || major > 10 || (major === 10 && minor >= 14);
}
/** The hoisted layout has plain folders, as npm makes them: pnpm's own is links into a store of its own. */
function pnpmArgs({ architecture, member }, machine) {
    // The member with the workspace's packages that it needs, and not what the others need.
    return [
        ...(member === '' ? [] : [`--filter={${member}}...`]),
        'install',
        '--prod',
        '--frozen-lockfile',
        '--config.node-linker=hoisted',
        '--config.package-import-method=copy',
        '--config.confirm-modules-purge=false',
        ...(machine ? ['--os=linux', `--cpu=${machines[architecture].node}`, '--libc=glibc'] : []),
        '--reporter=append-only',
    ];
}
/** Install scripts build for the machine they run on, so they run only where that is the target. */
function runsScripts(architecture) {
    return process.platform === 'linux' && process.arch === machines[architecture].node;
}
/** It knows no other machine than its own: it takes the packages of all, and what is foreign goes afterwards. */
const classicArgs = ['install', '--non-interactive', '--no-progress', '--ignore-engines', '--ignore-platform'];
function bunArgs({ architecture }) {
    return ['install', '--os=linux', `--cpu=${machines[architecture].node}`, '--linker=hoisted', '--backend=copyfile'];
}

;// CONCATENATED MODULE: ./src/package/install/node-frozen.ts



/**
 * Throws a UserError where the tool had to choose a version that the user's lock does not have. Yarn and bun are shown a part of the
 * workspace alone, so they may take entries out of the lock, and their own check (`--frozen-lockfile`) would refuse that.
 */
function checkFrozen({ file, kind }, root) {
    if (kind !== 'yarn' && kind !== 'bun')
        return;
    const known = pinnedIn(file);
    const added = [...pinnedIn(external_node_path_default().join(root, external_node_path_default().basename(file)))].filter((each) => !known.has(each));
    if (added.length === 0)
        return;
    throw new errors/* UserError */.yo({
        what: `${external_node_path_default().basename(file)} does not fit package.json: it lacks ${added.slice(0, 5).join(', ')}.`,
        cure: `Run \`${kind} install\` and commit the lock.`, docs: 'packaging.md#node', place: { file },
    });
}
/** `name@version` of all that a lock pins; its own workspace left out. */
function pinnedIn(file) {
    const text = (0,external_node_fs_.readFileSync)(file, 'utf8').replace(/\r\n/g, '\n');
    const form = external_node_path_default().basename(file) === 'bun.lock' ? /^ {4}"[^"]+": \["([^"]+)"/gm : /^ {2}resolution: "([^"]+?)(?:::[^"]*)?"/gm;
    const pinned = [...text.matchAll(form)].map((match) => match[1]);
    const classic = text.matchAll(/^"?((?:@[^/\n]+\/)?[^@\n]+)@[^\n]*:\n {2}version "([^"]+)"/gm);
    return new Set([...pinned, ...[...classic].map(([, name, version]) => `${name ?? ''}@${version ?? ''}`)].filter(isOutside));
}
function isOutside(resolution) {
    return !/@(?:workspace|link|portal|file|root):/.test(resolution);
}

;// CONCATENATED MODULE: ./src/package/install/copy-folder.ts




/**
 * Copies a folder of the user's own. A link inside it stays one; what a link out of it leads to is copied in its place, because from the
 * copy it would lead to nothing.
 */
function copyFolder({ from, to, rules, workspace }) {
    (0,external_node_fs_.mkdirSync)(to, { recursive: true });
    const entries = walk(from, { rules, never: [], workspace, keepLinks: true, owner: '', diagnostics: new src_diagnostics/* Diagnostics */.rE() });
    for (const { path: name, content } of entries) {
        const place = external_node_path_default().join(to, name);
        (0,external_node_fs_.mkdirSync)(external_node_path_default().dirname(place), { recursive: true });
        if (content.kind === 'disk')
            (0,external_node_fs_.copyFileSync)(content.file, place);
        else if (content.kind === 'link')
            (0,external_node_fs_.symlinkSync)(content.target, place);
    }
}

;// CONCATENATED MODULE: ./src/package/install/node-modules.ts



/** Installers' own notes: dates, paths, and links to command line tools; and caches of tools. */
const node_modules_notes = new Set([
    '.bin',
    '.package-lock.json',
    '.modules.yaml',
    '.cache',
    '.pnpm',
    '.pnpm-workspace-state-v1.json',
    '.pnpm-workspace-state.json',
    '.yarn-integrity',
    '.yarn-state.yml',
    '.store',
    '.vite',
    '.vite-temp',
    '.vitest',
]);
/**
 * Copies what was installed into one `node_modules`: the root's, then the workspace member's own, links to the repository's folders
 * followed where these come along, and what code generators have put there. Answers `name==version` of each package, sorted.
 */
function collectModules({ root, project, linked, into, own, workspace }, diagnostics) {
    const shipped = new Set(linked.map((folder) => (0,external_node_fs_.realpathSync)(folder)));
    const installed = [...new Set([external_node_path_default().join(root, 'node_modules'), external_node_path_default().join(project, 'node_modules')])];
    for (const folder of installed) {
        for (const name of packagesIn(folder))
            copyPackage(external_node_path_default().join(folder, name), name, { shipped, into, diagnostics });
    }
    // What the user's own step has generated comes after what an install script has, which is often a stub.
    for (const folder of [...installed, ...own])
        for (const name of generatedIn(folder))
            copyFolder({ from: external_node_path_default().join(folder, name), to: external_node_path_default().join(into, name), rules: [], workspace });
    return resolvedIn(into);
}
/** `name==version` of each package in a `node_modules`, sorted. */
function resolvedIn(folder) {
    return packagesIn(folder).map((name) => `${name}==${versionOf(external_node_path_default().join(folder, name)) ?? '?'}`).sort();
}
function copyPackage(from, name, { shipped, into, diagnostics }) {
    const to = external_node_path_default().join(into, name);
    const link = (0,external_node_fs_.lstatSync)(from).isSymbolicLink();
    // The app is a member of its own workspace, and lies at the package's root already; other members are not asked for.
    if (link && !shipped.has((0,external_node_fs_.realpathSync)(from)))
        return;
    if ((0,external_node_fs_.existsSync)(to)) {
        if (versionOf(to) !== versionOf(from)) {
            diagnostics.error({
                what: `The workspace has ${name} ${versionOf(to) ?? ''} at its root and ${versionOf(from) ?? ''} in the app.`,
                why: 'A package for Lambda has one node_modules, and libraries at its root need theirs.',
                cure: 'Ask for one version in the whole workspace, or bundle the app (esbuild, rollup) and deploy the bundle.',
                docs: 'packaging.md#node',
            });
        }
        (0,external_node_fs_.rmSync)(to, { recursive: true, force: true });
    }
    copyTree(link ? (0,external_node_fs_.realpathSync)(from) : from, to);
}
function copyTree(from, to) {
    (0,external_node_fs_.mkdirSync)(external_node_path_default().dirname(to), { recursive: true });
    const isNote = (file) => external_node_path_default().basename(external_node_path_default().dirname(file)) === 'node_modules' && node_modules_notes.has(external_node_path_default().basename(file));
    (0,external_node_fs_.cpSync)(from, to, { recursive: true, force: true, verbatimSymlinks: true, filter: (file) => !isNote(file) });
}
/** Names of the packages in a `node_modules`, scopes opened. */
function packagesIn(folder) {
    if (!(0,external_node_fs_.existsSync)(folder))
        return [];
    return (0,external_node_fs_.readdirSync)(folder).filter((name) => !name.startsWith('.')).flatMap((name) => name.startsWith('@') ? (0,external_node_fs_.readdirSync)(external_node_path_default().join(folder, name)).map((inner) => `${name}/${inner}`) : [name]);
}
/** Folders whose name begins with a dot and that hold code: what generators write for their library, as `prisma generate` does. */
function generatedIn(folder) {
    if (!(0,external_node_fs_.existsSync)(folder))
        return [];
    const dotted = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.startsWith('.') && !node_modules_notes.has(entry.name));
    return dotted
        .map(({ name }) => name)
        .filter((name) => [name, ...(0,external_node_fs_.readdirSync)(external_node_path_default().join(folder, name)).map((inner) => `${name}/${inner}`)].some((each) => holdsCode(external_node_path_default().join(folder, each))));
}
function holdsCode(folder) {
    return ['package.json', 'index.js', 'index.mjs', 'index.cjs'].some((name) => (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, name)));
}
function versionOf(folder) {
    const manifest = external_node_path_default().join(folder, 'package.json');
    return (0,external_node_fs_.existsSync)(manifest) ? JSON.parse((0,external_node_fs_.readFileSync)(manifest, 'utf8')).version : undefined;
}

;// CONCATENATED MODULE: ./src/package/install/node-foreign.ts




/**
 * Removes the packages that say by `os`, `cpu` or `libc` that they are for other machines: Yarn 1 and bun know no libc, and Yarn 1 has to
 * take those of all machines (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os).
 */
function dropForeign(modules, architecture) {
    for (const name of packagesIn(modules)) {
        const folder = external_node_path_default().join(modules, name);
        if (isForeign(external_node_path_default().join(folder, 'package.json'), architecture))
            (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        else
            dropForeign(external_node_path_default().join(folder, 'node_modules'), architecture);
    }
}
function isForeign(manifest, architecture) {
    if (!(0,external_node_fs_.existsSync)(manifest))
        return false;
    const { os, cpu, libc } = JSON.parse((0,external_node_fs_.readFileSync)(manifest, 'utf8'));
    return !allows(os, 'linux') || !allows(cpu, machines[architecture].node) || !allows(libc, 'glibc');
}
/** `["linux"]`, `["!win32"]`; nothing allows all. */
function allows(listed, wanted) {
    const all = listed === undefined ? [] : typeof listed === 'string' ? [listed] : listed;
    const positive = all.filter((each) => !each.startsWith('!'));
    return !all.includes(`!${wanted}`) && (positive.length === 0 || positive.includes(wanted) || positive.includes('any'));
}

;// CONCATENATED MODULE: ./src/package/install/missing-text.ts
/** `sys_platform` of PEP 508. */
const systems = { Windows: 'win32', macOS: 'darwin' };
/** One text for each thing that an index may lack: what to do about it differs. */
function missingText({ requirement, name, lacks, only }, { job, file, said }) {
    const { runtime, architecture } = job.target;
    if (lacks === 'name')
        return {
            what: `The package index has no package ${name}.`, why: said,
            cure: 'Fix the name, or the line that asks for it; a package of your own needs its index in the step\'s settings.',
            docs: 'packaging.md#private-indexes',
        };
    if (lacks === 'version')
        return {
            what: `The package index has no version of ${name} for \`${requirement}\`.`, why: said,
            cure: 'Ask for a version that exists; one of your own needs its index in the step\'s settings.',
            docs: 'packaging.md#python-dependencies',
        };
    if (only !== undefined)
        return {
            what: `${name} is made for ${only} alone.`,
            why: `The index has no file of \`${requirement}\` for Linux, which Lambda runs.`,
            cure: `Take it out of the list, or keep it there for ${only}: \`${requirement}; sys_platform == "${systems[only]}"\`.`,
            docs: 'packaging.md#no-wheel',
        };
    const wheel = `choose another \`runtime\` or \`architecture\`, or allow building it here with ${buildHint(name, file)}`;
    const docs = 'packaging.md#no-wheel';
    if (lacks === 'either')
        return {
            what: `Nothing on the package index fits \`${requirement}\` for ${runtime.name} on ${architecture}.`,
            why: `Either it has no such version, or none with a wheel for the glibc 2.${runtime.glibc} that Lambda runs there. ${said}`,
            cure: `Ask for a version that exists; if it does, ${wheel}.`, docs,
        };
    return {
        what: `${requirement} has no wheel for ${runtime.name} on ${architecture}.`,
        why: `Lambda runs glibc 2.${runtime.glibc} there, and nothing on the index fits it. ${said}`,
        cure: `Ask for a version that has one, ${wheel}.`, docs,
    };
}
function buildHint(name, file) {
    return file?.endsWith('.txt') === true ? `a line \`--no-binary ${name}\` in ${file}` : `PIP_NO_BINARY: ${name} in the step's env`;
}

;// CONCATENATED MODULE: ./src/package/install/failure.ts






/** A package has nothing that fits the target; others may have nothing, either. */
class UnfitError extends errors/* UserError */.yo {
    distribution;
    constructor(text, distribution) {
        super(text);
        this.distribution = distribution;
    }
}
/** An installer's failure as one readable error. */
function installFailure(ran, wanted, job) {
    const error = failureOf(ran, wanted, job);
    const missing = isBuildFailure(ran) || isNetworkFailure(ran) || isRefusal(ran.stderr) ? undefined : missingOf(ran);
    return missing === undefined ? error : new UnfitError(error.text, distributionName(missing.name));
}
function failureOf(ran, wanted, job) {
    const file = wanted.files[0];
    const said = lastLines(ran.stderr);
    const place = placeIn(ran, wanted) ?? (file === undefined ? undefined : { file });
    return new errors/* UserError */.yo({
        ...failureText(ran, { wanted, job, said: inUsersWords(said, wanted, job) }),
        ...(place === undefined ? {} : { place }),
    });
}
function failureText(ran, { wanted, job, said }) {
    const file = wanted.files[0];
    if (isBuildFailure(ran))
        return buildFailureText(ran, { wanted, job, said });
    if (lacksPython(ran)) {
        return {
            what: 'There is no Python here for uv to work with, and it could not fetch one.', why: said,
            cure: `Add a step before this one: actions/setup-python with python-version 3.${job.target.runtime.minor}.`,
            docs: 'packaging.md#python-dependencies',
        };
    }
    if (isNetworkFailure(ran)) {
        return {
            what: 'The package index could not be reached.', why: said,
            cure: 'Run the job again; behind a proxy or with an index of your own, check HTTPS_PROXY and the index settings of the step.',
        };
    }
    if (isRefusal(ran.stderr)) {
        return {
            what: `The ${/\bfatal: /.test(ran.stderr) ? 'repository' : 'package index'}${refusing(ran.stderr)} refused the credentials.`,
            why: said,
            docs: 'packaging.md#private-indexes',
            cure: "Check the user and password (percent-encoded in a URL) in the step's PIP_INDEX_URL, PIP_EXTRA_INDEX_URL or UV_INDEX, "
                + 'in pip.conf or .netrc.',
        };
    }
    if (/Cannot find command 'git'|Git executable not found/i.test(ran.stderr)) {
        const repository = wanted.repositories[0] === undefined ? 'a repository' : job.hide(wanted.repositories[0]);
        return {
            what: `git is not here to fetch ${repository}.`, why: said,
            cure: 'Run the job on a runner with git, or ask for a released version of the package.',
        };
    }
    if (ran.untrusted !== undefined) {
        return {
            what: `The package index ${ran.untrusted} is not asked, because it speaks HTTP without TLS.`,
            why: said,
            docs: 'packaging.md#private-indexes',
            cure: `Name it with https, or trust it: a line \`--trusted-host ${ran.untrusted}\` in the list, `
                + "or PIP_TRUSTED_HOST in the step's env.",
        };
    }
    const missing = missingOf(ran);
    if (missing !== undefined)
        return missingText(missing, { job, file, said });
    if (/DO NOT MATCH THE HASHES|Hash mismatch for/.test(ran.stderr)) {
        const package_ = /Hash mismatch for `([^`]+)`/.exec(ran.stderr)?.[1] ?? /\n\s*(\S+==\S+) from /.exec(ran.stderr)?.[1] ?? 'a package';
        return {
            what: `The index gives another file for ${package_} than ${file === undefined ? 'the list' : external_node_path_default().basename(file)} has the hash of.`,
            why: said, docs: 'packaging.md#python-dependencies',
            cure: 'Where the list is yours, make it again with its tool (`uv lock`, `pip-compile --generate-hashes`, `pipenv lock`, ...) and '
                + 'look at what changed; where the file comes from a mirror or an index of your own, look why it is another.',
        };
    }
    return {
        what: `Installing the Python packages with ${job.tool.kind} failed.`, why: said,
        cure: 'Fix what the installer names; the debug log has its whole output.',
    };
}
/** The build's own last words say more than the installer's trailer. */
function buildFailureText(ran, { wanted, job, said }) {
    const build = ran.build === undefined || ran.build.length === 0
        ? said
        : inUsersWords(ran.build.slice(-shownLines).join('\n'), wanted, job);
    const module = /ModuleNotFoundError: No module named '([^'.]+)/.exec(build)?.[1];
    const [only, other] = [...wanted.locals.map((local) => local.path), ...wanted.repositories.map((line) => job.hide(line))];
    const named = /Failed to build `([^`]+)`/.exec(ran.stderr)?.[1] ?? /Failed building wheel for (\S+)/.exec(ran.stderr)?.[1]
        ?? (other === undefined ? only : undefined);
    const name = named === undefined ? undefined : inUsersWords(named, wanted, job).replace('file://', '');
    return {
        what: name === undefined ? `A package that ${job.tool.kind} builds here failed to build.` : `${name} failed to build.`,
        why: build,
        cure: module === undefined
            ? 'Fix what the build names; the debug log has its whole output.'
            : `Its build needs \`${module}\`: name the package that brings it in \`[build-system] requires\` of its pyproject.toml`
                + `${module === 'pkg_resources' ? ' (`setuptools<81` has pkg_resources)' : ''}.`,
        docs: 'packaging.md#no-wheel',
    };
}
/** Files that are made for the installer, in their names' order of lines. */
const madeFile = /(?:\S*\/)?(?:wanted|constraints|lock|source|exported)\.txt/;
/** Paths of scratch are told as the user's own. */
function inUsersWords(text, wanted, job) {
    const [file] = wanted.files;
    const places = file === undefined ? text : text.replace(new RegExp(`${madeFile.source}(?::\\d+)*`, 'g'), external_node_path_default().basename(file));
    return [...job.copies].reduce((rest, [copy, original]) => rest.replaceAll(copy, original), places).replaceAll(`${job.folder}/`, '');
}
/** The user's line that an installer means by a line of the list which was made for it. */
function placeIn({ stderr }, { places }) {
    // uv shows the line with marks below it, pip quotes it.
    const line = /\n\s*`?([^`\n]+?)`?\n\s*\^+/.exec(stderr)?.[1]
        ?? /(?:Invalid requirement: |requirement: )['"]?([^'"\n]+?)['"]?(?: \(from|\n|:|$)/.exec(stderr)?.[1];
    const named = missingOf({ code: 1, stdout: '', stderr })?.name;
    const found = [...places ?? []].find(([text]) => text === line)
        ?? [...places ?? []].find(([text]) => named !== undefined && distributionName(nameIn(text)) === distributionName(named));
    return found?.[1];
}
/** The name that a requirement line begins with. */
function nameIn(line) {
    return /^[A-Za-z0-9._-]+/.exec(line)?.[0] ?? '';
}
const shownLines = 6;
/** The end of what an installer said, without the noise. */
function lastLines(text) {
    const noise = /^$|^(?:WARNING|\[notice\])|^at .*:\d+:\d+\)?$/;
    const lines = text.split('\n').map((line) => line.trim()).filter((line) => !noise.test(line));
    return lines.slice(-shownLines).join('\n');
}

;// CONCATENATED MODULE: ./src/package/install/node-failure.ts




/** A failure of an installer of Node's packages as one readable error. */
function nodeFailure(program, source, ran) {
    const place = { place: { file: source.file } };
    if (ran.absent === true)
        return new errors/* UserError */.yo({
            what: `${program} is not here to install ${external_node_path_default().basename(source.file)}.`,
            cure: 'Add a step with actions/setup-node before this one.',
            ...place,
        });
    if (isNetworkFailure(ran))
        return new errors/* UserError */.yo({
            what: 'The package registry could not be reached.', why: lastLines(ran.stderr),
            cure: 'Run the job again; behind a proxy or with a registry of your own, check HTTPS_PROXY and .npmrc.', ...place,
        });
    if (isRefusal(ran.stderr + ran.stdout)) {
        return new errors/* UserError */.yo({
            what: `The package registry${refusing(ran.stderr + ran.stdout)} refused the credentials.`,
            why: lastLines(ran.stderr),
            cure: 'Check the token in .npmrc, and that the step\'s env sets the variables it names.',
            docs: 'packaging.md#private-indexes', ...place,
        });
    }
    const stale = new RegExp([
        'can only install (?:packages )?(?:with an existing|when your)', 'EUSAGE', 'ERR_PNPM_OUTDATED_LOCKFILE', 'in sync',
    ].join('|')).test(ran.stderr + ran.stdout);
    return new errors/* UserError */.yo({
        what: `${program} cannot install ${external_node_path_default().basename(source.file)}.`,
        why: lastLines(ran.stderr === '' ? ran.stdout : ran.stderr),
        cure: stale ? `Run \`${program} install\` and commit the lock: it does not fit package.json.` : `Fix what ${program} names.`,
        ...place,
    });
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./src/package/install/locks/parse.ts



/** What git leaves in a file that it cannot merge. */
const conflict = /^(?:<{7}|={7}|>{7})(?:\s|$)/;
/** Reads a file that holds one JSON object; what is none is a UserError, with its line where that is known. */
function readJson(file, cure) {
    return objectIn(file, cure, (text) => JSON.parse(text));
}
/** Reads a file that holds one YAML object, likewise. */
function readYaml(file, cure) {
    return objectIn(file, cure, (text) => (0,dist/* parse */.qg)(text));
}
/** The mark of a merge conflict as an error, if the line is one. */
function conflictMark(line, place) {
    return conflict.test(line) ? new errors/* UserError */.yo({
        what: `${place.file} has the marks of a merge conflict.`, cure: 'Resolve the conflict and commit the file.', place,
    }) : undefined;
}
/** Throws where git's marks of a conflict stand in a file that only its own tool reads. */
function checkConflicts(file) {
    const found = conflictIn((0,external_node_fs_.readFileSync)(file, 'utf8'), file);
    if (found !== undefined)
        throw found;
}
function objectIn(file, cure, read) {
    const text = (0,external_node_fs_.readFileSync)(file, 'utf8').replace(/^\uFEFF/, '');
    let content;
    try {
        content = read(text);
    }
    catch (error) {
        // The parser's own words for a mark of git's help nobody.
        throw conflictIn(text, file) ?? new errors/* UserError */.yo({
            what: `${file} cannot be read.`, why: error.message.split('\n')[0] ?? '', cure,
            place: { file, ...parse_placeOf(error) },
        });
    }
    if (typeof content === 'object' && content !== null && !Array.isArray(content))
        return content;
    throw conflictIn(text, file) ?? new errors/* UserError */.yo({ what: `${file} cannot be read.`, why: 'It holds no object.', cure, place: { file } });
}
function conflictIn(text, file) {
    const lines = text.split('\n');
    const index = lines.findIndex((line) => conflict.test(line));
    return index === -1 ? undefined : conflictMark(lines[index], { file, line: index + 1 });
}
/** V8 tells the line of some mistakes alone. */
function parse_placeOf(error) {
    const start = error instanceof dist/* YAMLParseError */.XT ? error.linePos?.[0] : undefined;
    if (start !== undefined)
        return { line: start.line, column: start.col };
    const found = /\(line (\d+) column (\d+)\)/.exec(error.message);
    return found === null ? {} : { line: Number(found[1]), column: Number(found[2]) };
}

;// CONCATENATED MODULE: ./src/package/install/node-paths.ts


/** `file:vendor/x.tgz`, also behind a name (`x@file:vendor/x.tgz`), from the lock's folder on. */
function localPath(text, root) {
    const found = /^(?:(?:@[^/]+\/)?[^@/]+@)?file:(?:\/\/)?([^()]+)/.exec(text ?? '')?.[1];
    return found === undefined ? [] : [external_node_path_default().resolve(root, found)];
}
/** Whether a path is a folder. */
function isFolder(file) {
    return (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

// EXTERNAL MODULE: ./node_modules/smol-toml/dist/index.js + 8 modules
var smol_toml_dist = __webpack_require__(3292);
;// CONCATENATED MODULE: ./src/package/install/locks/toml.ts



/** Reads a TOML file; what is no TOML is a UserError with its line. */
function readToml(file) {
    try {
        return (0,smol_toml_dist/* parse */.qg)((0,external_node_fs_.readFileSync)(file, 'utf8'));
    }
    catch (error) {
        const place = error instanceof smol_toml_dist/* TomlError */.zx ? { file, line: error.line, column: error.column } : { file };
        throw new errors/* UserError */.yo({
            what: `${file} cannot be read.`, why: error.message.split('\n')[0] ?? '',
            cure: 'Fix the file, or name another one as `requirements`.', place,
        });
    }
}
/** The tables of an array of tables; anything else is none. */
function tables(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}
/** A member of a table that should be a string. */
function toml_text(table, name) {
    const value = typeof table === 'object' && table !== null ? table[name] : undefined;
    return typeof value === 'string' ? value : undefined;
}
/** A member of a table that should be a table. */
function table(value, name) {
    const found = typeof value === 'object' && value !== null ? value[name] : undefined;
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {};
}
/** A requirement line: what is wanted (`name==version`), its marker and hashes. */
function requirementLine(what, marker, hashes) {
    const hashOptions = hashes.map((hash) => ` --hash=${hash}`).join('');
    return `${what}${marker === undefined || marker === '' ? '' : ` ; ${marker}`}${hashOptions}`;
}

;// CONCATENATED MODULE: ./src/package/install/node-manifest.ts




/** What npm and pnpm run of a project when they install it. `prepare` and its kin are for those who work on it. */
const installScripts = ['preinstall', 'install', 'postinstall'];
/** Copies a folder's package.json without its scripts: they want development tools and the project's other files, and neither is there. */
function copyManifest(from, to) {
    const file = external_node_path_default().join(from, 'package.json');
    if (!(0,external_node_fs_.existsSync)(file))
        return;
    const manifest = readManifest(file);
    (0,external_node_fs_.mkdirSync)(to, { recursive: true });
    (0,external_node_fs_.writeFileSync)(external_node_path_default().join(to, 'package.json'), `${JSON.stringify({ ...manifest, scripts: undefined }, null, 2)}\n`);
}
/** The folders whose packages are among what was installed (`name==version`). */
function installedFolders(folders, resolved) {
    const names = new Set(resolved.map((each) => each.slice(0, each.lastIndexOf('=='))));
    return folders.filter((folder) => (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, 'package.json'))
        && names.has(toml_text(readManifest(external_node_path_default().join(folder, 'package.json')), 'name') ?? ''));
}
/** Tells of scripts that other installs of the project run. */
function warnOfScripts(folders, diagnostics) {
    for (const file of [...new Set(folders)].map((folder) => external_node_path_default().join(folder, 'package.json'))
        .filter((candidate) => (0,external_node_fs_.existsSync)(candidate))) {
        const scripts = table(readManifest(file), 'scripts');
        const left = installScripts.filter((name) => scripts[name] !== undefined);
        if (left.length === 0)
            continue;
        diagnostics.warning({
            what: `The script${left.length === 1 ? '' : 's'} ${left.join(' and ')} of ${file} ${left.length === 1 ? 'is' : 'are'} not run.`,
            why: 'Dependencies are installed apart from the project, without its development tools and other files; their own scripts are run.',
            cure: 'Run what the code needs in a step before this one, or deploy a prebuilt package.',
            place: { file }, docs: 'packaging.md#node',
        });
    }
}
/** A package.json; what is none is a UserError. */
function readManifest(file) {
    return readJson(file, 'Fix the file.');
}

;// CONCATENATED MODULE: ./src/package/install/node-workspace.ts





/** Reads the root's package.json and those of its workspace: who they are, what they ask of each other, and what they name by its path. */
function readWorkspace(root) {
    const members = membersOf(root);
    const manifests = new Map([root, ...members].filter((folder) => (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, 'package.json')))
        .map((folder) => [folder, readManifest(external_node_path_default().join(folder, 'package.json'))]));
    const named = new Map([...manifests].map(([folder, manifest]) => [toml_text(manifest, 'name') ?? '', folder]));
    const wanted = new Map([...manifests].map(([folder, manifest]) => [folder, wantedBy(manifest)]));
    const links = [...wanted].map(([folder, ranges]) => [folder, Object.entries(ranges).flatMap(([name, range]) => {
            const found = folderOf(range, folder);
            const member = named.get(/^workspace:((?:@[^/]+\/)?[^@]+)@/.exec(range)?.[1] ?? name);
            return found !== undefined ? [found] : /^(?:npm|https?|git\S*|patch|file):/.test(range) || member === undefined ? [] : [member];
        })]);
    return {
        members, links: new Map(links),
        files: [
            ...[...wanted].flatMap(([folder, ranges]) => Object.values(ranges).flatMap((range) => localPath(range, folder))),
            ...[...manifests].flatMap(([folder, manifest]) => patchesOf(manifest, { root, folder })),
        ],
    };
}
/** Patches of packages: `patch:ms@npm%3A2.1.3#~/infra/ms.patch` of Yarn (`~` is the root), and bun's list of them. */
function patchesOf(manifest, { root, folder }) {
    const ranges = [...Object.values(wantedBy(manifest)), ...Object.values(table(manifest, 'resolutions'))].map(String);
    const named = ranges.flatMap((range) => /^patch:[^#]*#(?!optional!builtin|builtin)(.+?)(?:::.*)?$/.exec(range)?.[1] ?? []);
    const listed = Object.values(table(manifest, 'patchedDependencies')).map(String);
    return [
        ...named.flatMap((each) => each.split('&'))
            .map((each) => each.startsWith('~/') ? external_node_path_default().resolve(root, each.slice(2)) : external_node_path_default().resolve(folder, each)),
        ...listed.map((each) => external_node_path_default().resolve(root, each)),
    ];
}
function membersOf(root) {
    const file = external_node_path_default().join(root, 'package.json');
    const { workspaces } = (0,external_node_fs_.existsSync)(file) ? readManifest(file) : {};
    const listed = Array.isArray(workspaces) ? workspaces : table({ workspaces }, 'workspaces')['packages'];
    const patterns = Array.isArray(listed) ? listed.filter((each) => typeof each === 'string') : [];
    const exclude = (name) => external_node_path_default().basename(name) === 'node_modules';
    const found = (wanted) => (0,external_node_fs_.globSync)(wanted.map((pattern) => external_node_path_default().posix.join(pattern, 'package.json')), { cwd: root, exclude })
        .map((name) => external_node_path_default().dirname(external_node_path_default().resolve(root, name)));
    const left = new Set(found(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))));
    return [...new Set(found(patterns.filter((pattern) => !pattern.startsWith('!'))))].filter((folder) => !left.has(folder)).sort();
}
function wantedBy(manifest) {
    const ranges = ['peerDependencies', 'optionalDependencies', 'dependencies'].map((name) => table(manifest, name));
    return Object.fromEntries(ranges.flatMap((each) => Object.entries(each).filter((entry) => typeof entry[1] === 'string')));
}
/** The folder that a range names: `file:../lib`, `link:../lib`, `portal:../lib`, `workspace:packages/lib`, `../lib`. */
function folderOf(range, from) {
    const named = /^(?:file:|link:|portal:|workspace:(?=.*\/))([^#]+)|^(\.{1,2}\/.*)/.exec(range);
    const folder = named === null ? undefined : external_node_path_default().resolve(from, named[1] ?? named[2] ?? '');
    return folder !== undefined && isFolder(folder) ? folder : undefined;
}

;// CONCATENATED MODULE: ./src/package/install/node-lock.ts






/** What makes a lock anew that cannot be read. */
const cure = (program) => `Run \`${program} install\` and commit the lock.`;
/** Reads what a lock tells of the repository, or a package.json without one. Throws a UserError for what is none. */
function readNodeLock({ file, kind }) {
    const root = external_node_path_default().dirname(file);
    const lock = read(root, { file, kind });
    return {
        ...lock, root, members: lock.members.filter((folder) => folder !== root),
        files: [...new Set(lock.files)].filter((each) => (0,external_node_fs_.existsSync)(each)).sort(),
    };
}
function read(root, { file, kind }) {
    switch (kind) {
        case 'pnpm': return pnpmLock(root, readYaml(file, cure('pnpm')));
        // Yarn's and bun's locks say of the workspace what its manifests say.
        case 'yarn':
        case 'bun':
            checkConflicts(file);
            return readWorkspace(root);
        case 'package': return { ...readWorkspace(root), members: [] };
        default: return npmLock(root, readJson(file, cure('npm')));
    }
}
/** The package of the lock that a folder belongs to: the nearest at or above it, as for `dist/` of a member. */
function projectOf({ root, members }, folder) {
    const above = [root, ...members].filter((each) => (0,src_paths/* isInside */.FK)(each, folder));
    return above.sort((a, b) => b.length - a.length)[0] ?? folder;
}
/** The repository's folders that come along with a package of the lock, through what it links to and what these link to. */
function shippedFolders(lock, project) {
    const found = new Set();
    const waiting = [...lock.links.get(project) ?? []];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
        if (found.has(folder) || (0,src_paths/* isInside */.FK)(folder, project))
            continue;
        found.add(folder);
        waiting.push(...lock.links.get(folder) ?? []);
    }
    return [...found].filter((folder) => (0,external_node_fs_.statSync)(folder, { throwIfNoEntry: false })?.isDirectory() === true).sort();
}
/** `name==version` of what an npm lock (its text) brings to a function, sorted. */
function lockedPackages(text) {
    const { packages = {} } = JSON.parse(text);
    return Object.entries(packages).flatMap(([place, { version, dev, link }]) => {
        const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1];
        return name === undefined || version === undefined || dev === true || link === true ? [] : [`${name}==${version}`];
    }).sort();
}
function npmLock(root, lock) {
    if (lock.packages === undefined) {
        const files = Object.values(lock.dependencies ?? {}).flatMap(({ version }) => localPath(version, root));
        return { members: [], links: new Map([[root, files.filter(isFolder)]]), files };
    }
    const { packages } = lock;
    const own = Object.keys(packages).filter((name) => !/(?:^|\/)node_modules\//.test(name));
    const linked = (from, name) => {
        const entry = packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`] ?? packages[`node_modules/${name}`];
        return entry?.link === true && entry.resolved !== undefined ? [external_node_path_default().resolve(root, entry.resolved)] : [];
    };
    // The root's own node_modules has every member of the workspace, asked for or not.
    const all = Object.keys(packages).filter((name) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(name))
        .flatMap((name) => linked('', name.slice('node_modules/'.length)));
    const links = own.map((name) => {
        const { dependencies, optionalDependencies, peerDependencies } = packages[name];
        return [external_node_path_default().resolve(root, name), name === '' ? all : Object.keys({
                ...dependencies, ...optionalDependencies, ...peerDependencies,
            }).flatMap((each) => linked(name, each))];
    });
    return {
        members: own.map((name) => external_node_path_default().resolve(root, name)), links: new Map(links),
        files: Object.values(packages).flatMap(({ resolved }) => localPath(resolved, root)),
    };
}
function pnpmLock(root, lock) {
    const importers = Object.entries(lock.importers ?? { '.': lock });
    const links = importers.map(([name, { dependencies, optionalDependencies }]) => {
        const folder = external_node_path_default().resolve(root, name);
        const versions = Object.values({ ...dependencies, ...optionalDependencies }).map((each) => (typeof each === 'string'
            ? each
            : each.version) ?? '');
        return [
            folder,
            versions.flatMap((version) => version.startsWith('link:')
                ? [external_node_path_default().resolve(folder, version.slice(5))]
                : localPath(version, root).filter(isFolder)),
        ];
    });
    const files = Object.values(lock.packages ?? {}).flatMap(({ resolution: { tarball, directory } = {} }) => [
        ...localPath(tarball, root), ...directory === undefined ? [] : [external_node_path_default().resolve(root, directory)],
    ]);
    const patches = Object.values(lock.patchedDependencies ?? {}).flatMap((patch) => patch.path ?? []).map((each) => external_node_path_default().resolve(root, each));
    return { members: importers.map(([name]) => external_node_path_default().resolve(root, name)), links: new Map(links), files: [...files, ...patches] };
}

;// CONCATENATED MODULE: ./src/package/install/node-narrow.ts






/**
 * Shows Yarn and bun only what comes along: no development tools, no other members, and not what the workspace's root needs for itself.
 * Neither can be told so by an option in all its versions.
 */
function narrowManifests({ copy, architecture, isRun }) {
    const { root, project, linked } = copy;
    const members = [project, ...linked].filter((folder) => folder !== root);
    for (const folder of new Set([root, project, ...linked])) {
        const file = external_node_path_default().join(folder, 'package.json');
        if (!(0,external_node_fs_.existsSync)(file))
            continue;
        const manifest = readManifest(file);
        const isOuter = folder === root && project !== root;
        const kept = Object.entries(manifest).filter(([name]) => name !== 'devDependencies' && name !== 'packageManager'
            && !(isOuter && /^(?:d|optionalD|peerD)ependencies$/.test(name)));
        const workspaces = manifest['workspaces'] === undefined ? {} : {
            workspaces: {
                ...Array.isArray(manifest['workspaces']) ? {} : table(manifest, 'workspaces'),
                packages: members.map((member) => external_node_path_default().relative(root, member)),
            },
        };
        (0,external_node_fs_.writeFileSync)(file, JSON.stringify({ ...Object.fromEntries(kept), ...workspaces }));
    }
    writeSettings(root, { os: ['linux'], cpu: [machines[architecture].node], libc: ['glibc'] }, isRun);
}
/** The settings of Yarn from version 2 on, the user's own with ours over them. */
function writeSettings(root, supportedArchitectures, isRun) {
    const file = external_node_path_default().join(root, '.yarnrc.yml');
    const text = (0,external_node_fs_.existsSync)(file) ? (0,external_node_fs_.readFileSync)(file, 'utf8') : '';
    const { nmHoistingLimits: _limits, ...own } = (0,dist/* parse */.qg)(text) ?? {};
    (0,external_node_fs_.writeFileSync)(file, (0,dist/* stringify */.As)({
        ...own, supportedArchitectures, nodeLinker: 'node-modules', nmMode: 'classic', enableImmutableInstalls: false, enableTelemetry: false,
        enableProgressBars: false, enableMessageNames: true, ...(isRun ? {} : { enableScripts: false }),
    }));
}
/** Tells a pnpm without options for it which machine the packages are for. */
function nameMachine(root, architecture) {
    const file = external_node_path_default().join(root, 'package.json');
    const manifest = (0,external_node_fs_.existsSync)(file) ? readManifest(file) : {};
    const supportedArchitectures = { os: ['linux'], cpu: [machines[architecture].node], libc: ['glibc'] };
    (0,external_node_fs_.writeFileSync)(file, JSON.stringify({ ...manifest, pnpm: { ...table(manifest, 'pnpm'), supportedArchitectures } }));
}
/** Yarn 2 refuses settings that came after it; what is foreign goes after the install. */
function dropNewSettings(root) {
    const file = external_node_path_default().join(root, '.yarnrc.yml');
    const { supportedArchitectures: _machines, nmMode: _mode, enableMessageNames: _names, ...known } = (0,dist/* parse */.qg)((0,external_node_fs_.readFileSync)(file, 'utf8'));
    (0,external_node_fs_.writeFileSync)(file, (0,dist/* stringify */.As)(known));
}

;// CONCATENATED MODULE: ./src/package/install/node-optional.ts




/**
 * Native packages choose their binary among optional dependencies, one a platform. npm leaves the target's out without a word when
 * the lock was made on another system (npm issue 8423) or by a defect of its own (npm 10.4, issue 7406).
 */
function checkOptional(modules, { source, architecture, diagnostics }) {
    for (const name of packagesIn(modules)) {
        const manifest = external_node_path_default().join(modules, name, 'package.json');
        const wanted = (0,external_node_fs_.existsSync)(manifest)
            ? JSON.parse((0,external_node_fs_.readFileSync)(manifest, 'utf8')).optionalDependencies ?? {}
            : {};
        const fitting = Object.keys(wanted).filter((candidate) => fits(candidate, architecture));
        if (fitting.length === 0 || fitting.some((candidate) => (0,external_node_fs_.existsSync)(external_node_path_default().join(modules, candidate))
            || (0,external_node_fs_.existsSync)(external_node_path_default().join(modules, name, 'node_modules', candidate))))
            continue;
        diagnostics.error({
            what: `${name} came without its binary for Linux on ${architecture} (${fitting.join(' or ')}).`,
            why: `${external_node_path_default().basename(source.file)} does not list it: it was made on another system.`,
            cure: `Delete node_modules and the lock, run the install again with a current ${source.kind}, and commit the lock.`,
            docs: 'packaging.md#node',
            place: { file: source.file },
        });
    }
}
/** `@img/sharp-linux-x64`, `@esbuild/linux-arm64`, `lightningcss-linux-x64-gnu`; musl is another libc. */
function fits(name, architecture) {
    return new RegExp(`linux[-_]${machines[architecture].node}(?:[-_](?:gnu|glibc))?$`).test(name);
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: ./src/cancellation.ts + 1 modules
var cancellation = __webpack_require__(4496);
;// CONCATENATED MODULE: ./src/package/install/process.ts


/** A program that is told to end may tidy up for so many milliseconds. */
const tidiesFor = 1_000;
/**
 * Runs a program to its end; a program that cannot be started answers 127, as a shell would.
 * @throws Cancelled where the run is told to stop; the program, and all that it has started, is ended then
 */
async function run(program, args, options) {
    (0,cancellation/* refuseCancelled */.qM)();
    const ran = await runAnyway(program, args, options);
    (0,cancellation/* refuseCancelled */.qM)();
    return ran;
}
function runAnyway(program, args, options) {
    return new Promise((resolve) => {
        // A group of its own: an installer starts compilers and other installers, and they are to end with it.
        const child = (0,external_node_child_process_.spawn)(program, args, { cwd: options.cwd, env: options.env, stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
        const forget = (0,cancellation/* onCancel */.Ao)(() => endGroup(child));
        // A program that ends before it has read all says why in its own words.
        child.stdin.on('error', () => undefined).end(options.input ?? '');
        const hide = options.hide ?? ((text) => text);
        let [stdout, stderr, rest] = ['', '', ''];
        child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; });
        child.stderr.setEncoding('utf8').on('data', (text) => {
            stderr += text;
            // Whole lines only: a credential may arrive in two pieces.
            const lines = `${rest}${text}`.split('\n');
            rest = lines.pop() ?? '';
            for (const line of lines)
                if (line.trim() !== '')
                    options.onLine?.(hide(line));
        });
        child.on('error', (error) => {
            forget();
            resolve({ code: 127, stdout, stderr: `${hide(stderr)}${error.message}`, absent: error.code === 'ENOENT' });
        });
        child.on('close', (code) => {
            forget();
            if (rest.trim() !== '')
                options.onLine?.(hide(rest));
            resolve({ code: code ?? 1, stdout, stderr: hide(stderr) });
        });
    });
}
const told = new Set();
/** Asks a program and all that it has started to end, and a moment later no longer asks. */
function endGroup(child) {
    told.add(child);
    killGroup(child, 'SIGTERM');
    setTimeout(() => killGroup(child, 'SIGKILL'), tidiesFor);
}
/** Ends at once whatever is left of the programs that were told to end: one of them may have ended without those that it had started. */
function endPrograms() {
    for (const child of told)
        killGroup(child, 'SIGKILL');
}
function killGroup(child, signal) {
    try {
        if (process.platform === 'win32' || child.pid === undefined)
            child.kill(signal);
        else
            process.kill(-child.pid, signal);
    }
    catch {
        // All of it has ended already.
    }
}
/** Seconds to wait before each further try. */
const pauses = [1, 4];
/** Runs again after a pause when the failure is one that may pass. */
async function runWithRetry(program, args, options) {
    for (const seconds of pauses) {
        const ran = await run(program, args, options);
        if (ran.code === 0 || !options.passing(ran))
            return ran;
        options.onLine?.(`${program} could not reach its index; trying again in ${seconds} s.`);
        await (0,cancellation/* pause */.v7)(seconds * 1000);
    }
    return run(program, args, options);
}

;// CONCATENATED MODULE: ./src/package/install/interpreter.ts



const asked = new Map();
const question = `
import importlib.util, json, os, re, sys
spec = importlib.util.find_spec("pip")
version = None
if spec and spec.origin:
    found = re.search(r'__version__\\s*=\\s*"([^"]+)"', open(spec.origin, encoding="utf-8").read())
    version = found and found.group(1)
major, minor = sys.version_info[:2]
machine = os.uname().machine if hasattr(os, "uname") else ""
print(json.dumps({
    "program": sys.executable, "major": major, "minor": minor,
    "machine": machine, "platform": sys.platform, "pip": version,
}))
`;
/** The Python of the runtime's own minor, where this machine has one. */
async function interpreterOf(minor, env) {
    for (const program of candidates(minor, env)) {
        const found = await ask(program, env);
        if (found?.minor === minor)
            return found;
    }
    return undefined;
}
/** Any Python with pip that is new enough to fetch uv with. */
async function anyInterpreter(env) {
    for (const program of everyCandidate(env)) {
        const found = await ask(program, env);
        if (found !== undefined && found.minor >= 8 && found.pip !== undefined)
            return found;
    }
    return undefined;
}
/** Whether there is any Python 3 for uv to work with. */
async function hasPython(env) {
    for (const program of everyCandidate(env))
        if (await ask(program, env) !== undefined)
            return true;
    return false;
}
function everyCandidate(env) {
    return [...interpreter_named(['python3', 'python'], env), ...[14, 13, 12, 11, 10, 9, 8].flatMap((minor) => candidates(minor, env))];
}
/** Programs that may be that Python, the likely ones first; each is asked, because a name proves little. */
function candidates(minor, env) {
    const own = env['pythonLocation'];
    return [
        ...(own === undefined ? [] : [external_node_path_default().join(own, 'bin', 'python')]),
        ...interpreter_named([`python3.${minor}`], env),
        ...installed(external_node_path_default().join(env['PYENV_ROOT'] ?? external_node_path_default().join(env['HOME'] ?? '/', '.pyenv'), 'versions'), minor, 'bin/python'),
        ...installed(external_node_path_default().join(env['RUNNER_TOOL_CACHE'] ?? '/opt/hostedtoolcache', 'Python'), minor, `${process.arch}/bin/python`),
        ...interpreter_named(['python3', 'python'], env),
    ];
}
function interpreter_named(names, env) {
    // pyenv's shims refuse a version that is not switched on, slowly; the versions themselves are looked up below.
    const folders = (env['PATH'] ?? '').split((external_node_path_default()).delimiter).filter((folder) => folder !== '' && !folder.endsWith('/shims'));
    return names.flatMap((name) => folders.map((folder) => external_node_path_default().join(folder, name))).filter((program) => (0,external_node_fs_.existsSync)(program));
}
/** `<folder>/3.13.1/<program>`, the newest patch first. */
function installed(folder, minor, program) {
    if (!(0,external_node_fs_.existsSync)(folder))
        return [];
    const patch = (version) => Number(version.split('.')[2]);
    const versions = (0,external_node_fs_.readdirSync)(folder).filter((version) => new RegExp(`^3\\.${minor}\\.\\d+$`).test(version));
    return versions.sort((a, b) => patch(b) - patch(a)).map((version) => external_node_path_default().join(folder, version, program)).filter((file) => (0,external_node_fs_.existsSync)(file));
}
function ask(program, env) {
    const known = asked.get(program);
    if (known !== undefined)
        return known;
    const asking = askAfresh(program, env);
    asked.set(program, asking);
    return asking;
}
async function askAfresh(program, env) {
    const { code, stdout } = await run(program, ['-I', '-c', question], { cwd: '/', env });
    if (code !== 0)
        return undefined;
    const answer = JSON.parse(stdout);
    if (answer.major !== 3)
        return undefined;
    const { program: real, minor, machine, platform } = answer;
    return { program: real === '' ? program : real, minor, machine, platform, ...(answer.pip === null ? {} : { pip: answer.pip }) };
}

;// CONCATENATED MODULE: ./src/package/install/tool.ts








/** The uv that is fetched where nothing fits: one version, so that every runner resolves alike. */
const uvVersion = '0.13.9';
/** The first pip that reports what it would install (`--report` with `--dry-run`). */
const reportsSince = 22.2;
/**
 * uv where it is on PATH; else pip below the runtime's own minor Python on the same kind of machine, because pip evaluates markers for the
 * machine it runs on (pip issue 11664); else a uv of our own.
 */
async function findTool(runtime, architecture, options) {
    const env = installerEnv(options.env);
    const uv = await uvAt('uv', env);
    if (uv !== undefined)
        return uv;
    const same = await interpreterOf(runtime.minor, env);
    if (same?.pip !== undefined && Number.parseFloat(same.pip) >= reportsSince && tool_fits(same, architecture)) {
        return { kind: 'pip', program: same.program, version: same.pip };
    }
    return fetchUv(runtime, options);
}
/** uv, fetched where it is not there: for what pip cannot do (reading uv.lock). */
async function findUv(runtime, options) {
    return await uvAt('uv', installerEnv(options.env)) ?? fetchUv(runtime, options);
}
function tool_fits(interpreter, architecture) {
    return interpreter.platform === 'linux' && interpreter.machine === machines[architecture].wheel;
}
async function uvAt(program, env) {
    const { code, stdout } = await run(program, ['--version'], { cwd: '/', env });
    const version = /^uv (\d\S*)/.exec(stdout)?.[1];
    return code === 0 && version !== undefined ? { kind: 'uv', program, version } : undefined;
}
async function fetchUv(runtime, options) {
    const env = installerEnv(options.env, { texts: pythonSettings(options.env), secrets: options.secrets });
    const folder = external_node_path_default().join(options.cacheDir, 'tools', `uv-${uvVersion}-${process.platform}-${process.arch}`);
    const program = external_node_path_default().join(folder, 'bin', 'uv');
    if (await uvAt(program, env) === undefined) {
        // What is there does not start: a cache that was restored by half.
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        const python = await anyInterpreter(env);
        if (python === undefined)
            throw noInstaller(runtime);
        options.progress.info(`There is no uv here: fetching uv ${uvVersion} into the cache.`);
        const fresh = `${folder}.${process.pid}.${(0,external_node_crypto_.createHash)('sha256').update(String(performance.now())).digest('hex').slice(0, 8)}`;
        try {
            (0,external_node_fs_.mkdirSync)(fresh, { recursive: true });
            const { code, stderr } = await run(python.program, [
                '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--target',
                fresh, `uv==${uvVersion}`,
            ], { cwd: fresh, env });
            if (code !== 0)
                throw new errors/* UserError */.yo({
                    ...noInstaller(runtime).text, why: `Fetching uv with pip failed: ${stderr.trim().split('\n').at(-1) ?? ''}`,
                });
            publish(fresh, folder);
        }
        finally {
            (0,external_node_fs_.rmSync)(fresh, { recursive: true, force: true });
        }
    }
    return { kind: 'uv', program, version: uvVersion };
}
function noInstaller(runtime) {
    return new errors/* UserError */.yo({
        what: `There is nothing here to install Python packages for ${runtime.name} with.`,
        why: `Neither uv nor Python 3.${runtime.minor} with pip ${reportsSince} or newer was found, nor another Python to fetch uv with.`,
        cure: `Add a step before this one: actions/setup-python with python-version 3.${runtime.minor}, or astral-sh/setup-uv.`,
        docs: 'packaging.md#python-dependencies',
    });
}
/** Moves a finished folder to its place in one step; where another run was first, its folder stays and ours goes. */
function publish(fresh, place) {
    (0,external_node_fs_.mkdirSync)(external_node_path_default().dirname(place), { recursive: true });
    try {
        (0,external_node_fs_.renameSync)(fresh, place);
    }
    catch (error) {
        if (!(0,external_node_fs_.existsSync)(place) || (0,external_node_fs_.readdirSync)(place).length === 0)
            throw error;
        (0,external_node_fs_.rmSync)(fresh, { recursive: true, force: true });
    }
}

;// CONCATENATED MODULE: ./src/package/install/node-tool.ts





/** Fetched where none is there that reads the lock; one version each, so that every runner installs alike. */
const versions = { 'yarn classic': '1.22.22', 'yarn': '4.18.1', 'bun': '1.4.5', 'pnpm': '10.14.0' };
/** By the lock's own version: what wrote it, and reads it. */
const pnpmOfLock = { 5: '7.33.7', 6: '8.15.9' };
/** The tool of a lock: the one on PATH where it reads the lock's form, else one of our own, fetched with npm. Throws a UserError. */
async function findNodeTool(source, where) {
    switch (source.kind) {
        case 'pnpm': return findPnpm(source.file, where);
        case 'yarn': return findYarn(source.file, where);
        case 'bun': {
            const here = await versionAt('bun', where);
            return here !== undefined ? { kind: 'bun', name: 'bun', program: 'bun', args: [] } : fetchBun(source, where);
        }
        default: return { kind: 'npm', name: 'npm', program: 'npm', args: [] };
    }
}
/** Yarn 1 and what came after it have a lock and options of their own each; Corepack asks nobody before it fetches one. */
async function findYarn(file, where) {
    const isClassic = !/^__metadata:/m.test((0,external_node_fs_.readFileSync)(file, 'utf8'));
    const kind = isClassic ? 'yarn classic' : 'yarn';
    const env = { COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' };
    const here = await versionAt('yarn', { ...where, env: { ...where.env, ...env } });
    if (here !== undefined && here.startsWith('1.') === isClassic) {
        return { kind, name: 'yarn', program: 'yarn', args: [], env, version: here };
    }
    const wanted = node_tool_named('yarn', file);
    const version = wanted !== undefined && wanted.startsWith('1.') === isClassic ? wanted : versions[kind];
    const name = isClassic ? 'yarn' : '@yarnpkg/cli-dist';
    const folder = await fetch({ name, version, file }, where);
    const program = external_node_path_default().join(folder, 'node_modules', name, 'bin', 'yarn.js');
    return { kind, name: 'yarn', program: process.execPath, args: [program], env, version };
}
/** pnpm takes the version that `packageManager` names by itself, from 10 on; so does Corepack. */
async function findPnpm(file, where) {
    const env = { COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' };
    const here = await versionAt('pnpm', { ...where, env: { ...where.env, ...env } });
    if (here !== undefined)
        return { kind: 'pnpm', name: 'pnpm', program: 'pnpm', args: [], env, version: here };
    const major = /^lockfileVersion: '?(\d+)/m.exec((0,external_node_fs_.readFileSync)(file, 'utf8'))?.[1] ?? '';
    const version = node_tool_named('pnpm', file) ?? pnpmOfLock[major] ?? versions.pnpm;
    const folder = await fetch({ name: 'pnpm', version, file }, where);
    const program = external_node_path_default().join(folder, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
    return { kind: 'pnpm', name: 'pnpm', program: process.execPath, args: [program], env, version };
}
/** The version of a tool that the project's manifest names (`packageManager`). */
function node_tool_named(tool, lock) {
    const text = readText(external_node_path_default().join(external_node_path_default().dirname(lock), 'package.json'));
    return new RegExp(`"packageManager"\\s*:\\s*"${tool}@(\\d[^"+]*)`).exec(text)?.[1];
}
async function fetchBun({ file }, where) {
    const name = `@oven/bun-${process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`;
    const folder = await fetch({ name, version: versions.bun, file }, where);
    return { kind: 'bun', name: 'bun', program: external_node_path_default().join(folder, 'node_modules', name, 'bin', 'bun'), args: [] };
}
/** The folder in the cache that a package of npm's is installed into. */
async function fetch({ name, version, file }, { env, options }) {
    const folder = external_node_path_default().join(options.cacheDir, 'tools', `${name.replace('/', '-')}-${version}`);
    if ((0,external_node_fs_.existsSync)(external_node_path_default().join(folder, 'node_modules', name, 'package.json')))
        return folder;
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
    options.progress.info(`Nothing here reads ${external_node_path_default().basename(file)}: fetching ${name} ${version} into the cache.`);
    const fresh = `${folder}.${process.pid}.${Math.random().toString(16).slice(2, 10)}`;
    try {
        (0,external_node_fs_.mkdirSync)(fresh, { recursive: true });
        const args = ['install', '--no-audit', '--no-fund', '--no-update-notifier', '--ignore-scripts', '--prefix', fresh, `${name}@${version}`];
        const { code, stderr, absent } = await run('npm', args, { cwd: fresh, env });
        if (code !== 0)
            throw noTool(file, absent === true ? 'npm is not here to fetch it with.' : stderr.trim().split('\n')[0] ?? '');
        publish(fresh, folder);
    }
    finally {
        (0,external_node_fs_.rmSync)(fresh, { recursive: true, force: true });
    }
    return folder;
}
function noTool(file, why) {
    const lock = external_node_path_default().basename(file);
    const cures = {
        'bun.lock': 'Add a step with oven-sh/setup-bun before this one.',
        'pnpm-lock.yaml': 'Add a step with pnpm/action-setup before this one.',
    };
    return new errors/* UserError */.yo({
        what: `There is nothing here to install ${lock} with.`, why,
        cure: cures[lock]
            ?? 'Add a step with actions/setup-node before this one, and for Yarn 2 and newer the command `corepack enable` after it.',
        docs: 'packaging.md#node', place: { file },
    });
}
async function versionAt(program, { cwd, env }) {
    const { code, stdout } = await run(program, ['--version'], { cwd, env });
    return code === 0 ? /^v?(\d\S*)/.exec(stdout.trim())?.[1] : undefined;
}
function readText(file) {
    return (0,external_node_fs_.existsSync)(file) ? (0,external_node_fs_.readFileSync)(file, 'utf8') : '';
}

;// CONCATENATED MODULE: ./src/package/install/node-project.ts










/** What a linked folder ships without: what an app's own folder does, and what is installed into it anew. */
const linkedExcludes = compileRules([...defaultExcludes, 'node_modules']);
/** Reads the lock and the manifests of its root and of the app, so that what cannot be read is told before anything is installed. */
function readNodeFiles(source, folder) {
    const lock = readNodeLock(source);
    for (const each of new Set([lock.root, projectOf(lock, folder), folder]))
        if ((0,external_node_fs_.existsSync)(external_node_path_default().join(each, 'package.json')))
            readManifest(external_node_path_default().join(each, 'package.json'));
    return lock;
}
/** Copies manifests (without their scripts), lock, linked folders and local files to `into`, each at its place relative to the others. */
function copyProject({ lock, kind, project, workspace }, into) {
    const linked = shippedFolders(lock, project);
    const base = (0,src_paths/* commonFolder */.Mp)(lock.root, project, ...lock.members, ...linked, ...lock.files);
    const place = (file) => external_node_path_default().join(into, external_node_path_default().relative(base, file));
    // npm wants to know every member of the workspace; the others install all that they know, so they are shown what comes along.
    const known = kind === 'npm' || kind === 'package' ? lock.members : linked;
    for (const folder of known)
        copyManifest(folder, place(folder));
    for (const folder of new Set([lock.root, project]))
        copyManifests(folder, place(folder));
    if (kind === 'pnpm' && project !== lock.root)
        narrow(lock.root, { to: place(lock.root), kept: [project, ...linked] });
    for (const folder of linked) {
        copyFolder({ from: folder, to: place(folder), rules: linkedExcludes, workspace });
        copyManifest(folder, place(folder));
    }
    for (const file of lock.files.filter((each) => !(0,external_node_fs_.statSync)(each).isDirectory())) {
        (0,external_node_fs_.mkdirSync)(external_node_path_default().dirname(place(file)), { recursive: true });
        (0,external_node_fs_.cpSync)(file, place(file));
    }
    return { root: place(lock.root), project: place(project), linked: linked.map(place) };
}
/** Takes the workspace's root and other members out of a copied pnpm workspace, which installs what all of them need. */
function narrow(root, { to, kept }) {
    const lock = readYaml(external_node_path_default().join(root, 'pnpm-lock.yaml'), '');
    const importers = Object.entries(lock.importers ?? {}).filter(([name]) => kept.includes(external_node_path_default().resolve(root, name)));
    (0,external_node_fs_.writeFileSync)(external_node_path_default().join(to, 'pnpm-lock.yaml'), (0,dist/* stringify */.As)({ ...lock, importers: { '.': {}, ...Object.fromEntries(importers) } }));
    if (!(0,external_node_fs_.existsSync)(external_node_path_default().join(root, 'package.json')))
        return;
    const manifest = readManifest(external_node_path_default().join(root, 'package.json'));
    const own = Object.fromEntries(Object.entries(manifest).filter(([name]) => !/dependencies$/i.test(name) && name !== 'scripts'));
    (0,external_node_fs_.writeFileSync)(external_node_path_default().join(to, 'package.json'), JSON.stringify(own));
}
/** Settings of installers that decide what is installed. */
const settingFiles = ['.npmrc', 'pnpm-workspace.yaml', '.yarnrc', '.yarnrc.yml', 'bunfig.toml'];
const manifests = [
    ...settingFiles, 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', '.pnpmfile.cjs', 'patches',
    '.yarn/patches', '.yarn/plugins', '.yarn/releases',
];
function copyManifests(from, to) {
    (0,external_node_fs_.mkdirSync)(to, { recursive: true });
    copyManifest(from, to);
    for (const name of manifests.filter((candidate) => (0,external_node_fs_.existsSync)(external_node_path_default().join(from, candidate))))
        (0,external_node_fs_.cpSync)(external_node_path_default().join(from, name), external_node_path_default().join(to, name), { recursive: true });
}

;// CONCATENATED MODULE: ./src/package/install/installed.ts



const noteName = 'installed.json';
/** Notes beside `<folder>/tree` what is in it, before the folder is moved to its place in the cache. */
function noteInstalled(folder, found) {
    const note = { ...found, extent: extentOf(external_node_path_default().join(folder, 'tree')) };
    (0,external_node_fs_.writeFileSync)(external_node_path_default().join(folder, noteName), JSON.stringify(note));
}
/** The dependencies at a place in the cache. What is not whole goes, so that it can be made anew. */
function readInstalled(place, key) {
    const folder = external_node_path_default().join(place, 'tree');
    try {
        const { extent, ...found } = JSON.parse((0,external_node_fs_.readFileSync)(external_node_path_default().join(place, noteName), 'utf8'));
        if (extent === extentOf(folder)) {
            touch(place);
            return { folder, key, ...found };
        }
    }
    catch {
        // No note, half a note, or no tree.
    }
    (0,external_node_fs_.rmSync)(place, { recursive: true, force: true });
    return undefined;
}
/** Files and bytes: cheap beside all that is done with a tree, and different after any cut. */
function extentOf(tree) {
    const files = (0,external_node_fs_.readdirSync)(tree, { withFileTypes: true, recursive: true }).filter((entry) => !entry.isDirectory());
    return `${files.length} files, ${files.reduce((sum, entry) => sum + (0,external_node_fs_.lstatSync)(external_node_path_default().join(entry.parentPath, entry.name)).size, 0)} bytes`;
}

;// CONCATENATED MODULE: ./src/package/install/node-dependencies.ts























/** The number of the form that the cache holds. */
const node_dependencies_form = 3;
/**
 * Hex digest over the lock, the manifests that it was made from, the folders and files of the repository that it leads to, and what an
 * earlier step has generated into the user's own `node_modules`.
 */
function digestNodeInputs(source, folder, sources) {
    const lock = readNodeLock(source);
    const project = projectOf(lock, folder);
    const hash = (0,external_node_crypto_.createHash)('sha256').update(`${source.kind}\0${external_node_path_default().relative(lock.root, project)}\n`);
    const listed = ['package.json', ...settingFiles].map((name) => external_node_path_default().join(lock.root, name));
    for (const file of [source.file, ...listed, ...[project, ...lock.members].map((each) => external_node_path_default().join(each, 'package.json'))]) {
        if ((0,external_node_fs_.existsSync)(file))
            hash.update((0,external_node_fs_.readFileSync)(file, 'utf8').replace(/\r\n/g, '\n')).update('\0');
    }
    for (const linked of shippedFolders(lock, project))
        hash.update(sources.folder(linked, linkedExcludes).digest);
    for (const file of lock.files.filter((each) => (0,external_node_fs_.statSync)(each).isFile()))
        hash.update((0,external_node_fs_.readFileSync)(file)).update('\0');
    for (const modules of ownModules(lock, project))
        for (const name of generatedIn(modules))
            hash.update(sources.folder(external_node_path_default().join(modules, name), []).digest);
    return hash.digest('hex');
}
/** The `node_modules` of the user's own checkout. */
function ownModules(lock, project) {
    return [...new Set([lock.root, project])].map((folder) => external_node_path_default().join(folder, 'node_modules'));
}
/**
 * Installs `node_modules` from the lock, for Linux and the function's architecture, without development tools; or finds it in the cache.
 */
function installNode(request, options) {
    return installOnce(request, { key: inputKey(request, options), options });
}
/** Resolves a package.json that has no lock, without installing anything. */
function resolveNode(request, options) {
    return withScratch(options.cacheDir, async (folder) => {
        const lock = await resolve(await startJob(request, folder, options));
        const key = keyOf(`${inputKey(request, options)}\n${lock}`);
        return { key, packages: lockedPackages(lock), install: () => installOnce(request, { key, options, lock }) };
    });
}
function installOnce(request, { key, options, lock }) {
    return shared(external_node_path_default().join(options.cacheDir, key), async () => readInstalled(node_dependencies_placeOf(key, options), key)
        ?? withScratch(options.cacheDir, async (folder) => {
            const job = await startJob(request, folder, options);
            if (lock !== undefined)
                (0,external_node_fs_.writeFileSync)(external_node_path_default().join(job.copy.root, 'package-lock.json'), lock);
            return install(job, key);
        }));
}
function inputKey({ source, project, architecture }, options) {
    return keyOf(`node${node_dependencies_form}/${architecture}\n${digestNodeInputs(source, project, options.sources)}`);
}
function keyOf(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
}
function node_dependencies_placeOf(key, options) {
    return external_node_path_default().join(options.cacheDir, 'dependencies', key);
}
async function startJob(request, folder, options) {
    const { source } = request;
    const lock = readNodeLock(source);
    const member = projectOf(lock, request.project);
    const folders = [lock.root, member];
    const hide = hideCredentials({ env: options.env, texts: [], files: nodeCredentialFiles(options.env, folders) }, options.progress);
    const env = installerEnv(options.env, { texts: nodeSettings(options.env, folders), secrets: options.secrets });
    const workspace = workspaceOf(lock.root, options.env);
    const copy = copyProject({ lock, kind: source.kind, project: member, workspace }, external_node_path_default().join(folder, 'work'));
    if (source.kind === 'yarn' || source.kind === 'bun') {
        const { architecture } = request;
        narrowManifests({ copy, architecture, isRun: runsScripts(architecture) });
    }
    // Asked where it is run: Corepack takes the version that the manifest names there, or its own.
    const tool = await findNodeTool(source, { cwd: copy.root, env, options });
    if (tool.kind === 'yarn' && tool.version?.startsWith('2.') === true)
        dropNewSettings(copy.root);
    if (tool.kind === 'pnpm' && !takesMachine(tool.version))
        nameMachine(copy.root, request.architecture);
    const onLine = (line) => options.progress.debug(line);
    return {
        request, options, lock, member, copy, folder, tool,
        run: async (args) => {
            const passing = (ran) => isNetworkFailure(withWords(ran));
            const how = { cwd: copy.root, env: { ...env, ...tool.env }, hide, onLine, passing };
            const ran = await runWithRetry(tool.program, [...tool.args, ...args], how);
            if (ran.code !== 0)
                throw nodeFailure(tool.name, source, withWords({ ...ran, stdout: hide(ran.stdout) }));
        },
    };
}
/** Yarn says on stdout what is wrong. */
function withWords(ran) {
    return ran.stderr.trim() === '' ? { ...ran, stderr: ran.stdout } : ran;
}
/** Has npm write a lock into the copy, which downloads no package; answers its text. */
async function resolve({ run, copy }) {
    await run(['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier']);
    return (0,external_node_fs_.readFileSync)(external_node_path_default().join(copy.root, 'package-lock.json'), 'utf8');
}
async function install({ request: { source, architecture }, options, lock, member, copy, folder, tool, run }, key) {
    options.progress.info(`Installing ${external_node_path_default().basename(source.file)} for Linux on ${architecture} with ${tool.kind}.`);
    await run(installArgs(tool, { architecture, member: external_node_path_default().relative(copy.root, copy.project) }));
    checkFrozen(source, copy.root);
    const tree = external_node_path_default().join(folder, 'result', 'tree');
    (0,external_node_fs_.mkdirSync)(external_node_path_default().join(tree, 'node_modules'), { recursive: true });
    const diagnostics = new src_diagnostics/* Diagnostics */.rE();
    const workspace = workspaceOf(lock.root, options.env);
    const modules = { ...copy, into: external_node_path_default().join(tree, 'node_modules'), own: ownModules(lock, member), workspace };
    const collected = collectModules(modules, diagnostics);
    warnOfScripts([lock.root, member, ...installedFolders(shippedFolders(lock, member), collected)], diagnostics);
    if (source.kind === 'yarn' || source.kind === 'bun')
        dropForeign(external_node_path_default().join(tree, 'node_modules'), architecture);
    checkOptional(external_node_path_default().join(tree, 'node_modules'), { source, architecture, diagnostics });
    if (diagnostics.errors.length > 0)
        throw new src_diagnostics/* DiagnosticsError */.Ho(diagnostics.all);
    const { warnings } = diagnostics;
    const resolved = resolvedIn(external_node_path_default().join(tree, 'node_modules'));
    noteInstalled(external_node_path_default().join(folder, 'result'), { resolved, warnings });
    publish(external_node_path_default().join(folder, 'result'), node_dependencies_placeOf(key, options));
    return { folder: external_node_path_default().join(node_dependencies_placeOf(key, options), 'tree'), key, resolved, warnings };
}

;// CONCATENATED MODULE: ./src/package/install/indexes.ts

/** The same in both tools' words: uv reads no pip.conf and no PIP_*, pip no UV_*, and a user does not choose which of the two runs. */
function indexEnv(tool, env) {
    const [theirs, others] = tool === 'uv' ? [uvIndexes(env), pipIndexes(env)] : [pipIndexes(env), uvIndexes(env)];
    // Settings that speak to the tool itself are the user's last word: nothing is mixed into them.
    if (theirs.main !== undefined || theirs.extra.length > 0)
        return {};
    return tool === 'uv' ? inUvWords(others, env) : inPipWords(others);
}
/** URLs without their credentials of every index that the step's settings name. */
function knownIndexes(env) {
    return [pipIndexes(env), uvIndexes(env)].flatMap(({ main, extra }) => [...(main === undefined ? [] : [main]), ...extra]).map(bareIndex);
}
/** An index's URL as it is compared: no credentials, no slash at the end. */
function bareIndex(url) {
    return url.replace(/^([a-z]+:\/\/)[^/]+@/i, '$1').replace(/\/+$/, '');
}
/** `url` with the credentials that UV_INDEX_<NAME>_USERNAME and _PASSWORD have for it. */
function withUvCredentials(name, url, env) {
    const variable = `UV_INDEX_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
    return withCredentials(url, env[`${variable}_USERNAME`], env[`${variable}_PASSWORD`]);
}
/** `url` with a user and password, percent-encoded; as it is where it has credentials already or there are none. */
function withCredentials(url, user, password) {
    if (user === undefined && password === undefined || /^[a-z]+:\/\/[^/]*@/i.test(url))
        return url;
    const userinfo = [user ?? '', ...(password === undefined ? [] : [password])].map(encodeURIComponent).join(':');
    return url.replace(/^([a-z]+:\/\/)/i, `$1${userinfo}@`);
}
function pipIndexes(env) {
    const file = readPipConfig(env);
    const get = (name) => env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`] ?? file.get(name);
    return {
        main: get('index-url'), extra: words(get('extra-index-url')), links: words(get('find-links')),
        trusted: words(get('trusted-host')),
    };
}
function uvIndexes(env) {
    const named = (word) => {
        const [, name, url] = /^([A-Za-z0-9_.-]+)=(.+)$/.exec(word) ?? [];
        return name === undefined || url === undefined ? word : withUvCredentials(name, url, env);
    };
    const main = env['UV_DEFAULT_INDEX'] ?? env['UV_INDEX_URL'];
    return {
        main: main === undefined || main === '' ? undefined : named(main),
        extra: [
            ...words(env['UV_INDEX']), ...words(env['UV_EXTRA_INDEX_URL']),
        ].map(named), links: words(env['UV_FIND_LINKS']?.replaceAll(',', ' ')),
        trusted: words(env['UV_INSECURE_HOST']),
    };
}
function inUvWords({ main, extra, links, trusted }, env) {
    return given({
        UV_DEFAULT_INDEX: main, UV_INDEX: extra.join(' '), UV_FIND_LINKS: env['UV_FIND_LINKS'] === undefined ? links.join(',') : undefined,
        UV_INSECURE_HOST: env['UV_INSECURE_HOST'] === undefined ? trusted.join(' ') : undefined,
    });
}
function inPipWords({ main, extra, links, trusted }) {
    return given({
        PIP_INDEX_URL: main, PIP_EXTRA_INDEX_URL: extra.join(' '), PIP_FIND_LINKS: links.join(' '),
        PIP_TRUSTED_HOST: trusted.join(' '),
    });
}
function given(variables) {
    return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => value === undefined || value === '' ? [] : [[
            name, value,
        ]]));
}
function words(text) {
    return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
;// CONCATENATED MODULE: ./src/package/install/local-folder.ts



/**
 * What a local Python package is built without, and what its digest leaves out. Folders of tools go at its root alone: deeper ones of the
 * same name may hold its code (`shared/build/__init__.py`).
 */
const notOfPackage = compileRules([
    '/.venv/', '/venv/', '/node_modules/', '/build/', '/.tox/', '.git', '__pycache__/', '*.egg-info', '*.pyc',
]);
/** Whether a file or folder below the package's folder is copied to be built. */
function isOfPackage(file, folder) {
    return lastMatch(notOfPackage, { path: external_node_path_default().relative(folder, file), directory: (0,external_node_fs_.lstatSync)(file).isDirectory() }, -1) === -1;
}

;// CONCATENATED MODULE: ./src/package/install/local-copy.ts





/** A requirement for a copy of the folder: building in place would leave `build/` and `*.egg-info` in the user's tree. */
function localLine(local, job) {
    return `${copyOf(local.path, job)}${local.extras}${local.marker === '' ? '' : ` ; ${local.marker}`}`;
}
/** What a path in a copy is the copy of. */
function originalOf(place, job) {
    const [copy, original] = [...job.copies].find(([each]) => (0,src_paths/* isInside */.FK)(each, place)) ?? [];
    return copy === undefined || original === undefined ? place : external_node_path_default().join(original, external_node_path_default().relative(copy, place));
}
/** The folder or file in a copy, which is made once for a job; where its build may look around it lies in a copy of the repository. */
function copyOf(local, job) {
    const isFolder = (0,external_node_fs_.statSync)(local).isDirectory();
    const root = isFolder && looksAround(local) ? rootOf(local, job.workspace) : local;
    const known = [...job.copies].find(([, original]) => original === root)?.[0];
    const copy = known ?? external_node_path_default().join(job.folder, 'local', String(job.copies.size), external_node_path_default().basename(root));
    const place = external_node_path_default().join(copy, external_node_path_default().relative(root, local));
    if (known === undefined) {
        (0,external_node_fs_.mkdirSync)(external_node_path_default().dirname(copy), { recursive: true });
        job.copies.set(copy, root);
        if (!isFolder)
            (0,external_node_fs_.cpSync)(local, copy);
        else if (root !== local)
            copyRepository(root, copy, job);
    }
    if (isFolder && (root !== local || known === undefined)) {
        // What git ignores (generated code) is part of the package, too.
        (0,external_node_fs_.cpSync)(local, place, { recursive: true, filter: (from) => from === local || isOfPackage(from, local) });
        pointToGit(root, place, copy);
    }
    return place;
}
/** What names things outside of the folder: neighbours, a version out of git, a workspace; a setup.py may do anything. */
function looksAround(folder) {
    if ((0,external_node_fs_.existsSync)(external_node_path_default().join(folder, 'setup.py')) || (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, 'Cargo.toml')))
        return true;
    const settings = ['pyproject.toml', 'setup.cfg'].map((name) => external_node_path_default().join(folder, name)).filter((file) => (0,external_node_fs_.existsSync)(file));
    return settings.some((file) => /\.\.|\bgit|scm|vcs|\bpbr\b|dynamic|root:|workspace/i.test((0,external_node_fs_.readFileSync)(file, 'utf8')));
}
/** The workspace; for a folder outside of it the repository that it lies in, if any. */
function rootOf(local, workspace) {
    if ((0,src_paths/* isInside */.FK)(workspace, local))
        return workspace;
    for (let folder = local; external_node_path_default().dirname(folder) !== folder; folder = external_node_path_default().dirname(folder))
        if ((0,external_node_fs_.existsSync)(external_node_path_default().join(folder, '.git')))
            return folder;
    return local;
}
/** What git knows of, or would take; without git all but what tools put there. */
function copyRepository(root, copy, job) {
    const listed = (0,external_node_child_process_.spawnSync)('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, env: job.env, encoding: 'utf8', maxBuffer: 1 << 28 });
    const files = listed.status === 0 ? listed.stdout.split('\0').filter((file) => file !== '') : walkAll(root, '');
    for (const file of new Set(files)) {
        const from = external_node_path_default().join(root, file);
        const stat = (0,external_node_fs_.lstatSync)(from, { throwIfNoEntry: false });
        if (stat?.isFile() !== true && stat?.isSymbolicLink() !== true)
            continue;
        (0,external_node_fs_.mkdirSync)(external_node_path_default().dirname(external_node_path_default().join(copy, file)), { recursive: true });
        if (stat.isSymbolicLink())
            (0,external_node_fs_.cpSync)(from, external_node_path_default().join(copy, file), { verbatimSymlinks: true });
        else
            (0,external_node_fs_.copyFileSync)(from, external_node_path_default().join(copy, file), external_node_fs_.constants.COPYFILE_FICLONE);
    }
}
const ofTools = /^(?:\.git|\.venv|venv|node_modules|\.tox|\.nox|__pycache__)$/;
function walkAll(root, folder) {
    return (0,external_node_fs_.readdirSync)(external_node_path_default().join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const file = external_node_path_default().join(folder, entry.name);
        return ofTools.test(entry.name) ? [] : entry.isDirectory() ? walkAll(root, file) : [file];
    });
}
/**
 * Lets git find the repository from the copy: versions are made of its tags, and lists of files of its index. Nothing is written there
 * (GIT_OPTIONAL_LOCKS).
 */
function pointToGit(root, place, copy) {
    for (let folder = place; (0,src_paths/* isInside */.FK)(copy, folder); folder = external_node_path_default().dirname(folder)) {
        const git = external_node_path_default().join(root, external_node_path_default().relative(copy, folder), '.git');
        if (!(0,external_node_fs_.existsSync)(git))
            continue;
        const target = (0,external_node_fs_.statSync)(git).isDirectory()
            ? git
            : external_node_path_default().resolve(external_node_path_default().dirname(git), (0,external_node_fs_.readFileSync)(git, 'utf8').replace(/^gitdir:/, '').trim());
        (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
        (0,external_node_fs_.writeFileSync)(external_node_path_default().join(folder, '.git'), `gitdir: ${target}\n`);
    }
}

;// CONCATENATED MODULE: ./src/package/install/report.ts


/** Reports leave the credentials of URLs out; the lines that asked for them have them. */
function restoreCredentials(lines, asked) {
    const users = new Map(asked.flatMap((line) => {
        const [, url, user] = /((?:[a-z]+\+)?[a-z]+:\/\/([^/\s]+)@[^\s;#]+)/.exec(line) ?? [];
        return url === undefined || user === undefined ? [] : [[bareSource(url), user]];
    }));
    return lines.map((line) => {
        const url = / @ ((?:[a-z]+\+)?[a-z]+:\/\/[^\s#]+)/.exec(line)?.[1];
        const user = url === undefined ? undefined : users.get(bareSource(url));
        return url === undefined || user === undefined ? line : line.replace(url, withoutUser(url).replace('://', `://${user}@`));
    });
}
/**
 * uv resolves without looking at the hashes that a list gives for some of its lines, and writes the index's: those of the list stay,
 * and are held against the file when it is installed.
 */
function keepHashes(lines, asked) {
    const given = new Map(asked.flatMap((line) => {
        const hashes = [...line.matchAll(/\s--hash[=\s]\S+/g)].join('');
        return hashes === '' ? [] : [[nameOf(line), hashes]];
    }));
    return lines.map((line) => {
        const hashes = given.get(nameOf(line));
        return hashes === undefined ? line : `${line.replace(/\s--hash.*$/, '')}${hashes}`;
    });
}
function nameOf(line) {
    return distributionName(/^[A-Za-z0-9._-]+/.exec(line)?.[0] ?? '');
}
/** Without credentials and revision. */
function bareSource(url) {
    return withoutUser(url).replace(/(:\/\/[^/]*\/[^@]*)@.*$/, '$1');
}
function withoutUser(url) {
    return url.replace(/:\/\/[^/\s]+@/, '://');
}
/** pip's installation report (https://pip.pypa.io/en/stable/reference/installation-report/) as requirement lines, sorted. */
function reportedLines(file) {
    const report = JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
    return report.install.map(({ metadata: { name, version }, is_direct, download_info: from }) => {
        if (from.vcs_info !== undefined) {
            const folder = from.subdirectory === undefined ? '' : `#subdirectory=${from.subdirectory}`;
            return `${name} @ ${from.vcs_info.vcs}+${from.url}@${from.vcs_info.commit_id}${folder}`;
        }
        const sha256 = from.archive_info?.hashes?.['sha256'] ?? from.archive_info?.hash?.replace(/^sha256=/, '');
        const what = is_direct ? `${name} @ ${from.url}` : `${name}==${version}`;
        return sha256 === undefined ? what : `${what} --hash=sha256:${sha256}`;
    }).sort();
}

;// CONCATENATED MODULE: ./src/package/install/pip-log.ts
const stamp = /^\d{4}-\d\d-\d\dT[\d:]+,\d+ ?/;
/** Reads pip's log; credentials are as pip writes them. */
function readPipLog(log) {
    const lines = log.split('\n').map((line) => line.replace(stamp, '').trimEnd());
    // An index without the package answers 404, which is no failure of the index.
    const refusals = lines.flatMap((line) => /Could not fetch URL \S+: (?!4(?:04|10)\b).*|\bfatal: .*/.exec(line)?.[0] ?? []);
    const untrusted = /repository located at (\S+) is not a trusted or secure host/.exec(log)?.[1];
    return { refusals: [...new Set(refusals)], ...(untrusted === undefined ? {} : { untrusted }), build: buildIn(lines) };
}
/** pip notes what it runs, what that says, and how it ended. */
function buildIn(lines) {
    const end = lines.findIndex((line) => /: finished with status 'error'$/.test(line));
    const start = lines.slice(0, Math.max(0, end)).findLastIndex((line) => /^\s*Running command /.test(line));
    return end === -1 || start === -1
        ? []
        : lines.slice(start + 1, end).map((line) => line.trim()).filter((line) => line !== ''
            && !/^(?:ERROR: )?\[(?:present-rich|bold magenta)\]/.test(line));
}

;// CONCATENATED MODULE: ./src/package/install/run-installer.ts






/** Runs the first way of several that works; a UserError is the last one's. */
async function runInstaller(ways, wanted, job) {
    let last;
    for (const args of ways) {
        const options = { cwd: job.folder, env: job.env, hide: job.hide, onLine: (line) => job.options.progress.debug(line) };
        if (job.tool.kind === 'pip') {
            // A log of all that pip looks at takes a fifth of its time, and is read only where it fails.
            const quick = await run(job.tool.program, args, options);
            if (quick.code === 0)
                return quick;
            (0,external_node_fs_.rmSync)(logOf(job), { force: true });
        }
        const logged = job.tool.kind === 'pip' ? [...args, '--log', logOf(job)] : args;
        const ran = await runWithRetry(job.tool.program, logged, { ...options, passing: (each) => isNetworkFailure(withLog(each, job)) });
        if (ran.code === 0)
            return ran;
        last = withLog(ran, job);
        if (!isMissingWheel(last) && !isRefusedBuild(last))
            break;
    }
    if (last?.build !== undefined)
        for (const line of last.build)
            job.options.progress.debug(line);
    throw installFailure(last, wanted, job);
}
function logOf(job) {
    return external_node_path_default().join(job.folder, 'pip.log');
}
function withLog(ran, job) {
    if (job.tool.kind !== 'pip' || !(0,external_node_fs_.existsSync)(logOf(job)))
        return ran;
    const log = (0,external_node_fs_.readFileSync)(logOf(job), 'utf8');
    const { refusals, build, ...rest } = readPipLog(log);
    return { ...ran, ...rest, log, build: build.map(job.hide), stderr: `${job.hide(refusals.join('\n'))}\n${ran.stderr}` };
}

;// CONCATENATED MODULE: ./src/package/install/python.ts








const pipFlags = ['--disable-pip-version-check', '--no-input', '--no-warn-script-location'];
/** Resolves what floats to lines with exact versions and hashes; what is exact already passes through. */
async function python_resolve(wanted, job) {
    if (wanted.lines.length + wanted.repositories.length + wanted.locals.length === 0)
        return wanted;
    const file = writeLines(job, 'wanted.txt', [...wanted.options, ...wanted.lines, ...wanted.repositories, ...wanted.locals.map((local) => localLine(local, job))]);
    const constraints = wanted.constraints.length === 0 ? [] : ['-c', writeLines(job, 'constraints.txt', wanted.constraints)];
    const resolved = job.tool.kind === 'uv' ? await resolveWithUv([file, ...constraints], wanted, job) : await resolveWithPip([
        '-r', file, ...constraints,
    ], wanted, job);
    const lines = keepHashes(restoreCredentials(resolved, [...wanted.lines, ...wanted.repositories]), wanted.lines);
    const repositories = lines.filter((line) => /@ (?:git|hg|svn|bzr)\+/.test(line));
    const known = wanted.locals.map((local) => local.path);
    // A folder may need its neighbours by their paths, which it alone tells.
    const found = lines.flatMap((line) => / @ (file:\/\/\S+)/.exec(line)?.[1]
        ?? []).map((url) => originalOf((0,external_node_url_.fileURLToPath)(url.replace(/#.*$/, '')), job));
    const neighbours = [...new Set(found)].filter((place) => !known.includes(place)).map((place) => ({ path: place, extras: '', marker: '' }));
    return {
        ...wanted, locals: [...wanted.locals, ...neighbours],
        lines: lines.filter((line) => !/^(?:\.{0,2}\/|file:)| @ (?:file:|(?:git|hg|svn|bzr)\+)/.test(line)), repositories,
        constraints: [], hashed: true,
    };
}
/** Installs exact, hashed lines into an empty folder; nothing is resolved anew. */
async function installLines(wanted, into, job) {
    if (wanted.lines.length === 0)
        return;
    const file = writeLines(job, 'lock.txt', [...wanted.options, ...wanted.lines]);
    await runInstaller(job.tool.kind === 'uv'
        // Every line is exact and hashed, so no index can slip in a stranger's file: each may be asked.
        ? uvPlatforms(job.target.runtime, job.target.architecture).map((platform) => [
            'pip', 'install', ...uvTarget(job, { into, platform }), ...uvBinary(wanted), ...python_uvSettings(wanted), ...uvOptions(wanted),
            '--index-strategy', 'unsafe-best-match', '--require-hashes', '-r', file,
        ])
        : pipTargets(job.target).map((target) => [
            '-m', 'pip', 'install', ...pipFlags, '--no-compile', '--target', into, ...target, '--require-hashes', '-r', file,
        ]), wanted, job);
}
/**
 * Builds and installs one folder, archive or repository, alone and without its dependencies, into an empty folder; what it is built
 * with comes from the same indexes.
 */
async function installSource({ requirement, settings }, into, { wanted, job }) {
    const [platform = ''] = uvPlatforms(job.target.runtime, job.target.architecture);
    // Settings of the command reach what the command itself names, with every pip; on a line of a list they do from 23.1 on.
    const options = settings.flatMap((setting) => [job.tool.kind === 'uv' ? '--config-setting' : '--config-settings', setting]);
    const isNamed = job.tool.kind === 'pip' && settings.length > 0;
    const file = writeLines(job, 'source.txt', [...wanted.options, ...(isNamed ? [] : [requirement])]);
    const how = ['--no-deps', ...options, '-r', file, ...(isNamed ? [requirement] : [])];
    await runInstaller([job.tool.kind === 'uv'
            ? ['pip', 'install', ...uvTarget(job, { into, platform }), ...uvOptions(wanted), ...how]
            : ['-m', 'pip', 'install', ...pipFlags, '--no-compile', '--use-pep517', '--target', into, ...how]], wanted, job);
}
async function resolveWithUv(inputs, wanted, job) {
    const { runtime, architecture } = job.target;
    // A folder or repository that tells its needs only when it is built (setup.py) must be allowed to; what comes from an index is held
    // to wheels when it is installed.
    const binaries = [uvBinary(wanted), ...(wanted.locals.length + wanted.repositories.length === 0 ? [] : [[]])];
    const ways = binaries.flatMap((binary) => uvPlatforms(runtime, architecture).map((platform) => ({ binary, platform })));
    const { stdout } = await runInstaller(ways.map(({ binary, platform }) => [
        'pip',
        'compile',
        ...inputs,
        '--python-version',
        `3.${runtime.minor}`,
        '--python-platform',
        platform,
        ...binary,
        ...python_uvSettings(wanted),
        ...uvOptions(wanted),
        ...uvPython(job),
        '--generate-hashes',
        '--no-header',
        '--no-annotate',
        '--quiet',
        ...uvDownloads(job),
    ]), wanted, job);
    return joined(stdout);
}
async function resolveWithPip(inputs, wanted, job) {
    const report = external_node_path_default().join(job.folder, 'report.json');
    await runInstaller(pipTargets(job.target).map((target) => [
        '-m',
        'pip',
        'install',
        ...pipFlags,
        '--dry-run',
        '--ignore-installed',
        '--quiet',
        '--use-pep517',
        '--report',
        report,
        '--target',
        external_node_path_default().join(job.folder, 'none'),
        ...target,
        ...inputs,
    ]), wanted, job);
    return reportedLines(report);
}
/** pip's options for the target, to be tried in this order. */
function pipTargets({ runtime, architecture }) {
    const python = ['--implementation', 'cp', '--python-version', `3.${runtime.minor}`, '--only-binary=:all:'];
    return wheelPlatforms(runtime, architecture).map((tags) => [...python, ...tags.flatMap((tag) => ['--platform', tag])]);
}
/** What lines say to builds; where a wheel is taken it says nothing, and uv reads none of it on a line (uv issue 13375, uv 0.8.0). */
function python_uvSettings({ settings = [], buildable }) {
    const names = buildable.map(distributionName);
    const isBuilt = (setting) => buildable.includes(':all:') || names.includes(setting.slice(0, setting.indexOf(':')));
    return settings.filter(isBuilt).flatMap((setting) => ['--config-settings-package', setting]);
}
/** Without `--only-binary` uv would build archives for this machine and put them into a package for another (uv issue 16019). */
function uvBinary(wanted) {
    if (wanted.buildable.includes(':all:'))
        return (wanted.wheelsOnly ?? []).flatMap((name) => ['--only-binary', name]);
    return ['--only-binary', ':all:', ...wanted.buildable.flatMap((name) => ['--no-binary', name])];
}
/** What uv passes over in a requirements file (a warning that `--quiet` swallows), as options. */
function uvOptions(wanted) {
    return wanted.options.flatMap((option) => option === '--pre' ? [
        '--prerelease', 'allow',
    ] : /^--trusted-host(?:\s+|=)(\S+)$/.exec(option)?.[1]?.split(' ').flatMap((host) => [
        '--allow-insecure-host', host,
    ]) ?? []);
}
function uvTarget(job, { into, platform }) {
    return ['--target', into, '--python-version', `3.${job.target.runtime.minor}`, '--python-platform', platform,
        ...uvPython(job), '--no-compile-bytecode', '--no-installer-metadata', ...uvDownloads(job), '--link-mode', 'copy', '--quiet'];
}
/** The interpreter that builds; uv looks for one on PATH alone. */
function uvPython(job) {
    if (job.python !== undefined)
        return ['--python', job.python];
    return job.fetchesPython ? ['--python', `3.${job.target.runtime.minor}`] : [];
}
/** A Python is fetched only where there is none: what is there does for a package of any version. */
function uvDownloads({ fetchesPython }) {
    return fetchesPython ? [] : ['--no-python-downloads'];
}
function writeLines(job, name, lines) {
    const file = external_node_path_default().join(job.folder, name);
    (0,external_node_fs_.writeFileSync)(file, `${lines.join('\n')}\n`);
    return file;
}
/** Joins the continued lines of a requirements text. */
function joined(text) {
    return text.replace(/\\\n\s*/g, ' ').split('\n').map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== ''
        && !line.startsWith('#'));
}

// EXTERNAL MODULE: ./src/defined.ts
var defined = __webpack_require__(2050);
;// CONCATENATED MODULE: ./src/package/install/list-file.ts





/** What the system shows of itself as files. */
const ofSystem = /^\/(?:proc|sys|dev)\//;
/**
 * Refuses a list that is none of the repository's, by its path or through a link: its text may be anything on the machine (the step's
 * environment, say), and errors show lines. `main` is the list that names it, or itself. Throws a UserError.
 */
function checkListFile(file, main, env) {
    const stat = (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false });
    if (stat === undefined)
        return;
    const folder = external_node_path_default().dirname(main);
    const workspace = workspaceOf(folder, env);
    // Outside of a runner and of any repository nothing says where the user's own files end.
    const isKnown = workspace !== folder || workspace === env['GITHUB_WORKSPACE'] || (0,external_node_fs_.existsSync)(external_node_path_default().join(workspace, '.git'));
    const real = (0,external_node_fs_.realpathSync)(file);
    const isOutside = ofSystem.test(real) || ofSystem.test(file) || isKnown && !(0,src_paths/* isInside */.FK)((0,external_node_fs_.realpathSync)(workspace), real);
    if (!isOutside && stat.isFile())
        return;
    throw new errors/* UserError */.yo({
        what: isOutside ? `${file} leads out of the workspace.` : `${file} is no file.`,
        why: 'Lists of dependencies are read from what was checked out alone.',
        cure: 'Copy it into the repository, or take out the line or the link that leads there.',
        docs: 'packaging.md#python-dependencies',
        place: { file: main },
    });
}

;// CONCATENATED MODULE: ./src/package/install/list-options.ts

const withValue = [
    'index-url', 'extra-index-url', 'find-links', 'no-binary', 'only-binary', 'trusted-host', 'use-feature', 'requirement', 'constraint',
];
const flags = ['no-index', 'pre', 'prefer-binary', 'require-hashes', 'use-pep517', 'no-use-pep517'];
const list_options_short = { i: 'index-url', f: 'find-links', r: 'requirement', c: 'constraint' };
/**
 * The options of a line that holds nothing else. As pip has it: several in one line, values behind `=` or a blank or right behind the
 * letter, in quotes, and names cut short as long as they mean one.
 * @returns the option as it is written, where a list cannot have it
 */
function optionsIn(line) {
    const words = wordsOf(line);
    const options = [];
    for (let at = 0; at < words.length; at++) {
        const word = words[at] ?? '';
        const [, letter, behind = ''] = /^-([a-zA-Z])(.*)$/s.exec(word) ?? [];
        const [, long, , given] = /^--([a-z][\w-]*)(=(.*))?$/s.exec(word) ?? [];
        const name = letter === undefined ? fullName(long ?? '') : list_options_short[letter];
        if (name === undefined)
            return word.split('=', 1)[0] ?? word;
        const attached = letter === undefined ? given : behind.replace(/^=/, '') || undefined;
        options.push({ name, value: flags.includes(name) ? '' : attached ?? words[++at] ?? '' });
    }
    return options;
}
function fullName(written) {
    const known = [...withValue, ...flags];
    if (known.includes(written))
        return written;
    const meant = known.filter((name) => written.length > 1 && name.startsWith(written));
    return meant.length === 1 ? meant[0] : undefined;
}
/** As a shell splits a line. */
function wordsOf(line) {
    const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
    return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_whole, double, single) => double ?? single ?? ''));
}
const buildOption = /\s(?:--config-settings?|-C|--(?:global|install|build)-option)(?:=|\s+)(?:\S*"[^"]*"|\S*'[^']*'|\S+)/g;
/** A requirement's line without the options for its build, and these as settings of a build backend (PEP 517), `KEY=VALUE` each. */
function buildSettings(line) {
    const plain = line.replace(buildOption, '').replace(/\s*;\s*$/, '');
    const settings = [...line.matchAll(buildOption)].flatMap(([whole]) => {
        const [, option = '', value = ''] = /^(--?[A-Za-z-]+)(?:=|\s+)(.*)$/s.exec(wordsOf(whole).join(' ')) ?? [];
        if (option === '--install-option')
            return [];
        // Settings of these names are what setuptools takes them for since it is a backend.
        return [option === '--global-option' || option === '--build-option' ? `${option}=${value}` : value];
    });
    return { plain, settings };
}
/** What `--no-binary` and `--only-binary` have chosen, one after the other. */
class BinaryChoice {
    #no = new Set();
    #only = new Set();
    /** Later options win over earlier ones; `:all:` takes the place of all names, `:none:` takes them back. */
    take(option, value) {
        const [target, other] = option === 'no-binary' ? [this.#no, this.#only] : [this.#only, this.#no];
        for (const name of value.split(',').map((each) => each.trim()).filter((each) => each !== '')) {
            if (name === ':none:')
                target.clear();
            else if (name === ':all:') {
                other.clear();
                target.clear();
                target.add(name);
            }
            else {
                other.delete(distributionName(name));
                target.add(distributionName(name));
            }
        }
    }
    /** Names that may be built from source, or `:all:`. */
    get buildable() {
        return [...this.#no];
    }
    /** Names that are taken as wheels although all others may be built. */
    get wheelsOnly() {
        return [...this.#only].filter((name) => name !== ':all:');
    }
}

;// CONCATENATED MODULE: ./src/package/install/local-path.ts



/**
 * A requirement that is a path, in every form that pip, uv and the locks have: `./shared`, `libs/core`, `../lib[extra] ; marker`,
 * `shared.whl --hash=sha256:...`, `file:.`, `file:///...#egg=x`, `name @ file:./shared`, `.\shared` of a list from Windows.
 */
function local_path_localPath(text, folder) {
    const hashes = [...text.matchAll(/\s--hash[=\s]\s*(\S+)/g)].map(([, hash]) => hash);
    const [, head = '', marker = ''] = /^(.*?)(?:\s+;\s*|\s;|;\s+)(.*)$/.exec(withoutOptions(text)) ?? ['', withoutOptions(text)];
    const named = /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[[^\]]*\])?\s*@\s*(\S.*)$/.exec(head);
    const written = (named?.[2] ?? head).trim().replace(/#(?:egg|subdirectory)=.*$/, '');
    const extras = named?.[1] ?? /\[[^\]]*\]$/.exec(written)?.[0] ?? '';
    const bare = named === null ? written.replace(/\[[^\]]*\]$/, '') : written;
    const place = bare.startsWith('file:')
        ? fileUrl(bare, folder)
        : isPath(bare, folder) ? external_node_path_default().resolve(folder, bare.replaceAll('\\', '/')) : undefined;
    return place === undefined ? undefined : { path: place, extras, marker: marker.trim(), ...(hashes.length === 0 ? {} : { hashes }) };
}
/** A path as a lock writes it, relative to the lock's folder. */
function lockedPath(written, lock) {
    const folder = external_node_path_default().dirname(lock);
    return written.startsWith('file:') ? fileUrl(written.replace(/#.*$/, ''), folder) : external_node_path_default().resolve(folder, written.replaceAll('\\', '/'));
}
/** Without what stands behind a requirement for the installer alone. */
function withoutOptions(text) {
    return text.replace(/\s--(?:hash|config-settings?|global-option|install-option)(?=[=\s]).*$/, '').trim();
}
/** `file:` with a relative path is no URL by the letter of RFC 8089, and pip takes it all the same. */
function fileUrl(url, folder) {
    const rest = url.replace(/^file:(?:\/\/(?:localhost(?=\/))?)?/, '');
    if (!rest.startsWith('/'))
        return external_node_path_default().resolve(folder, decodeURIComponent(rest.replace(/^\$\{PROJECT_ROOT\}\/?/, '')));
    return /^\/\$\{PROJECT_ROOT\}/.test(rest)
        ? external_node_path_default().resolve(folder, decodeURIComponent(rest.replace(/^\/\$\{PROJECT_ROOT\}\/?/, '')))
        : (0,external_node_url_.fileURLToPath)(`file://${rest}`);
}
/** pip's rule: it begins like a path or names a folder or file that is there; the name of an archive is one anyhow. */
function isPath(text, folder) {
    if (/^\.{0,2}[\\/]|^\.{1,2}$|^[A-Za-z]:[\\/]/.test(text))
        return true;
    if (/[@<>=!~\s]|:\/\//.test(text))
        return false;
    return /\.(?:whl|tar\.gz|tgz|zip)$/.test(text)
        || /[\\/]/.test(text) && (0,external_node_fs_.statSync)(external_node_path_default().resolve(folder, text.replaceAll('\\', '/')), { throwIfNoEntry: false }) !== undefined;
}

;// CONCATENATED MODULE: ./src/package/install/requirement-line.ts


const requirement_line_name = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
/** A version is no more than its letters here; `.*` at the end of some. */
const version = '(?:===\\s*[^\\s,;()]+|(?:[<>=!~]=|[<>])\\s*(?:v?\\d[\\w.!+-]*(?:\\.\\*|\\*)?|\\$\\{\\w+\\}))';
/** A requirement by its name (PEP 508), as far as its form goes. */
const requirement = new RegExp(`^${requirement_line_name}\\s*(?:\\[[^\\]]*\\])?\\s*(?:\\(?\\s*(?:${version}(?:\\s*,\\s*${version})*\\s*,?)?\\s*\\)?)\\s*(?:;.*)?$`);
/** A UserError with its place for a line that no installer would take, and what was meant, where that is plain. */
function checkRequirementLine(text, place) {
    const line = withoutOptions(text);
    const isOther = /@|:\/\//.test(line) && notPython(line) === undefined;
    if (isOther || requirement.test(line))
        return;
    const cure = notPython(line) ?? condaCure(line) ?? nearCure(line)
        ?? 'Write a name with a version, as in `requests==2.32.3`, or take the line out.';
    throw new errors/* UserError */.yo({ what: `\`${line}\` is no requirement.`, cure, place, docs: 'packaging.md#python-dependencies' });
}
/** `requests@2.31.0` of npm, and a repository's page in the place of a repository. */
function notPython(line) {
    const [, package_, release] = new RegExp(`^(${requirement_line_name})@v?(\\d[\\w.]*)$`).exec(line) ?? [];
    if (package_ !== undefined)
        return `Write \`${package_}==${release ?? ''}\`.`;
    const page = /^(?:https:\/\/)?((?:github|gitlab)\.com\/[\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(line)?.[1];
    return page === undefined ? undefined : `Write \`${page.slice(page.lastIndexOf('/') + 1)} @ git+https://${page}@COMMIT\`.`;
}
function condaCure(line) {
    const [, listed, release] = /^([\w.-]+)=([\w.!+*-]+)=\S+$/.exec(line) ?? /^([\w.-]+)\s+(\d\S*)\s+\S+(?:\s+\S+)?$/.exec(line) ?? [];
    return listed === undefined
        ? undefined
        : 'It is a line of `conda list`, whose packages pip does not have by these names: list what your code imports, as in '
            + `\`${listed.startsWith('_') ? 'requests==2.32.3' : `${listed}==${release ?? ''}`}\`.`;
}
/** Slips that people make. */
function nearCure(line) {
    const [, single, one] = /^([\w.-]+)\s*=\s*["']?([\w.!+*-]+)["']?$/.exec(line) ?? [];
    if (single !== undefined)
        return `Write \`${single}==${one ?? ''}\`.`;
    const [, listed, bare] = /^([\w.-]+)\s+v?(\d[\w.!+]*)$/.exec(line) ?? [];
    if (listed !== undefined)
        return `Write \`${listed}==${bare ?? ''}\`; \`pip freeze\` writes lists in this form.`;
    const plain = line.replace(/^["'](.*)["']$/, '$1').replace(/^(?:python3? -m )?pip3? install (?:-U )?/, '').replace(/=([<>~!])/g, '$1=')
        .replace(/(\d)(?=[<>])/g, '$1,').replace(/~(?=\d)/, '~=');
    return plain !== line && requirement.test(plain) ? `Write \`${plain}\`.` : undefined;
}

;// CONCATENATED MODULE: ./src/package/install/requirements.ts










const indexOptions = ['index-url', 'extra-index-url', 'find-links', 'no-index', 'trusted-host', 'pre', 'prefer-binary'];
/**
 * Reads a requirements file of pip's with all files it names (https://pip.pypa.io/en/stable/reference/requirements-file-format/).
 * Throws a UserError with the place for an option that a package cannot honour.
 */
function readRequirements(file, env) {
    const found = { lines: [], locals: [], repositories: [], constraints: [],
        options: [], settings: [], files: [], places: new Map() };
    const binaries = new BinaryChoice();
    let hashesFrom;
    read(file, false);
    const unhashed = found.lines.find((line) => !line.includes('--hash'));
    if (hashesFrom !== undefined && unhashed !== undefined)
        throw withoutHash(unhashed, found.places.get(unhashed) ?? hashesFrom);
    const { buildable, wheelsOnly } = binaries;
    return { ...found, buildable, wheelsOnly, hashed: unhashed === undefined };
    function read(from, constraint) {
        if (found.files.includes(from))
            return;
        checkListFile(from, file, env);
        found.files.push(from);
        for (const line of logicalLines(from))
            take({ ...line, text: expand(line.text, env) }, external_node_path_default().dirname(from), constraint);
    }
    function take(line, folder, constraint) {
        const mark = conflictMark(line.text, line.place);
        if (mark !== undefined)
            throw mark;
        const options = /^-(?!e\b|-editable\b)/.test(line.text) ? optionsIn(line.text) : [];
        if (typeof options === 'string')
            throw notHere(options, line.place);
        for (const option of options)
            takeOption(option, { line, folder, constraint });
        if (options.length > 0)
            return;
        if (constraint)
            found.constraints.push(line.text);
        else
            addRequirement(line, folder);
    }
    function takeOption({ name, value }, { line, folder, constraint }) {
        if (name === 'requirement' || name === 'constraint') {
            const limits = constraint || name === 'constraint';
            // A list on the web is left to the installer, which reads it on every run.
            if (/^https?:\/\//.test(value))
                (limits ? found.constraints : found.lines).push(`${name === 'constraint' ? '-c' : '-r'} ${value}`);
            else
                read(external_node_path_default().resolve(folder, value), limits);
        }
        else if (indexOptions.includes(name))
            found.options.push(absoluteLinks(value === '' ? `--${name}` : `--${name} ${value}`, folder));
        else if (name === 'no-binary' || name === 'only-binary')
            binaries.take(name, value);
        else if (name === 'require-hashes')
            hashesFrom ??= line.place;
    }
    function addRequirement(line, folder) {
        sortRequirement(line.text.replace(/^(?:-e|--editable)(?:\s+|=)/, ''), { folder, place: line.place }, found);
    }
}
function notHere(option, place) {
    return new errors/* UserError */.yo({
        what: `The option ${option} cannot be used here.`,
        why: 'A package for Lambda is installed for another machine, with the options that it needs.',
        cure: 'Take the line out.', place, docs: 'packaging.md#python-dependencies',
    });
}
function withoutHash(line, place) {
    return new errors/* UserError */.yo({
        what: `\`${line}\` has no hash, and the list says \`--require-hashes\`.`,
        cure: 'Make the list with `pip-compile --generate-hashes` or `uv pip compile --generate-hashes`, or take `--require-hashes` out.',
        place, docs: 'packaging.md#python-dependencies',
    });
}
/** Puts a requirement (PEP 508, or a path below `folder`) where it belongs: a local one, a repository, or a line for an index. */
function sortRequirement(text, { folder, place }, into) {
    const { plain, settings } = buildSettings(text);
    const local = local_path_localPath(plain, folder);
    const named = /^[A-Za-z0-9._-]+/.exec(plain)?.[0];
    const noteSettings = () => {
        if (named !== undefined)
            into.settings?.push(...settings.map((each) => `${distributionName(named)}:${each}`));
    };
    if (local !== undefined)
        into.locals.push({ ...local, ...(0,defined/* defined */.s)({ place, settings: settings.length === 0 ? undefined : settings }) });
    else if (/(?:^|@\s*)(?:git|hg|svn|bzr)\+/.test(text)) {
        noteSettings();
        into.repositories.push(plain);
    }
    else {
        if (place !== undefined) {
            checkRequirementLine(plain, place);
            into.places?.set(plain, place);
        }
        noteSettings();
        into.lines.push(plain);
    }
}
/** The file's lines without comments, continuations joined. */
function logicalLines(file) {
    const lines = [];
    let start;
    let text = '';
    for (const [index, raw] of requirements_readText(file).split(/\r?\n/).entries()) {
        start ??= index + 1;
        const bare = raw.replace(/(^|\s+)#.*$/, '');
        text += bare.endsWith('\\') ? bare.slice(0, -1) : bare;
        if (bare.endsWith('\\'))
            continue;
        if (text.trim() !== '')
            lines.push({ text: text.trim().replace(/\s+/g, ' '), place: { file, line: start } });
        start = undefined;
        text = '';
    }
    return text.trim() === '' ? lines : [...lines, { text: text.trim().replace(/\s+/g, ' '), place: { file, line: start ?? 1 } }];
}
function requirements_readText(file) {
    try {
        return decodeText((0,external_node_fs_.readFileSync)(file));
    }
    catch (error) {
        throw new errors/* UserError */.yo({
            what: `The requirements file ${file} cannot be read.`, why: error.message,
            cure: 'Fix the path, or take out the line that names it.', place: { file },
        });
    }
}
/** UTF-8, or what Windows' PowerShell writes (`pip freeze > requirements.txt`): UTF-16 with a byte order mark, which pip reads, too. */
function decodeText(bytes) {
    const [first, second] = bytes;
    if (first === 0xff && second === 0xfe)
        return bytes.subarray(2).toString('utf16le');
    if (first === 0xfe && second === 0xff)
        return Buffer.from(bytes.subarray(2, bytes.length - bytes.length % 2)).swap16().toString('utf16le');
    return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
/** pip replaces `${NAME}` alone, upper case, and leaves what is not set as it is. */
function expand(text, env) {
    return text.replace(/\$\{([A-Z0-9_]+)\}/g, (whole, name) => env[name] ?? whole);
}
function absoluteLinks(option, folder) {
    return option.replace(/^(-f|--find-links)(?:\s+|=)(\S+)$/, (whole, _flag, where) => /^(?!file:)[a-z]+:\/\//.test(where) ? whole : `--find-links ${lockedPath(where, external_node_path_default().join(folder, 'list'))}`);
}

;// CONCATENATED MODULE: ./src/package/install/locks/uv.ts









/** The folders and files of the repository that a uv.lock refers to, apart from the project itself. */
function uvLocalFolders(lock) {
    return tables(readToml(lock)['package']).flatMap((entry) => {
        const source = table(entry, 'source');
        const where = toml_text(source, 'editable') ?? toml_text(source, 'directory') ?? toml_text(source, 'path');
        return where === undefined || where === '.' ? [] : [{ path: external_node_path_default().resolve(external_node_path_default().dirname(lock), where), extras: '', marker: '' }];
    });
}
/** The folders of the workspace that a uv.lock locks. */
function uvMembers(lock) {
    return tables(readToml(lock)['package']).map((entry) => table(entry, 'source'))
        .flatMap((source) => toml_text(source, 'editable') ?? toml_text(source, 'virtual') ?? []).map((where) => external_node_path_default().resolve(external_node_path_default().dirname(lock), where));
}
/** The indexes that a uv.lock was made from, with the names that the project's `[[tool.uv.index]]` gives them. */
function uv_uvIndexes(lock) {
    const project = external_node_path_default().join(external_node_path_default().dirname(lock), 'pyproject.toml');
    const settings = (0,external_node_fs_.existsSync)(project) ? table(table(readToml(project), 'tool'), 'uv') : {};
    const names = new Map(tables(settings['index']).map((index) => [bareIndex(toml_text(index, 'url') ?? ''), toml_text(index, 'name')]));
    return tables(readToml(lock)['package']).flatMap((entry) => {
        const url = toml_text(table(entry, 'source'), 'registry');
        return url === undefined ? [] : [{ url, name: names.get(bareIndex(url)) }];
    });
}
/**
 * uv.lock as requirements, by uv itself: frozen (never locked anew), without the project, its development groups and editable installs,
 * hashes kept. `project` is the folder of the member whose dependencies are wanted.
 */
async function exportUvLock(lock, project, job) {
    const args = [
        'export', '--frozen', '--no-dev', '--no-default-groups', '--no-editable', '--no-emit-project', '--no-header',
        '--no-annotate', '--format', 'requirements-txt', '--quiet', ...uvDownloads(job),
    ];
    const { code, stdout, stderr } = await run(job.tool.program, args, { cwd: project, env: job.env, hide: job.hide });
    if (code !== 0) {
        throw new errors/* UserError */.yo({
            what: `uv cannot read ${lock}.`, why: lastLines(stderr),
            ...(cureFor(stderr, lock) ?? { cure: 'Run `uv lock` and commit the lock file.', place: { file: lock } }),
        });
    }
    const file = external_node_path_default().join(job.folder, 'exported.txt');
    // Paths in the export are as in the lock: relative to its folder, wherever uv ran.
    const lines = joined(stdout).map((line) => line.replace(/^(\.{1,2}\/[^\s;]*)/, (_whole, relative) => external_node_path_default().resolve(external_node_path_default().dirname(lock), relative)));
    (0,external_node_fs_.writeFileSync)(file, `${lines.join('\n')}\n`);
    return { ...readRequirements(file, {}), files: [lock] };
}
/** The project may ask for a uv of its own choice (`required-version` of [tool.uv]). */
function cureFor(said, lock) {
    const wanted = /[Rr]equired (?:uv )?version `?([^`\n]+?)`? does not match/.exec(said)?.[1];
    if (wanted === undefined)
        return undefined;
    const project = external_node_path_default().join(external_node_path_default().dirname(lock), 'pyproject.toml');
    return {
        cure: `Put that uv on PATH in a step before this one: astral-sh/setup-uv with \`version: "${wanted}"\`; `
            + 'or change `required-version`.',
        ...((0,external_node_fs_.existsSync)(project) ? { place: { file: project } } : {}),
    };
}

;// CONCATENATED MODULE: ./src/package/install/merge.ts



/** Folders that libraries bring along by mistake and nobody imports: a clash there is no more than a warning. */
const harmless = /^(?:tests?|docs?|examples?|benchmarks?|samples?)\/|(?:^|\/)(?:LICEN[CS]E|README|CHANGELOG|NOTICE|AUTHORS)[^/]*$/i;
/**
 * Moves separately installed folders into one. A second `pip install --target` into the same folder would lose parts of namespace
 * packages; here every file arrives, and a path that two distributions fill with different bytes is found.
 */
function mergeParts(parts, into, diagnostics) {
    const owners = new Map();
    const isNamespace = (file) => unifyNamespace(file, parts);
    for (const part of parts)
        for (const distribution of distributionsOf(part))
            claim(distribution, owners, { isNamespace, diagnostics });
    (0,external_node_fs_.mkdirSync)(into, { recursive: true });
    for (const part of parts)
        moveAll(part, into);
}
/**
 * What every `__init__.py` of such a namespace does, however it is written
 * (https://packaging.python.org/en/latest/guides/packaging-namespace-packages/).
 */
const namespaceInit = '__path__ = __import__(\'pkgutil\').extend_path(__path__, __name__)\n';
/** Whether a file does no more than declare a namespace of the old kinds; then all parts get it in one form. */
function unifyNamespace(file, parts) {
    const places = file.endsWith('/__init__.py') ? parts.map((part) => external_node_path_default().join(part, file)).filter((place) => (0,external_node_fs_.existsSync)(place)) : [];
    const isAll = places.length > 0 && places.every((place) => declaresNamespace((0,external_node_fs_.readFileSync)(place, 'utf8')));
    if (isAll)
        for (const place of places)
            (0,external_node_fs_.writeFileSync)(place, namespaceInit);
    return isAll;
}
function declaresNamespace(text) {
    const code = text.replace(/^\s*(?:"{3}[\s\S]*?"{3}|'{3}[\s\S]*?'{3})/, '').replace(/#[^\n]*/g, '');
    return /\bextend_path\b|\bdeclare_namespace\b/.test(code) && !/^\s*(?:def|class)\b/m.test(code) && code.trim().split('\n').length <= 12;
}
function claim(distribution, owners, { isNamespace, diagnostics }) {
    for (const [file, hash] of distribution.files) {
        const other = owners.get(file);
        if (other === undefined)
            owners.set(file, { name: distribution.name, hash });
        else if (other.hash !== hash && !isNamespace(file))
            report(file, [other.name, distribution.name], diagnostics);
    }
}
function report(file, [first, second], diagnostics) {
    const what = `${first} and ${second} both bring ${file}, with different content.`;
    if (harmless.test(file))
        diagnostics.warning({ what, why: 'One of the two is in the package.' });
    else
        diagnostics.error({
            what, why: 'Only one of the two can lie at that path, so the other library would run with a stranger\'s file.',
            cure: `Take one of ${first} and ${second} out, or ask for versions that do not clash.`,
            docs: 'packaging.md#collisions',
        });
}
function moveAll(from, into) {
    for (const name of (0,external_node_fs_.readdirSync)(from)) {
        const source = external_node_path_default().join(from, name);
        const place = external_node_path_default().join(into, name);
        if (!(0,external_node_fs_.existsSync)(place))
            (0,external_node_fs_.renameSync)(source, place);
        else if ((0,external_node_fs_.lstatSync)(source).isDirectory() && (0,external_node_fs_.lstatSync)(place).isDirectory())
            moveAll(source, place);
        else if (!(0,external_node_fs_.readFileSync)(source).equals((0,external_node_fs_.readFileSync)(place)))
            (0,external_node_fs_.copyFileSync)(source, place);
    }
}

;// CONCATENATED MODULE: ./src/package/install/unfit.ts



/** So many packages that do not fit are told at once. */
const mostTold = 10;
/**
 * Runs an installer on a list. Where a package of the list has nothing that fits the target, the rest is tried without it, so that all such
 * packages are told at once: installers stop at the first. Throws what the first run threw, or a DiagnosticsError of several.
 */
async function tellAllUnfit(wanted, attempt) {
    const found = [];
    for (let rest = wanted;;) {
        try {
            const result = await attempt(rest);
            if (found.length === 0)
                return result;
            break;
        }
        catch (error) {
            const name = error instanceof UnfitError ? error.distribution : undefined;
            const lines = rest.lines.filter((line) => distributionName(nameIn(line)) !== name);
            if (!(error instanceof UnfitError) || lines.length === rest.lines.length) {
                if (found.length === 0)
                    throw error;
                break;
            }
            found.push(error);
            if (found.length >= mostTold || lines.length === 0)
                break;
            rest = { ...rest, lines };
        }
    }
    const [only] = found;
    if (only !== undefined && found.length === 1)
        throw only;
    throw new src_diagnostics/* DiagnosticsError */.Ho(found.map(({ text }) => ({ ...text, severity: 'error' })));
}

;// CONCATENATED MODULE: ./src/package/shipped.ts
/**
 * What Lambda's Python runtimes have beside the standard library, by distribution with its modules: the SDK with what it needs, and the
 * runtime's own client (https://docs.aws.amazon.com/lambda/latest/dg/python-package.html; aws-lambda-base-images).
 */
const shipped = {
    'boto3': ['boto3'],
    'botocore': ['botocore'],
    's3transfer': ['s3transfer'],
    'jmespath': ['jmespath'],
    'python-dateutil': ['dateutil'],
    'six': ['six'],
    'urllib3': ['urllib3'],
    'awslambdaric': ['awslambdaric', 'bootstrap'], 'snapshot-restore-py': ['snapshot_restore_py'], 'simplejson': ['simplejson'],
};
/** Names of distributions in PEP 503's spelling. */
const shippedDistributions = new Set(Object.keys(shipped));
/** Top-level modules. */
const shippedModules = new Set(Object.values(shipped).flat());

;// CONCATENATED MODULE: ./src/package/install/unmet.ts




/**
 * Warns of what the packages of `parts` always need and the list does not bring. Folders and repositories are built without their
 * dependencies, because a list with hashes names them all; one that was written by hand may not.
 */
function warnOfUnmet(parts, { resolved, file, diagnostics }) {
    const there = new Set(resolved.map((line) => distributionName(line.split('==', 1)[0])));
    for (const part of parts) {
        for (const { owner, name } of needs(part)) {
            if (there.has(name) || shippedDistributions.has(name))
                continue;
            diagnostics.warning({
                what: `${owner} needs ${name}, which ${external_node_path_default().basename(file)} does not bring.`,
                why: 'A list whose lines carry hashes is installed as it is; nothing is added to it.',
                cure: `Add ${name} to the list, or make the list anew with its tool.`, place: { file },
            });
        }
    }
}
/** `Requires-Dist` without a marker: what is needed everywhere (https://packaging.python.org/en/latest/specifications/core-metadata/). */
function needs(part) {
    return (0,external_node_fs_.readdirSync)(part).filter((name) => name.endsWith('.dist-info')).flatMap((info) => {
        const file = external_node_path_default().join(part, info, 'METADATA');
        const metadata = (0,external_node_fs_.existsSync)(file) ? (0,external_node_fs_.readFileSync)(file, 'utf8').split(/\r?\n\r?\n/, 1)[0] : '';
        return [...metadata.matchAll(/^Requires-Dist:\s*([A-Za-z0-9._-]+)[^;\n]*$/gm)].map((match) => ({
            owner: distributionName(info.split('-', 1)[0]), name: distributionName(match[1]),
        }));
    });
}

;// CONCATENATED MODULE: ./src/package/tree/read.ts


/**
 * Reads a file of a known size into `into`, which has room for one byte more and is used again and again: buffers of their own would pile
 * up until the collector runs, hundreds of megabytes for a large tree. Throws a UserError when the file is not what it was when the tree
 * was listed.
 */
function readInto(file, size, into) {
    const from = (0,external_node_fs_.openSync)(file, 'r');
    try {
        let read = 0;
        let part;
        do {
            // One byte more is asked for than expected: that tells a file that grew.
            part = (0,external_node_fs_.readSync)(from, into, read, size + 1 - read, null);
            read += part;
        } while (part > 0 && read < size);
        if (read !== size)
            throw changed(file);
        return into.subarray(0, size);
    }
    finally {
        (0,external_node_fs_.closeSync)(from);
    }
}
/** A file is not what it was when its tree was listed. */
function changed(file) {
    return new errors/* UserError */.yo({
        what: `${file} changed while it was packed.`,
        cure: 'Let nothing write into the source folder while the action runs.', place: { file },
    });
}

;// CONCATENATED MODULE: ./src/package/tree/digest.ts




/**
 * Hex sha256 over path, mode, size and content of every entry, in the given order. Throws a UserError when a file is not what it was when
 * the tree was listed.
 */
function digestEntries(entries) {
    const feed = new Feed();
    for (const entry of entries) {
        // The size says where the content ends, so that no two trees give the same bytes.
        feed.bytes(Buffer.from(`${entry.path}\0${entry.mode.toString(8)}\0${entry.size}\0`));
        if (entry.content.kind === 'disk')
            feed.file(entry.content.file, entry.size);
        else
            feed.bytes(entryBytes(entry));
    }
    return feed.digest();
}
/** Feeds a hash in large pieces: with thousands of small files a call for each would cost more than the hashing. */
class Feed {
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #piece = Buffer.allocUnsafeSlow(1 << 18);
    #used = 0;
    bytes(bytes) {
        if (bytes.length > this.#piece.length - this.#used)
            this.#flush();
        if (bytes.length > this.#piece.length)
            this.#hash.update(bytes);
        else
            this.#used += bytes.copy(this.#piece, this.#used);
    }
    file(file, size) {
        const from = (0,external_node_fs_.openSync)(file, 'r');
        try {
            let read = 0;
            for (;;) {
                const room = this.#piece.length - this.#used;
                const part = (0,external_node_fs_.readSync)(from, this.#piece, this.#used, room, null);
                this.#used += part;
                read += part;
                // A read that does not fill the room has met the end.
                if (part < room)
                    break;
                this.#flush();
            }
            if (read !== size)
                throw changed(file);
        }
        finally {
            (0,external_node_fs_.closeSync)(from);
        }
    }
    digest() {
        this.#flush();
        return this.#hash.digest('hex');
    }
    #flush() {
        this.#hash.update(this.#piece.subarray(0, this.#used));
        this.#used = 0;
    }
}

;// CONCATENATED MODULE: ./src/package/install/locks/recorded-indexes.ts

/** Where what has no index of its own comes from: PyPI, which an installer asks unless it is told otherwise. */
const publicIndex = 'public';
/** PyPI's hosts as locks name them, today's and the one before. */
const publicHosts = ['pypi.org', 'pypi.python.org'];
/**
 * Index options for what a lock was made from, so that private packages are found where the lock found them. What the step's settings
 * name already (with credentials, as a rule) and the public index need none. Every line of a lock has its hash, so one more index is no
 * risk.
 */
function recordedOptions(recorded, env) {
    const known = knownIndexes(env);
    const own = recorded.filter((each) => each !== publicIndex && /^https?:/.test(each.url) && !isPublic(each));
    const distinct = [...new Map(own.map((each) => [bareIndex(each.url), each])).values()];
    const unknown = distinct.filter(({ url }) => !known.includes(bareIndex(expanded(url, env))));
    // A lock that never saw the public index is installed without asking it.
    const isMain = known.length === 0 && !recorded.some(isPublic);
    return unknown.map((each, index) => `${isMain && index === 0 ? '--index-url' : '--extra-index-url'} ${authorized(each, env)}`);
}
function isPublic(index) {
    return index === publicIndex || publicHosts.some((host) => bareIndex(index.url).startsWith(`https://${host}/`));
}
function authorized({ url, name }, env) {
    const plain = expanded(url, env);
    if (name === undefined)
        return plain;
    const variable = `POETRY_HTTP_BASIC_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
    return withCredentials(withUvCredentials(name, plain, env), env[`${variable}_USERNAME`], env[`${variable}_PASSWORD`]);
}
/** `${NAME}` and `$NAME`, as Pipfile and pdm's settings have them. */
function expanded(url, env) {
    return url.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced, bare) => {
        const value = env[braced ?? bare ?? ''];
        return value === undefined ? whole : value.includes('%') ? value : encodeURIComponent(value);
    });
}

;// CONCATENATED MODULE: ./src/package/install/locks/repository.ts
/** `name @ git+https://...@revision#subdirectory=...`. */
function repositoryLine({ name, kind, url, revision, subdirectory }) {
    // `git@host:owner/name` is ssh in git's own spelling, which is no URL.
    const spelled = url.replace(/^([\w.-]+@[\w.-]+):(?!\/\/)/, 'ssh://$1/');
    const scheme = spelled.startsWith(`${kind}+`) ? '' : `${kind}+`;
    const commit = revision === '' ? '' : `@${revision}`;
    const folder = subdirectory === undefined ? '' : `#subdirectory=${subdirectory}`;
    return `${name} @ ${scheme}${spelled}${commit}${folder}`;
}

;// CONCATENATED MODULE: ./src/package/install/locks/pylock.ts




/** pylock.toml (PEP 751): the packages of the default groups, without extras, hashes kept. */
function readPylock(file, env) {
    const lock = readToml(file);
    const groups = Array.isArray(lock['default-groups']) ? lock['default-groups'].map(String) : [];
    const wanted = { lines: [], locals: [], repositories: [] };
    const indexes = [];
    for (const entry of tables(lock['packages']))
        add(entry, decideGroups(toml_text(entry, 'marker'), groups));
    return {
        ...wanted, constraints: [], options: recordedOptions(indexes, env), buildable: [], files: [file],
        hashed: wanted.lines.every((line) => line.includes('--hash')),
    };
    function add(entry, marker) {
        const name = toml_text(entry, 'name') ?? '';
        const vcs = table(entry, 'vcs');
        const archive = table(entry, 'archive');
        const url = toml_text(archive, 'url');
        const folder = toml_text(table(entry, 'directory'), 'path') ?? toml_text(archive, 'path') ?? localIn(url) ?? localFile(entry);
        if (folder !== undefined)
            wanted.locals.push({ path: lockedPath(folder, file), extras: '', marker: marker ?? '' });
        else if (toml_text(vcs, 'type') !== undefined)
            wanted.repositories.push(repositoryLine({
                name, kind: toml_text(vcs, 'type') ?? 'git', url: toml_text(vcs, 'url') ?? toml_text(vcs, 'path') ?? '',
                revision: toml_text(vcs, 'commit-id') ?? '', subdirectory: toml_text(vcs, 'subdirectory'),
            }));
        else if (url !== undefined)
            wanted.lines.push(requirementLine(`${name} @ ${url}`, marker, hashes([archive])));
        else {
            const index = toml_text(entry, 'index');
            indexes.push(index === undefined ? publicIndex : { url: index });
            wanted.lines.push(requirementLine(`${name}==${toml_text(entry, 'version') ?? ''}`, marker, hashes([...tables(entry['wheels']), table(entry, 'sdist')])));
        }
    }
}
function localIn(url) {
    return url?.startsWith('file:') === true ? url : undefined;
}
/** A wheel or a source archive in the repository, where the lock has it from nowhere else. */
function localFile(entry) {
    const files = [...tables(entry['wheels']), table(entry, 'sdist')];
    return files.some((each) => toml_text(each, 'url')?.startsWith('file:') === false)
        ? undefined
        : files.map((each) => toml_text(each, 'path') ?? localIn(toml_text(each, 'url'))).find((each) => each !== undefined);
}
/** No installer but a new one knows `extras` and `dependency_groups`: what they say is decided here, as always true or never. */
function decideGroups(marker, groups) {
    return marker?.replace(/(["'])([^"']*)\1\s+(not\s+)?in\s+(extras|dependency_groups)/g, (...match) => (match[4] === 'dependency_groups' && groups.includes(match[2] ?? '')) !== (match[3] !== undefined)
        ? 'python_version >= "3"'
        : 'python_version < "3"');
}
function hashes(files) {
    return files
        .flatMap((found) => Object.entries(table(found, 'hashes')).map(([algorithm, value]) => `${algorithm}:${String(value)}`))
        .sort();
}

;// CONCATENATED MODULE: ./src/package/install/locks/poetry-python.ts
/**
 * Poetry's constraint on Python (`^3.8`, `~3.10`, `>=3.8,<3.11 || 3.13.*`; https://python-poetry.org/docs/dependency-specification/)
 * as a marker; `''` for any Python.
 */
function pythonMarker(constraint) {
    const alternatives = constraint.split(/\s*\|\|?\s*/).map((part) => part
        .split(/\s*,\s*|\s+(?=[<>=!~^])/)
        .filter((each) => each !== '')
        .flatMap(comparisons)
        .join(' and '));
    if (alternatives.some((alternative) => alternative === ''))
        return '';
    return alternatives.length === 1 ? alternatives[0] : alternatives.map((alternative) => `(${alternative})`).join(' or ');
}
function comparisons(single) {
    const [, operator = '', version = ''] = /^(\^|~=?|[<>=!]=?=?)?\s*(.+)$/.exec(single) ?? [];
    if (version === '*')
        return [];
    if (version.endsWith('.*')) {
        const bare = version.slice(0, -2);
        return operator.startsWith('!') ? [`python_version != "${bare}"`] : range(bare, bare.includes('.') ? 1 : 0);
    }
    if (operator === '^')
        return range(version, 0);
    if (operator === '~')
        return range(version, version.includes('.') ? 1 : 0);
    return [compare(operator === '' ? '==' : operator, version)];
}
/** From a version up to, and without, the next one at that place. */
function range(version, place) {
    const parts = version.split('.').slice(0, place + 1);
    const next = [...parts.slice(0, place), String(Number(parts[place]) + 1)].join('.');
    return [compare('>=', version), compare('<', next)];
}
/** `python_version` has two numbers; a third one is in `python_full_version`. */
function compare(operator, version) {
    return `${version.split('.').length > 2 ? 'python_full_version' : 'python_version'} ${operator} "${version}"`;
}

;// CONCATENATED MODULE: ./src/package/install/locks/poetry1.ts






/**
 * What a lock of Poetry 1 holds for the group `main`, without the project's extras: it does not tell groups, so all that the project's
 * `[tool.poetry.dependencies]` lead to is followed through the lock, as `poetry export` does
 * (https://github.com/python-poetry/poetry-plugin-export). Throws a UserError where the lock leaves a choice.
 */
function reachable(lock, file) {
    const entries = Map.groupBy(tables(lock['package']), (entry) => distributionName(toml_text(entry, 'name') ?? ''));
    const found = new Map();
    const waiting = roots(file);
    for (let way = waiting.pop(); way !== undefined; way = waiting.pop()) {
        const { name, conditions } = way;
        const [entry, other] = entries.get(name) ?? [];
        if (other !== undefined)
            throw tooOld(file, `It holds ${name} in two versions, and does not say which is for which Python.`);
        // Poetry leaves out what no Python of the project needs, though a package may name it.
        if (entry === undefined && conditions.length > 0)
            continue;
        if (entry === undefined)
            throw tooOld(file, `It lacks ${name}, which pyproject.toml or another package asks for.`);
        const known = found.get(name) ?? [];
        if (known.some((each) => covers(each, way)))
            continue;
        found.set(name, [...known.filter((each) => !covers(way, each)), way]);
        waiting.push(...waysFrom(entry, way));
    }
    return [...entries].flatMap(([name, [entry]]) => found.has(name) ? [{
            entry: withFiles(entry, lock), marker: markerOf(found.get(name)),
        }] : []);
}
/** Before format 2.0 the files of all packages stood in a table of their own. */
function withFiles(entry, lock) {
    return entry['files'] === undefined ? { ...entry, files: table(table(lock, 'metadata'), 'files')[toml_text(entry, 'name') ?? ''] } : entry;
}
/** The error for a lock that cannot be followed. */
function tooOld(file, why) {
    return new errors/* UserError */.yo({
        what: `${file} is a lock of Poetry 1, which does not say what each package is for.`,
        why,
        cure: 'Run `poetry lock` with Poetry 2 and commit the lock, '
            + 'or export one: `poetry export -o requirements.txt` and the input `requirements`.',
        docs: 'packaging.md#python-dependencies',
        place: { file },
    });
}
function roots(file) {
    const project = external_node_path_default().join(external_node_path_default().dirname(file), 'pyproject.toml');
    if (!(0,external_node_fs_.existsSync)(project))
        throw tooOld(file, `${project}, which would say it, is not there.`);
    const wanted = table(table(table(readToml(project), 'tool'), 'poetry'), 'dependencies');
    return ways(Object.entries(wanted).filter(([name]) => name !== 'python'), { name: '', conditions: [], extras: [] });
}
function waysFrom(entry, way) {
    return ways(Object.entries(table(entry, 'dependencies')), way);
}
/**
 * A dependency is a constraint, a table, or several of them for different markers. Versions are the lock's, so constraints say nothing
 * new.
 */
function ways(dependencies, from) {
    return dependencies.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).flatMap((each) => {
        const marker = toml_text(each, 'markers');
        const optional = typeof each === 'object' && each !== null && each['optional'] === true;
        if (optional && !from.extras.some((extra) => extrasIn(marker ?? '').includes(extra)))
            return [];
        const platform = toml_text(each, 'platform');
        const conditions = [
            marker === undefined ? undefined : withoutExtras(marker, from.extras),
            pythonMarker(toml_text(each, 'python') ?? '*'),
            platform === undefined ? undefined : `sys_platform == "${platform}"`,
        ].filter((condition) => condition !== undefined && condition !== '');
        return [{ name: distributionName(name), conditions: [...new Set([...from.conditions, ...conditions])].sort(), extras: extrasOf(each) }];
    }));
}
/** Whether all that `other` brings comes by `way`, too: it asks for as much, under no more conditions. */
function covers(way, other) {
    return way.conditions.every((condition) => other.conditions.includes(condition))
        && other.extras.every((extra) => way.extras.includes(extra));
}
function markerOf(ways) {
    const alternatives = [...new Set(ways.map(({ conditions }) => conditions.map((condition) => `(${condition})`).join(' and ')))].sort();
    return alternatives.includes('')
        ? ''
        : alternatives.length === 1 ? alternatives[0] : alternatives.map((each) => `(${each})`).join(' or ');
}
const extraTest = /extra\s*==\s*["']([^"']+)["']/g;
function extrasIn(marker) {
    return [...marker.matchAll(extraTest)].map((found) => distributionName(found[1]));
}
/** Whether an extra was asked for is known here, and nowhere later: a test for it becomes one that always holds, or never. */
function withoutExtras(marker, extras) {
    if (marker.replace(extraTest, '').trim() === '')
        return '';
    return marker.replace(extraTest, (_whole, extra) => `python_version ${extras.includes(distributionName(extra)) ? '>=' : '<'} "0"`);
}
function extrasOf(value) {
    const listed = typeof value === 'object' && value !== null ? value['extras'] : undefined;
    return Array.isArray(listed) ? listed.map((extra) => distributionName(String(extra))).sort() : [];
}

;// CONCATENATED MODULE: ./src/package/install/locks/poetry.ts






/** The first lock that tells groups and markers for each package (Poetry 2.0). */
const tellsMarkersSince = 2.1;
/** poetry.lock: the packages of the group `main`, without extras, hashes kept. */
function readPoetryLock(file, env) {
    const lock = readToml(file);
    const tells = Number(toml_text(table(lock, 'metadata'), 'lock-version') ?? 0) >= tellsMarkersSince;
    const chosen = tells ? tables(lock['package']).filter(isMain).map((entry) => ({
        entry, marker: poetry_markerOf(entry) ?? '',
    })) : reachable(lock, file);
    const wanted = { lines: [], locals: [], repositories: [] };
    const indexes = [];
    for (const { entry, marker } of chosen)
        add(entry, marker);
    return {
        ...wanted, constraints: [], options: recordedOptions(indexes, env), buildable: [],
        files: tells ? [file] : [file, external_node_path_default().join(external_node_path_default().dirname(file), 'pyproject.toml')],
        hashed: wanted.lines.every((line) => line.includes('--hash')),
    };
    function add(entry, marker) {
        const name = toml_text(entry, 'name') ?? '';
        const source = table(entry, 'source');
        const url = toml_text(source, 'url') ?? '';
        const kind = toml_text(source, 'type');
        if (kind === 'directory' || kind === 'file' || url.startsWith('file:'))
            wanted.locals.push({
                path: lockedPath(url, file), extras: '', marker,
            });
        else if (kind === 'git')
            wanted.repositories.push(repositoryLine({
                name, kind, url, revision: toml_text(source, 'resolved_reference') ?? '', subdirectory: toml_text(source, 'subdirectory'),
            }));
        else if (kind === 'url')
            wanted.lines.push(requirementLine(`${name} @ ${url}`, marker, hashesOf(entry)));
        else {
            indexes.push(kind === 'legacy' ? { url, name: toml_text(source, 'reference') } : publicIndex);
            wanted.lines.push(requirementLine(`${name}==${toml_text(entry, 'version') ?? ''}`, marker, hashesOf(entry)));
        }
    }
}
function isMain(entry) {
    return entry['optional'] !== true && Array.isArray(entry['groups']) && entry['groups'].includes('main');
}
/** One text for all groups, or a table with one text a group. */
function poetry_markerOf(entry) {
    return toml_text(entry, 'markers') ?? toml_text(table(entry, 'markers'), 'main');
}
/** The hashes of `files`, as poetry.lock and pdm.lock list them. */
function hashesOf(entry) {
    return tables(entry['files']).map((found) => toml_text(found, 'hash') ?? '').filter((hash) => hash !== '').sort();
}

;// CONCATENATED MODULE: ./src/package/install/locks/pdm.ts







/** pdm.lock: the packages of the group `default`, hashes kept. */
function readPdmLock(file, env) {
    const wanted = { lines: [], locals: [], repositories: [] };
    for (const entry of tables(readToml(file)['package'])) {
        const groups = entry['groups'];
        if (Array.isArray(groups) && !groups.includes('default'))
            continue;
        const name = toml_text(entry, 'name') ?? '';
        const marker = toml_text(entry, 'marker');
        const where = toml_text(entry, 'path');
        const git = toml_text(entry, 'git');
        const url = toml_text(entry, 'url');
        // An entry with extras repeats the package; pip takes name[extra]==version for the same wheel, so the plain entry is enough.
        if (Array.isArray(entry['extras']))
            continue;
        const local = where ?? (url?.startsWith('file:') === true ? url : undefined);
        if (local !== undefined)
            wanted.locals.push({ path: lockedPath(local, file), extras: '', marker: marker ?? '' });
        else if (git !== undefined)
            wanted.repositories.push(repositoryLine({
                name, kind: 'git', url: git, revision: toml_text(entry, 'revision') ?? '', subdirectory: toml_text(entry, 'subdirectory'),
            }));
        else if (url !== undefined)
            wanted.lines.push(requirementLine(`${name} @ ${url.replace(/#.*$/, '')}`, marker, hashesOf(entry)));
        else
            wanted.lines.push(requirementLine(`${name}==${toml_text(entry, 'version') ?? ''}`, marker, hashesOf(entry)));
    }
    return {
        ...wanted, constraints: [], options: recordedOptions(sourcesOf(file), env), buildable: [], files: [file],
        hashed: wanted.lines.every((line) => line.includes('--hash')),
    };
}
/** The lock names no index: the project's `[[tool.pdm.source]]` do; one called `pypi` takes the public one's place. */
function sourcesOf(lock) {
    const project = external_node_path_default().join(external_node_path_default().dirname(lock), 'pyproject.toml');
    const settings = (0,external_node_fs_.existsSync)(project) ? table(table(readToml(project), 'tool'), 'pdm') : {};
    const sources = tables(settings['source']).map((source) => ({ url: toml_text(source, 'url') ?? '', name: toml_text(source, 'name') }));
    return sources.some(({ name }) => name === 'pypi') ? sources : [publicIndex, ...sources];
}

;// CONCATENATED MODULE: ./src/package/install/locks/pipfile.ts




/** Pipfile.lock: the packages of `default`, hashes kept; its sources become index options. */
function readPipfileLock(file, env) {
    const lock = readJson(file, 'Run `pipenv lock` and commit the lock file.');
    const wanted = { lines: [], locals: [], repositories: [] };
    for (const [name, locked] of Object.entries(lock.default ?? {})) {
        const marker = locked.markers ?? '';
        const extras = locked.extras === undefined ? '' : `[${locked.extras.join(',')}]`;
        const local = locked.path ?? (locked.file === undefined || /^(?!file:)[a-z+]+:\/\//.test(locked.file) ? undefined : locked.file);
        if (local !== undefined)
            wanted.locals.push({ path: lockedPath(local, file), extras, marker });
        else if (locked.git !== undefined)
            wanted.repositories.push(repositoryLine({
                name, kind: 'git', url: locked.git, revision: locked.ref ?? '', subdirectory: locked.subdirectory,
            }));
        else {
            const what = locked.file === undefined ? `${name}${extras}${locked.version ?? ''}` : `${name} @ ${locked.file}`;
            wanted.lines.push(`${what}${marker === '' ? '' : ` ; ${marker}`}${(locked.hashes ?? []).map((hash) => ` --hash=${hash}`).join('')}`);
        }
    }
    const sources = (lock._meta?.sources ?? []).map(({ url = '', name }) => ({ url, name }));
    return {
        ...wanted, constraints: [], options: recordedOptions(sources, env), buildable: [], files: [file],
        hashed: wanted.lines.every((line) => line.includes('--hash')),
    };
}

;// CONCATENATED MODULE: ./src/package/install/locks/pyproject.ts




/** The `[project]` table's dependencies: they float. Poetry's own table has a syntax of its own and needs its lock. */
function readPyproject(file) {
    const content = readToml(file);
    const dependencies = table(content, 'project')['dependencies'];
    if (!Array.isArray(dependencies) && Object.keys(table(table(content, 'tool'), 'poetry')).length > 0) {
        throw new errors/* UserError */.yo({
            what: `${file} lists its dependencies for Poetry alone, and there is no lock.`,
            cure: `Run \`poetry lock\` in ${external_node_path_default().dirname(file)} and commit poetry.lock, or list the dependencies in [project].`,
            place: { file },
        });
    }
    const lines = Array.isArray(dependencies) ? dependencies.filter((line) => typeof line === 'string') : [];
    const wanted = { lines: [], locals: [], repositories: [] };
    for (const line of lines)
        sortRequirement(line, { folder: external_node_path_default().dirname(file) }, wanted);
    return { ...wanted, constraints: [], options: [], buildable: [], files: [file], hashed: wanted.lines.length === 0 };
}

;// CONCATENATED MODULE: ./src/package/install/surroundings.ts




/** Where a Python package says how it is built. */
const surroundings_settings = ['pyproject.toml', 'setup.cfg', 'setup.py', 'MANIFEST.in', 'Cargo.toml'];
/** Tools that make a version out of git's tags. */
const byTags = new RegExp([
    'setuptools[_-]scm|setuptools-git-versioning|hatch-vcs|hatch[_-]vcs|versioningit|versioneer|dunamai|dynamic-versioning|\\bpbr\\b',
    'source\\s*=\\s*["\'](?:vcs|scm)["\']',
].join('|'), 'i');
/**
 * The files and folders outside of a package's folder that its build reads, as far as its settings name them: `../VERSION`,
 * `'..', 'VERSION'`, `.parent.parent / 'VERSION'`. What a setup.py computes in other ways is not found.
 */
function namedOutside(folder) {
    const found = settingsOf(folder).flatMap((text) => [
        // Parts of a path that are joined count as one path.
        ...[...text.replace(/["']\s*[,/]\s*["']/g, '/').matchAll(/(?:\.\.\/)+[\w@.+-]+(?:\/[\w@.+-]+)*/g)].map(([way]) => way),
        ...[...text.matchAll(/((?:\.parent)+)\s*\/\s*["']([^"']+)["']/g)]
            .map(([, ups = '', name = '']) => '../'.repeat(ups.split('.parent').length - 2) + name),
        ...[...text.matchAll(/\.parents\[(\d+)\]\s*\/\s*["']([^"']+)["']/g)].map(([, ups = '', name = '']) => '../'.repeat(Number(ups)) + name),
    ]);
    const places = found.map((way) => external_node_path_default().resolve(folder, way)).filter((place) => !(0,src_paths/* isInside */.FK)(folder, place) && !(0,src_paths/* isInside */.FK)(place, folder));
    return [...new Set(places)].filter((place) => (0,external_node_fs_.existsSync)(place)).sort();
}
/** The state of the repository that a version out of git's tags is made of; empty where no tool asks for it, or git does not tell. */
function gitState(folder) {
    if (!settingsOf(folder).some((text) => byTags.test(text)))
        return '';
    const told = (0,external_node_child_process_.spawnSync)('git', ['describe', '--tags', '--always', '--long', '--dirty'], {
        cwd: folder, encoding: 'utf8', env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    });
    return told.status === 0 ? told.stdout.trim() : '';
}
function settingsOf(folder) {
    return surroundings_settings.map((name) => external_node_path_default().join(folder, name)).filter((file) => (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.isFile() === true)
        .map((file) => (0,external_node_fs_.readFileSync)(file, 'utf8'));
}

;// CONCATENATED MODULE: ./src/package/install/wanted.ts

















/**
 * Reads the file that lists the dependencies; `uv` is the exception, whose lock only uv itself turns into requirements (see
 * locks/uv.ts).
 */
function readWanted(source, env) {
    checkListFile(source.file, source.file, env);
    const wanted = wanted_read(source, env);
    const allowed = (env['PIP_NO_BINARY'] ?? '').split(/[\s,]+/).filter((name) => name !== '');
    return { ...wanted, buildable: [...wanted.buildable, ...allowed] };
}
function wanted_read(source, env) {
    switch (source.kind) {
        case 'requirements': return readRequirements(source.file, env);
        case 'pylock': return readPylock(source.file, env);
        case 'poetry': return readPoetryLock(source.file, env);
        case 'pdm': return readPdmLock(source.file, env);
        case 'pipfile': return readPipfileLock(source.file, env);
        case 'uv': return {
            lines: [], locals: uvLocalFolders(source.file), repositories: [], constraints: [],
            options: recordedOptions(uv_uvIndexes(source.file), env), buildable: [], files: [source.file], hashed: true,
        };
        case 'pyproject': return readPyproject(source.file);
        default: throw new Error(`${source.kind} is no list of Python packages`);
    }
}
/**
 * Whether the same files always give the same packages: every line for an index has its hash, and repositories their commit. A requirements
 * file of folders and repositories alone says nothing of what these need in turn, so that is looked for on every run.
 */
function isPinned(wanted, kind) {
    const built = wanted.locals.length + wanted.repositories.length;
    const closed = kind !== 'requirements' && kind !== 'pyproject' || wanted.lines.length > 0 || built === 0;
    return closed && wanted.hashed && wanted.constraints.length === 0
        && wanted.repositories.every((line) => /@[0-9a-f]{40}(?:#|\s|$)/.test(line));
}
/** Hex digest over all that decides what is installed, as far as it lies in the repository. */
function digestWanted(wanted, source, folder) {
    const hash = (0,external_node_crypto_.createHash)('sha256').update(`${source.kind}\0${external_node_path_default().relative(external_node_path_default().dirname(source.file), folder)}\0${wanted.buildable.join(',')}\n`);
    for (const file of wanted.files)
        hash.update((0,external_node_fs_.readFileSync)(file, 'utf8').replace(/\r\n/g, '\n')).update('\0');
    for (const local of wanted.locals)
        hash.update(digestLocal(local)).update('\0');
    return hash.digest('hex');
}
/** Hex digest of a folder or file that is built, and of what its build reads outside of it. */
function digestLocal(local) {
    if (!(0,external_node_fs_.existsSync)(local.path) || !(0,external_node_fs_.statSync)(local.path).isDirectory())
        return digestPlace(local.path);
    const outside = namedOutside(local.path).map((place) => `${external_node_path_default().relative(local.path, place)} ${digestPlace(place)}`);
    const hash = (0,external_node_crypto_.createHash)('sha256').update(digestPlace(local.path));
    for (const each of [...outside, gitState(local.path)])
        hash.update(`\n${each}`);
    return hash.digest('hex');
}
function digestPlace(place) {
    if (!(0,external_node_fs_.existsSync)(place))
        return 'missing';
    if (!(0,external_node_fs_.statSync)(place).isDirectory())
        return (0,external_node_crypto_.createHash)('sha256').update((0,external_node_fs_.readFileSync)(place)).digest('hex');
    const workspace = external_node_path_default().parse(place).root;
    // A link counts as what it leads to, wherever that lies: builds read through it.
    return digestEntries(walk(place, { rules: notOfPackage, never: [], workspace, keepLinks: false, owner: '', diagnostics: new src_diagnostics/* Diagnostics */.rE() }));
}

;// CONCATENATED MODULE: ./src/package/install/python-dependencies.ts






















/** The number of the form that the cache holds; a change of `normalize` raises it. */
const python_dependencies_form = 3;
/** Installs what a lock pins, or finds it in the cache. */
function installPython(request, options) {
    const key = python_dependencies_keyOf(targetOf(request), request.digest);
    return python_dependencies_installOnce(key, request, { options, lockOf: (job) => lockIn(request, job) });
}
/** Resolves what floats to exact versions, without installing them. */
function resolvePython(request, options) {
    return withScratch(options.cacheDir, async (folder) => {
        const job = await python_dependencies_startJob(request, folder, options);
        const lock = await tellAllUnfit(await lockIn(request, job), (list) => python_resolve(list, job));
        const pins = [...lock.lines, ...lock.repositories].map(pinOf).sort();
        const neighbours = lock.locals.slice(request.wanted.locals.length).map(digestLocal);
        const key = python_dependencies_keyOf(targetOf(request), [...pins, ...neighbours, request.digest].join('\n'));
        return {
            key, packages: pins.map((pin) => job.hide(pin)),
            install: () => python_dependencies_installOnce(key, request, { options, lockOf: () => Promise.resolve(lock) }),
        };
    });
}
function python_dependencies_installOnce(key, request, { options, lockOf }) {
    return shared(external_node_path_default().join(options.cacheDir, key), async () => readInstalled(python_dependencies_folderOf(key, options), key)
        ?? withScratch(options.cacheDir, async (folder) => {
            const job = await python_dependencies_startJob(request, folder, options);
            const { source, runtime, architecture } = request;
            const { kind, version } = job.tool;
            options.progress.info(`Installing ${external_node_path_default().basename(source.file)} for ${runtime.name} on ${architecture} with ${kind} ${version}.`);
            return fill(await lockOf(job), { key, job, options });
        }));
}
async function python_dependencies_startJob(request, folder, options) {
    const { wanted, source, runtime, architecture, project } = request;
    const hide = hideCredentials({ env: options.env, texts: textsOf(wanted), files: pythonCredentialFiles(options.env) }, options.progress);
    // uv alone reads its lock, and pip builds nothing for a platform that it is told.
    const needsUv = source.kind === 'uv' || wanted.buildable.length > 0;
    const tool = needsUv ? await findUv(runtime, options) : await findTool(runtime, architecture, options);
    const texts = [...pythonSettings(options.env, wanted.files), ...textsOf(wanted)];
    const env = installerEnv({ ...options.env, ...indexEnv(tool.kind, options.env) }, { texts, secrets: options.secrets });
    const python = await interpreterOf(runtime.minor, installerEnv(options.env));
    const fetchesPython = tool.kind === 'uv' && python === undefined && !(await hasPython(installerEnv(options.env)));
    if (fetchesPython)
        options.progress.info('There is no Python here: uv works with one of its own, which it fetches where it has none.');
    return {
        target: { runtime, architecture }, tool, python: python?.program, fetchesPython, folder, env: { ...env, GIT_OPTIONAL_LOCKS: '0' },
        hide, options, workspace: workspaceOf(project, options.env), copies: new Map(),
    };
}
/** The list as it was read; uv's own lock is read by uv. */
async function lockIn({ source, project, wanted }, job) {
    return source.kind === 'uv' ? { ...await exportUvLock(source.file, project, job), options: wanted.options } : wanted;
}
function targetOf({ runtime, architecture }) {
    return `${python_dependencies_form}/${runtime.name}/${architecture}`;
}
/** Whatever a user may have written a URL into. */
function textsOf(wanted) {
    return [...wanted.options, ...wanted.lines, ...wanted.repositories, ...wanted.constraints];
}
/** Installs into scratch, checks, and moves the finished folder into the cache. */
async function fill(lock, { key, job, options }) {
    const built = [
        ...lock.locals.map((local) => ({ requirement: localLine(local, job), settings: local.settings ?? [] })),
        ...lock.repositories.map((requirement) => ({ requirement, settings: python_dependencies_settingsOf(nameIn(requirement), lock) })),
    ];
    const parts = ['index', ...built.map((_, index) => `source-${index}`)].map((name) => external_node_path_default().join(job.folder, name));
    for (const part of parts)
        (0,external_node_fs_.mkdirSync)(part, { recursive: true });
    await tellAllUnfit(lock, (list) => installLines(list, parts[0], job));
    for (const [index, source] of built.entries())
        await installSource(source, parts[index + 1], { wanted: lock, job });
    const diagnostics = new src_diagnostics/* Diagnostics */.rE();
    for (const part of parts)
        normalize(part);
    const resolved = parts.flatMap((part) => distributionsOf(part)).map(({ name, version }) => `${name}==${version}`).sort();
    warnOfUnmet(parts.slice(1), { resolved, file: lock.files[0] ?? '', diagnostics });
    const own = Object.fromEntries(lock.locals.flatMap((local, index) => ownCode(parts[index + 1], local.path)));
    const tree = external_node_path_default().join(job.folder, 'result', 'tree');
    mergeParts(parts, tree, diagnostics);
    if (diagnostics.errors.length > 0)
        throw new src_diagnostics/* DiagnosticsError */.Ho(diagnostics.all);
    noteInstalled(external_node_path_default().join(job.folder, 'result'), { resolved, own, warnings: diagnostics.warnings });
    publish(external_node_path_default().join(job.folder, 'result'), python_dependencies_folderOf(key, options));
    return { folder: external_node_path_default().join(python_dependencies_folderOf(key, options), 'tree'), key, resolved, own, warnings: diagnostics.warnings };
}
/** What the lines say to the build of a package. */
function python_dependencies_settingsOf(name, { settings = [] }) {
    const prefix = `${distributionName(name)}:`;
    return settings.filter((setting) => setting.startsWith(prefix)).map((setting) => setting.slice(prefix.length));
}
/** The files that were built from a folder of the repository, each with the file that it was made from, as far as that is found. */
function ownCode(part, folder) {
    const files = distributionsOf(part).flatMap(({ files: all }) => [...all.keys()]);
    return files.flatMap((file) => {
        const disk = ['', 'src', 'lib'].map((place) => external_node_path_default().join(folder, place, file)).find((place) => (0,external_node_fs_.existsSync)(place));
        return disk === undefined ? [] : [[file, disk]];
    });
}
/**
 * A resolved line as any installer would say it: of a version uv names every file and pip the one that it takes, and each spells names
 * its way.
 */
function pinOf(line) {
    return line.replace(/\s--hash[=\s]\S+/g, '').replace(/^[A-Za-z0-9._-]+/, distributionName);
}
function python_dependencies_folderOf(key, options) {
    return external_node_path_default().join(options.cacheDir, 'dependencies', key);
}
function python_dependencies_keyOf(target, content) {
    return (0,external_node_crypto_.createHash)('sha256').update(`${target}\n${content}`).digest('hex');
}

;// CONCATENATED MODULE: ./src/package/install/dependencies.ts





/** Installs what a list asks for that pins all of it, for the function's runtime and architecture. */
async function installDependencies(code, source, options) {
    announce(code, source, options);
    const installed = isForNode(source.kind)
        ? await installNode(nodeRequest(code, source), options)
        : await installPython(pythonRequest(code, source, options), options);
    options.progress.debug(`Packages: ${installed.resolved.join(', ')}`);
    return installed;
}
/** Resolves what a list asks for that floats, without installing it. */
async function resolveDependencies(code, source, options) {
    announce(code, source, options);
    const resolution = isForNode(source.kind)
        ? await resolveNode(nodeRequest(code, source), options)
        : await resolvePython(pythonRequest(code, source, options), options);
    options.progress.info(`Resolved to: ${resolution.packages.join(', ')}`);
    return resolution;
}
function announce(code, source, { progress }) {
    const runtime = runtimeOf(code);
    progress.info(`Dependencies: ${source.file} (${source.why}).`);
    if (!runtime.known && runtime.family !== 'other')
        progress.info(`${runtime.name} is not known yet: taken to have glibc 2.${runtime.glibc}, as its neighbours.`);
}
function nodeRequest({ source: project, architecture }, source) {
    return { source, project, architecture };
}
function pythonRequest(code, source, { env }) {
    const runtime = runtimeOf(code);
    if (runtime.family !== 'python')
        throw new Error(`${source.file} is a list for Python, and the function runs ${runtime.name}`);
    const wanted = readWanted(source, env);
    return {
        source, wanted, project: code.source, runtime, architecture: code.architecture, digest: digestWanted(wanted, source, code.source),
    };
}

// EXTERNAL MODULE: ./src/suggest.ts
var suggest = __webpack_require__(2969);
;// CONCATENATED MODULE: ./src/package/inspect/limits.ts
/** Bytes unpacked, layers included: "Unzipped size must be smaller than 262144000 bytes" (recorded answer of UpdateFunctionCode). */
const unzippedLimit = 262_144_000;
/** Bytes of a zip inside the request: "Zipped size must be smaller than 52428800 bytes" (recorded); larger ones go through S3. */
const directLimit = 52_428_800;
/** The plain zip format's count of entries; whether Lambda reads zip64 is unverified. */
const fileLimit = 65_535;
/** Whether a finished zip is too large for the request and must be uploaded to S3 first. */
function needsBucket(size) {
    return size >= directLimit;
}
/** What to say where a bucket is needed and there is none. */
function bucketMissing(functionName, made) {
    return {
        what: `The package of ${functionName} has ${megabytes(made.size)}, more than the ${megabytes(directLimit)} that Lambda takes directly.`,
        why: `The largest parts: ${listed(made.largest)}.`,
        cure: 'Send it through a bucket in the function\'s Region, with `s3-bucket: create` or the name of one; or make it smaller.',
        docs: 'packaging.md#sizes',
    };
}
/** Errors for what is too large or too many to upload, whatever layers the function has. */
function checkLimits(sizes, diagnostics) {
    if (sizes.unzipped >= unzippedLimit) {
        diagnostics.error({
            what: `The package has ${megabytes(sizes.unzipped)} unpacked; Lambda takes less than ${megabytes(unzippedLimit)}.`,
            why: `The largest parts: ${listed(sizes.largest)}.`,
            cure: 'Take out what the handler does not need: `exclude` lines that begin with site-packages/ reach into dependencies.',
            docs: 'packaging.md#sizes',
        });
    }
    if (sizes.files > fileLimit) {
        diagnostics.error({
            what: `The package has ${sizes.files} files; a zip holds ${fileLimit}.`,
            why: `The largest parts: ${listed(sizes.largest)}.`, cure: 'Exclude what the handler does not need.',
            docs: 'packaging.md#sizes',
        });
    }
}
/** From this share of the limit on a run warns, because nobody tells how large layers are unpacked. */
const nearLimit = 0.8;
/** A zip of what cannot be compressed is larger than its content, by its headers. */
const leastUnpacked = 0.99;
/**
 * Holds package and layers against the limit that they share. AWS tells of a layer its zipped size alone (`CodeSize` of Layer and
 * LayerVersionContentOutput in the public model), which is no more than a lower bound of what it has unpacked.
 */
function checkWithLayers({ unzipped, largest }, layers, diagnostics) {
    const known = layers.zippedBytes ?? 0;
    const atLeast = unzipped + known * leastUnpacked;
    if (layers.count === 0 || unzipped >= unzippedLimit || atLeast < nearLimit * unzippedLimit)
        return;
    const share = known === 0 ? 'come on top' : `at least ${megabytes(known)} more`;
    const source = known === 0 ? 'How large the layers are is not known yet.' : 'That is the layers\' zipped size: AWS tells no other.';
    const text = {
        what: `The package has ${megabytes(unzipped)} unpacked, and its layers ${share}; `
            + `Lambda takes less than ${megabytes(unzippedLimit)} of both.`,
        why: `${source} The largest parts of the package: ${listed(largest)}.`,
        cure: 'Make package or layers smaller, or leave out of one what the other has.',
        docs: 'packaging.md#sizes',
    };
    if (atLeast >= unzippedLimit)
        diagnostics.error(text);
    else
        diagnostics.warning(text);
}
function listed(largest) {
    return largest.map(({ name, bytes }) => `${name} ${megabytes(bytes)}`).join(', ');
}
/** `12.3 MB`, of 1,048,576 bytes as AWS counts. */
function megabytes(bytes) {
    return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

;// CONCATENATED MODULE: ./src/package/check-paths.ts






/** Whether what the settings name is there, and where it may be. False where there is nothing to look into. */
function checkPaths(code, { functionName, env }, diagnostics) {
    const before = diagnostics.errors.length;
    const no = (what, cure, setting) => diagnostics
        .error({ what, cure, ...place(code, setting) });
    if (code.package !== undefined) {
        if (!check_paths_isFile(code.package))
            no(`The package ${code.package} of ${functionName} does not exist or cannot be read.`, 'Name the zip that an earlier step made, or take the setting out.', 'package');
        else
            checkZipSize(code.package, functionName, diagnostics);
        return diagnostics.errors.length === before;
    }
    if (isEmptyFolder(workspaceOf(code.source, env))) {
        diagnostics.error({
            what: 'The workspace is empty.', why: 'No file of the repository is there.',
            cure: 'In a workflow run actions/checkout in this job, before this step; where it has a `path`, name the folder with `source`. ' +
                'Elsewhere put the code into that folder.',
        });
        return false;
    }
    if (!((0,external_node_fs_.statSync)(code.source, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
        no(`The source folder ${code.source} of ${functionName} does not exist.`, sourceCure(code.source), 'source');
    }
    else {
        checkWhereSourceLies(code, { functionName, env }, diagnostics);
        checkReadByName(code.source, diagnostics);
    }
    const isReadable = diagnostics.errors.length === before;
    // A list that is missing hides nothing of what is wrong with the source.
    if (lacksList(code)) {
        no(`The requirements file ${code.requirements} of ${functionName} does not exist or cannot be read.`, 'Fix the path, or take the setting out: then the source folder is searched.', 'requirements');
    }
    return isReadable;
}
/** A folder of almost that name beside it is the one that was meant. */
function sourceCure(source) {
    const beside = readdirIfThere(external_node_path_default().dirname(source)).filter((each) => each.isDirectory()).map(({ name }) => name);
    const meant = (0,suggest/* misspelt */.IM)(external_node_path_default().basename(source), beside);
    return meant === undefined ? 'Name the folder that holds the handler\'s module.' : `Did you mean "${meant}"?`;
}
function readdirIfThere(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    }
    catch {
        return [];
    }
}
/** Whether the settings name a requirements file that is not there. */
function lacksList({ requirements }) {
    return requirements !== undefined && !check_paths_isFile(requirements);
}
function isEmptyFolder(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder).length === 0;
    }
    catch {
        return false;
    }
}
/** What is read where it lies in the source folder. A pipe would be waited for, for ever. */
const readByName = [
    '.lambdaignore', 'package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock',
    'requirements.txt', 'uv.lock', 'pylock.toml', 'poetry.lock', 'pdm.lock', 'Pipfile', 'Pipfile.lock', 'pyproject.toml',
];
function checkReadByName(source, diagnostics) {
    for (const file of readByName.map((name) => external_node_path_default().join(source, name))) {
        const stats = (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false });
        if (stats === undefined || stats.isFile())
            continue;
        const why = stats.isDirectory()
            ? 'It is a folder, and a file of this name is read.'
            : 'It is a socket, pipe or device, and a file of this name is read.';
        diagnostics.error({
            what: `${file} is no file.`, why, cure: 'Delete or rename it.', docs: 'packaging.md#links-and-special-files',
            place: { file },
        });
    }
}
/** Compressed or not, so much cannot become little enough; and no buffer holds any size. */
function checkZipSize(zip, functionName, diagnostics) {
    const { size } = (0,external_node_fs_.statSync)(zip);
    if (size <= 2 * unzippedLimit)
        return;
    diagnostics.error({
        what: `The package ${zip} of ${functionName} has ${megabytes(size)}; Lambda takes less than ${megabytes(unzippedLimit)} unpacked.`,
        cure: 'Take out what the handler does not need.', place: { file: zip }, docs: 'packaging.md#sizes',
    });
}
/** A link on the way to the folder may lead to anything on the machine, which is as far out as a link in the folder. */
function checkWhereSourceLies(code, { functionName, env }, diagnostics) {
    const real = (0,external_node_fs_.realpathSync)(code.source);
    if ((0,src_paths/* isInside */.FK)((0,external_node_fs_.realpathSync)(workspaceOf(code.source, env)), real))
        return;
    diagnostics.error({
        what: `The source folder ${code.source} of ${functionName} leads through a link to ${real}, which lies outside the workspace.`,
        why: 'Only what was checked out is deployed.',
        cure: 'Copy the folder into the workspace in an earlier step, or name one that lies there.',
        docs: 'packaging.md#links-and-special-files',
        ...place(code, 'source'),
    });
}
function place(code, name) {
    return code.places[name] === undefined ? {} : { place: code.places[name] };
}
/** A file that can be read. */
function check_paths_isFile(file) {
    try {
        (0,external_node_fs_.accessSync)(file, external_node_fs_.constants.R_OK);
        return (0,external_node_fs_.statSync)(file).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./src/package/install/find.ts







/** Which file wins, first to last: locks before what floats. */
const pythonFiles = [
    ['uv.lock', 'uv'], ['pylock.toml', 'pylock'], ['poetry.lock', 'poetry'], ['pdm.lock', 'pdm'], ['Pipfile.lock', 'pipfile'],
    ['requirements.txt', 'requirements'], ['pyproject.toml', 'pyproject'],
];
const nodeLocks = [
    ['package-lock.json', 'npm'], ['npm-shrinkwrap.json', 'npm'], ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'], ['bun.lock', 'bun'],
];
const nodeFiles = [...nodeLocks, ['package.json', 'package']];
/** What lists dependencies without pinning them; a lock above comes first. */
const find_manifests = ['pyproject.toml', 'package.json'];
/** bun's older lock, which is no text: without it the manifest would be taken for one that nobody has locked. */
const binaryLock = 'bun.lockb';
/** The file that lists the dependencies: the one that the user names, else the first of the order above that lies in the source folder. */
function findDependencies(code, runtime, workspace) {
    if (runtime.family === 'other')
        return undefined;
    if (code.requirements !== undefined)
        return {
            file: code.requirements, kind: kindOf(code.requirements, runtime.family), why: 'the input `requirements` names it',
        };
    const files = runtime.family === 'python' ? pythonFiles : nodeFiles;
    const there = files.filter(([name]) => check_paths_isFile(external_node_path_default().join(code.source, name)) && asks(external_node_path_default().join(code.source, name)));
    const first = there[0];
    if (first !== undefined && !find_manifests.includes(first[0])) {
        const rest = there.slice(1).map(([name]) => name).filter((name) => !find_manifests.includes(name));
        return {
            file: external_node_path_default().join(code.source, first[0]), kind: first[1],
            why: rest.length === 0 ? 'it lies in the source folder' : `it comes before ${rest.join(' and ')}`,
        };
    }
    return lockAbove(code.source, runtime.family, workspace) ?? (first === undefined ? undefined
        : { file: external_node_path_default().join(code.source, first[0]), kind: first[1], why: 'there is no lock file beside it' });
}
/** A member of a workspace has its lock in a folder above. */
function lockAbove(source, family, workspace) {
    const [manifest, locks] = family === 'python'
        ? ['pyproject.toml', pythonFiles.slice(0, 1)]
        : ['package.json', nodeLocks];
    if (!(0,external_node_fs_.existsSync)(external_node_path_default().join(source, manifest)))
        return undefined;
    for (let folder = external_node_path_default().dirname(source); (0,src_paths/* isInside */.FK)(workspace, folder) && folder !== external_node_path_default().dirname(folder); folder = external_node_path_default().dirname(folder)) {
        const lock = locks.find(([name]) => (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, name)));
        if (lock !== undefined) {
            const found = { file: external_node_path_default().join(folder, lock[0]), kind: lock[1], why: 'it is the lock of the workspace above' };
            return isMember(source, found) ? found : undefined;
        }
    }
    return undefined;
}
/** Whether a lock lists the folder as one of its own: a package.json in a folder of build output, say, makes no member. */
function isMember(source, { file, kind }) {
    try {
        return (kind === 'uv' ? uvMembers(file) : readNodeLock({ file, kind }).members).includes(source);
    }
    catch {
        // A lock that cannot be read is said where it is read for its packages.
        return true;
    }
}
function kindOf(file, family) {
    const name = external_node_path_default().basename(file);
    const known = [...pythonFiles, ...nodeFiles].find(([candidate]) => candidate === name);
    return known?.[1] ?? (/^pylock\..+\.toml$/.test(name) ? 'pylock' : family === 'python' ? 'requirements' : 'npm');
}
/** A manifest that configures tools only asks for nothing. */
function asks(file) {
    const name = external_node_path_default().basename(file);
    if (name === 'package.json')
        return !check_paths_isFile(external_node_path_default().join(external_node_path_default().dirname(file), binaryLock)) && listsPackages(file);
    // Their tools are fetched where they are not there: not for nothing.
    if (name === 'yarn.lock' || name === 'bun.lock')
        return listsPackages(external_node_path_default().join(external_node_path_default().dirname(file), 'package.json'));
    if (name !== 'pyproject.toml')
        return true;
    try {
        const { project, tool } = (0,smol_toml_dist/* parse */.qg)((0,external_node_fs_.readFileSync)(file, 'utf8'));
        return (project?.dependencies?.length ?? 0) > 0 || tool?.poetry?.dependencies !== undefined;
    }
    catch {
        return true;
    }
}
function listsPackages(file) {
    try {
        const { dependencies = {}, optionalDependencies = {} } = JSON
            .parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
        return Object.keys({ ...dependencies, ...optionalDependencies }).length > 0;
    }
    catch {
        // It is said where it is read for its packages.
        return true;
    }
}

;// CONCATENATED MODULE: ./src/package/digest.ts











/** Raised when the same inputs give another package than before: by what is collected, its form, or the zip. */
const scheme = 'p4';
/**
 * Hashes what the package will be made from, without an installer and without a zip. Pinned and equal to what the live release
 * records means that nothing has to be built.
 */
async function digestInputs(code, options) {
    if (code.package !== undefined)
        return { digest: digestOf(['prebuilt', await digestFile(code.package, 'hex')]), pinned: true };
    const runtime = runtimeOf(code);
    const app = options.sources.app(code);
    if (app.problems.length > 0)
        throw new src_diagnostics/* DiagnosticsError */.Ho(app.problems);
    const listed = findDependencies(code, runtime, workspaceOf(code.source, options.env));
    const theirs = listed === undefined ? undefined : digestDependencies(code, listed, options);
    const target = [runtime.name, code.architecture];
    const selection = [...code.exclude, '', ...code.include];
    return {
        digest: digestOf([...target, app.digest, theirs?.digest ?? '', ...selection]),
        pinned: theirs?.pinned ?? true,
        ...(listed === undefined ? {} : { dependencies: listed, asksForNothing: theirs?.isEmpty === true }),
    };
}
/**
 * The inputs with what floats resolved, so that their digest is final; nothing is installed for it. One run resolves a list once, for
 * however many functions.
 */
async function resolveInputs(code, inputs, options) {
    const { dependencies } = inputs;
    if (inputs.pinned || dependencies === undefined)
        return inputs;
    const known = resolutions.get(options.sources) ?? new Map();
    resolutions.set(options.sources, known);
    const list = [dependencies.file, code.source, code.runtime, code.architecture].join('\0');
    const resolving = known.get(list) ?? resolveDependencies(code, dependencies, options);
    known.set(list, resolving);
    const resolution = await resolving;
    return { dependencies, resolution, digest: digestOf([inputs.digest, resolution.key]), pinned: true };
}
/** What a run has resolved, by what it has read. */
const resolutions = new WeakMap();
function digestDependencies(code, source, options) {
    if (isForNode(source.kind)) {
        return { digest: digestNodeInputs(source, code.source, options.sources), pinned: source.kind !== 'package', isEmpty: false };
    }
    const wanted = readWanted(source, options.env);
    const { lines, locals, repositories } = wanted;
    const isEmpty = source.kind !== 'uv' && lines.length + locals.length + repositories.length === 0;
    return { digest: digestWanted(wanted, source, code.source), pinned: isEmpty || isPinned(wanted, source.kind), isEmpty };
}
function digestOf(parts) {
    return `${scheme}-${(0,external_node_crypto_.createHash)('sha256').update(parts.map((part) => `${part.length}:${part}`).join('')).digest('hex')}`;
}
/** A file's sha256, read in pieces. */
async function digestFile(file, encoding) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    await (0,promises_.pipeline)((0,external_node_fs_.createReadStream)(file, { highWaterMark: 1 << 20 }), hash);
    return hash.digest(encoding);
}

// EXTERNAL MODULE: ./node_modules/acorn/dist/acorn.mjs
var acorn = __webpack_require__(4559);
;// CONCATENATED MODULE: ./src/package/inspect/lines.ts
/** Tells the line of a position, from 1; by halving, so that a file of many lines takes no longer than it must. */
function lineCounter(text) {
    const starts = [0];
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1))
        starts.push(end + 1);
    return (position) => {
        let [low, high] = [0, starts.length];
        while (high - low > 1) {
            const middle = (low + high) >> 1;
            if (starts[middle] <= position)
                low = middle;
            else
                high = middle;
        }
        return low + 1;
    };
}

;// CONCATENATED MODULE: ./src/package/inspect/node-walk.ts
/** What Node gives a CommonJS file, and what its functions may name in another way. */
const watched = new Set([
    'exports', 'module', 'require', '__dirname', '__filename', 'arguments', 'eval',
]);
/** Visits every node of a program, from the top, in the order of the source. */
function walkNodes(program, visit) {
    descend({ node: program, parent: undefined, when: 'always', isTop: true, hidden: new Set() }, visit);
}
function descend(at, visit) {
    visit(at);
    eachChild(at.node, (child, key) => descend(enter(at, child, key), visit));
}
function enter(at, child, key) {
    const when = whenOf(at, key);
    if (!isFunction(child))
        return { node: child, parent: at, when, isTop: at.isTop, hidden: at.hidden };
    const isCalled = at.node.type === 'CallExpression' && key === 'callee' && !child.async && !child.generator;
    const isArrow = child.type === 'ArrowFunctionExpression';
    const declared = [...declaredBy(child), ...(isArrow ? [] : ['arguments'])];
    return {
        node: child, parent: at,
        when: when === 'always' && !isCalled ? 'sometimes' : when,
        isTop: at.isTop && isArrow,
        hidden: declared.length === 0 ? at.hidden : new Set([...at.hidden, ...declared]),
    };
}
function whenOf({ node, when }, key) {
    if (when === 'tried')
        return when;
    if (node.type === 'TryStatement')
        return key === 'finalizer' ? when : 'tried';
    return conditional[node.type]?.includes(key) === true ? 'sometimes' : when;
}
/** The parts of a node that may not run although it does. */
const conditional = {
    IfStatement: ['consequent', 'alternate'],
    ConditionalExpression: ['consequent', 'alternate'],
    LogicalExpression: ['right'],
    SwitchCase: ['consequent'],
    ForStatement: ['body', 'update'],
    ForInStatement: ['body'],
    ForOfStatement: ['body'],
    WhileStatement: ['body'],
    AssignmentPattern: ['right'],
};
function isFunction(node) {
    return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}
/** The watched names that a function declares: parameters, variables of its own, classes and functions. */
function declaredBy(node) {
    const found = node.params.flatMap(boundNames);
    const look = (child) => {
        if (child.type === 'VariableDeclarator')
            found.push(...boundNames(child.id));
        else if ((child.type === 'FunctionDeclaration' || child.type === 'ClassDeclaration') && child.id !== null)
            found.push(child.id.name);
        if (!isFunction(child))
            eachChild(child, look);
    };
    eachChild(node.body, look);
    return found.filter((name) => watched.has(name));
}
/** The names that a pattern binds. */
function boundNames(pattern) {
    switch (pattern.type) {
        case 'Identifier': return [pattern.name];
        case 'ObjectPattern': return pattern.properties.flatMap((each) => boundNames(each.type === 'RestElement' ? each.argument : each.value));
        case 'ArrayPattern': return pattern.elements.flatMap((each) => each === null ? [] : boundNames(each));
        case 'RestElement': return boundNames(pattern.argument);
        case 'AssignmentPattern': return boundNames(pattern.left);
        case 'MemberExpression': return [];
    }
}
/** Hands over the nodes right below one, with the property that holds each. */
function eachChild(node, visit) {
    const held = node;
    for (const key in held) {
        const value = held[key];
        if (typeof value !== 'object' || value === null)
            continue;
        if (Array.isArray(value)) {
            for (const item of value)
                if (isNode(item))
                    visit(item, key);
        }
        else if (isNode(value))
            visit(value, key);
    }
}
function isNode(value) {
    return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

;// CONCATENATED MODULE: ./src/package/inspect/node-exports.ts

/** What an ES module exports by name. */
function moduleExports({ body }) {
    const names = new Set();
    for (const statement of body) {
        if (statement.type === 'ExportDefaultDeclaration')
            names.add('default');
        if (statement.type === 'ExportAllDeclaration') {
            if (statement.exported === null || statement.exported === undefined)
                return undefined;
            names.add(node_exports_nameOf(statement.exported));
        }
        if (statement.type !== 'ExportNamedDeclaration')
            continue;
        for (const { exported } of statement.specifiers)
            names.add(node_exports_nameOf(exported));
        const { declaration } = statement;
        if (declaration?.type === 'VariableDeclaration')
            for (const { id } of declaration.declarations)
                for (const name of boundNames(id))
                    names.add(name);
        else if (declaration !== null && declaration !== undefined)
            names.add(declaration.id.name);
    }
    return names;
}
/** What a CommonJS module exports by name: every name that it gives `exports`, wherever it does. */
function commonExports(program) {
    const noted = esbuildList(program);
    if (noted !== undefined)
        return noted;
    const names = new Set();
    let isOpen = false;
    walkNodes(program, (at) => {
        const added = isOpen ? [] : exportsAt(at);
        if (added === undefined)
            isOpen = true;
        for (const name of added ?? [])
            names.add(name);
    });
    return isOpen ? undefined : names;
}
/** esbuild's list of what a bundle exports, `0 && (module.exports = { a, b })`: it never runs, and lacks `default`. */
function esbuildList({ body }) {
    const last = body.at(-1);
    if (last?.type !== 'ExpressionStatement' || last.expression.type !== 'LogicalExpression')
        return undefined;
    const { left, right } = last.expression;
    if (left.type !== 'Literal' || left.value !== 0 || right.type !== 'AssignmentExpression' || !isModuleExports(right.left))
        return undefined;
    const keys = right.right.type === 'ObjectExpression' ? keysOf(right.right) : undefined;
    return keys === undefined ? undefined : new Set([...keys, 'default']);
}
/** The names that one node adds; undefined where it may add any. */
function exportsAt(at) {
    const { node } = at;
    if (node.type === 'WithStatement')
        return undefined;
    if (node.type === 'Identifier' && (node.name === 'eval' || node.name === 'arguments')) {
        const isOther = at.hidden.has(node.name) || isName(at);
        return isOther || (node.name === 'eval' && at.parent?.node.type !== 'CallExpression') ? [] : undefined;
    }
    if (!isExports(at))
        return [];
    return useOf(at);
}
/** Whether a node is the exports object as the file names it: `exports`, `this` at its top, `module.exports`; or `module` itself. */
function isExports(at) {
    const { node, isTop, hidden } = at;
    if (node.type === 'ThisExpression')
        return isTop && !isInClass(at);
    return node.type === 'Identifier' && (node.name === 'exports' || node.name === 'module') && !hidden.has(node.name) && !isName(at);
}
/** Whether `this` is a class's or its object's own. */
function isInClass({ parent }) {
    return parent !== undefined && (parent.node.type === 'PropertyDefinition' || parent.node.type === 'StaticBlock' || isInClass(parent));
}
/** Whether an identifier is a property's name, or what is declared or labelled, and no use of the variable. */
function isName({ node, parent: above }) {
    const parent = above?.node;
    if (parent?.type === 'MemberExpression')
        return parent.property === node && !parent.computed;
    if (parent?.type === 'Property')
        return parent.key === node && !parent.computed && !parent.shorthand;
    return (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') && parent.key === node && !parent.computed;
}
/** What is done with the exports object, by the node around it. */
function useOf({ node, parent: around }) {
    const parent = around?.node;
    if (around === undefined || parent === undefined)
        return undefined;
    switch (parent.type) {
        case 'MemberExpression': return memberUse(node, parent, around);
        case 'AssignmentExpression': return assignmentUse(node, parent);
        case 'CallExpression': return callUse(node, parent, around);
        case 'UnaryExpression':
        case 'BinaryExpression':
        case 'ExpressionStatement': return [];
        case 'LogicalExpression': return parent.operator === '&&' && parent.left === node ? [] : useOf(around);
        case 'IfStatement': return parent.test === node ? [] : undefined;
        case 'ConditionalExpression': return parent.test === node ? [] : useOf(around);
        case 'SequenceExpression': return parent.expressions.at(-1) === node ? useOf(around) : [];
        default: return undefined;
    }
}
function memberUse(node, member, at) {
    if (member.object !== node)
        return undefined;
    const name = propertyName(member);
    if (node.type === 'Identifier' && node.name === 'module')
        return name === 'exports' ? useOf(at) : name === undefined ? undefined : [];
    if (isWritten(at))
        return name === undefined ? undefined : [name];
    // `exports.__defineGetter__("a", …)`, in libraries of Node's first years.
    return name === '__defineGetter__' ? undefined : [];
}
/** `exports.a = 1`, `[exports.a] = x`, `({ b: exports.a } = x)`, `for (exports.a of x)`. */
function isWritten({ node, parent: around }) {
    const parent = around?.node;
    switch (parent?.type) {
        case 'AssignmentExpression':
        case 'AssignmentPattern':
        case 'ForInStatement':
        case 'ForOfStatement': return parent.left === node;
        case 'ArrayPattern':
        case 'RestElement': return true;
        case 'Property': return parent.value === node && around?.parent?.node.type === 'ObjectPattern';
        default: return false;
    }
}
/** `module.exports = {…}`; `exports = module.exports` and the reverse change nothing; what else is assigned may have any name. */
function assignmentUse(node, { left, right }) {
    if (right === node)
        return left.type === 'Identifier' && left.name === 'exports' || isModuleExports(left) ? [] : undefined;
    const value = lastAssigned(right);
    if (value.type === 'ObjectExpression')
        return keysOf(value);
    return isModuleExports(value) || (value.type === 'Identifier' && value.name === 'exports') ? [] : undefined;
}
/** The value at the end of `a = b = value`. */
function lastAssigned(node) {
    return node.type === 'AssignmentExpression' ? lastAssigned(node.right) : node;
}
/** `Object.defineProperty(exports, "a", …)` and its kin give the object back; anybody else may do with it as he likes. */
function callUse(node, call, at) {
    const { callee, arguments: given } = call;
    if (node.type === 'Identifier' && node.name === 'module')
        return undefined;
    if (given[0] !== node || callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier'
        || callee.object.name !== 'Object')
        return undefined;
    const added = addedBy(propertyName(callee), given.slice(1));
    const used = added === undefined ? undefined : useOf(at);
    return added === undefined || used === undefined ? undefined : [...added, ...used];
}
function addedBy(method, given) {
    if (method === 'defineProperty')
        return given[0]?.type === 'Literal' && typeof given[0].value === 'string' ? [given[0].value] : undefined;
    if (method === 'freeze' || method === 'seal' || method === 'preventExtensions')
        return [];
    if (method !== 'assign' && method !== 'defineProperties')
        return undefined;
    const keys = given.map((each) => each.type === 'ObjectExpression' ? keysOf(each) : undefined);
    return keys.every((each) => each !== undefined) ? keys.flat() : undefined;
}
/** The keys of an object literal; undefined where it spreads another or computes a key. */
function keysOf({ properties }) {
    const keys = properties.map((each) => each.type === 'SpreadElement' || each.computed ? undefined : node_exports_nameOf(each.key));
    return keys.every((key) => key !== undefined) ? keys : undefined;
}
function isModuleExports(node) {
    return node.type === 'MemberExpression' && node.object.type === 'Identifier'
        && node.object.name === 'module' && propertyName(node) === 'exports';
}
function propertyName({ property, computed }) {
    if (!computed)
        return property.type === 'Identifier' ? property.name : undefined;
    return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}
/** `a` of an identifier, `a b` of a string. */
function node_exports_nameOf(node) {
    return node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';
}

;// CONCATENATED MODULE: ./src/package/inspect/node-globals.ts

const ofCommon = new Set(['require', 'module', 'exports', '__dirname', '__filename']);
/** The uses that certainly run with the file and fail in an ES module: the first of each name that nobody declares. */
function commonUses(program) {
    const first = new Map();
    const known = new Set();
    walkNodes(program, (visit) => {
        for (const name of declaredAt(visit.node))
            known.add(name);
        const { node } = visit;
        if (node.type !== 'Identifier' || !ofCommon.has(node.name) || first.has(node.name) || !isCertainUse(visit))
            return;
        first.set(node.name, node.start);
    });
    return [...first].filter(([name]) => !known.has(name)).map(([name, at]) => ({ name, at }));
}
/**
 * The modules that a bundle by esbuild asks for by its stand-in for `require`, which throws in an ES module: `Dynamic require of "x" is not
 * supported`. None where the bundle has a `require` of its own (https://github.com/evanw/esbuild/issues/1921).
 */
function dynamicRequires(program, text) {
    if (!text.includes('Dynamic require of'))
        return [];
    const standIns = new Set();
    const calls = [];
    let isGiven = false;
    walkNodes(program, ({ node }) => {
        isGiven ||= declaredAt(node).includes('require');
        if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init !== null && node.init !== undefined
            && text.slice(node.init.start, node.init.end).includes('Dynamic require of'))
            standIns.add(node.id.name);
        const [asked] = node.type === 'CallExpression' ? node.arguments : [];
        if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && asked?.type === 'Literal' && typeof asked.value === 'string')
            calls.push([node.callee.name, asked.value]);
    });
    return isGiven ? [] : [...new Set(calls.filter(([name]) => standIns.has(name)).map(([, asked]) => asked))];
}
/** The names that a node declares or gives to everyone. */
function declaredAt(node) {
    switch (node.type) {
        case 'VariableDeclarator': return boundNames(node.id);
        case 'FunctionDeclaration':
        case 'ClassDeclaration': return node.id === null ? [] : [node.id.name];
        case 'ImportDeclaration': return node.specifiers.map(({ local }) => local.name);
        case 'AssignmentExpression': return node.left.type === 'MemberExpression' && node.left.object.type === 'Identifier'
            && /^(?:globalThis|global)$/.test(node.left.object.name) && node.left.property.type === 'Identifier' ? [node.left.property.name] : [];
        default: return [];
    }
}
/** Whether an identifier is the variable itself, read where its file is loaded. */
function isCertainUse({ node, parent: around, when, hidden }) {
    const parent = around?.node;
    if (when !== 'always' || node.type !== 'Identifier' || hidden.has(node.name))
        return false;
    switch (parent?.type) {
        case 'UnaryExpression': return parent.operator !== 'typeof';
        case 'MemberExpression': return parent.object === node || parent.computed;
        case 'Property': return parent.value === node && !isPattern(around?.parent?.node);
        case 'MethodDefinition':
        case 'PropertyDefinition': return parent.key !== node || parent.computed;
        case 'LabeledStatement':
        case 'BreakStatement':
        case 'ContinueStatement':
        case 'ImportSpecifier':
        case 'ImportDefaultSpecifier':
        case 'ImportNamespaceSpecifier':
        case 'ExportSpecifier':
        case 'ExportAllDeclaration':
        case 'FunctionDeclaration':
        case 'FunctionExpression':
        case 'ArrowFunctionExpression':
        case 'ClassDeclaration':
        case 'ClassExpression':
        case 'CatchClause':
            return false;
        case 'VariableDeclarator': return parent.init === node;
        default: return true;
    }
}
function isPattern(node) {
    return node?.type === 'ObjectPattern';
}

;// CONCATENATED MODULE: ./src/package/inspect/node-source.ts





/** Reads a JavaScript file; undefined where the parser cannot read it, as TypeScript: then nothing may be said of it. */
function readNode(text) {
    try {
        const program = parsed(text, 'commonjs') ?? parsed(text, 'module');
        return program === undefined ? undefined : sourceOf(program, text);
    }
    catch (error) {
        // Generated code may be nested deeper than the stack is.
        if (error instanceof RangeError)
            return undefined;
        throw error;
    }
}
function parsed(text, sourceType) {
    try {
        return (0,acorn/* parse */.qg)(text.replace(/^\uFEFF/, ''), { ecmaVersion: 'latest', sourceType, allowHashBang: true });
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return undefined;
        throw error;
    }
}
function sourceOf(program, text) {
    const isModule = program.sourceType === 'module';
    const madeRequire = program.body.some(makesRequire);
    const imports = [];
    const lineOf = lineCounter(text);
    let usesCommon = false;
    walkNodes(program, (at) => {
        const found = importAt(at);
        if (found !== undefined)
            imports.push({ ...found, line: lineOf(at.node.start) });
        usesCommon ||= isCommon(at, madeRequire);
    });
    return {
        isModule, usesCommon, exports: isModule ? moduleExports(program) : commonExports(program), imports,
        commonUses: commonUses(program).map(({ name, at }) => ({ name, line: lineOf(at) })), dynamicRequires: dynamicRequires(program, text),
    };
}
function importAt({ node, parent: around, when, hidden }) {
    switch (node.type) {
        case 'ImportDeclaration':
        case 'ExportAllDeclaration':
        case 'ExportNamedDeclaration':
            return node.source === null || node.source === undefined ? undefined : {
                name: String(node.source.value), by: 'import', when: 'always', names: namesTaken(node), type: typeIn(node.attributes),
            };
        case 'ImportExpression': {
            const name = literal(node.source);
            return name === undefined ? undefined : {
                name, by: 'import', when: whenAwaited(around?.node, when),
                type: node.options === null || node.options === undefined ? undefined : '',
            };
        }
        case 'CallExpression': {
            const name = node.arguments.length === 1 ? literal(node.arguments[0]) : undefined;
            const isRequire = node.callee.type === 'Identifier' && node.callee.name === 'require' && !hidden.has('require');
            return name === undefined || !isRequire ? undefined : { name, by: 'require', when };
        }
        default: return undefined;
    }
}
/** What a statement takes by name; a namespace and a star take what there is. */
function namesTaken(node) {
    if (node.type === 'ExportAllDeclaration')
        return [];
    return node.specifiers.flatMap((each) => each.type === 'ImportNamespaceSpecifier' ? []
        : each.type === 'ImportDefaultSpecifier' ? ['default'] : [node_exports_nameOf(each.type === 'ImportSpecifier' ? each.imported : each.local)]);
}
/** `json` of `with { type: "json" }`. */
function typeIn(attributes) {
    const found = attributes?.find(({ key }) => node_exports_nameOf(key) === 'type');
    return found === undefined ? undefined : String(found.value.value);
}
/** `await import()` fails with its file, `import().catch()` does not; what becomes of the promise else is not known. */
function whenAwaited(parent, when) {
    if (parent?.type === 'MemberExpression')
        return 'tried';
    return parent?.type === 'AwaitExpression' || when === 'tried' ? when : 'sometimes';
}
function literal(node) {
    if (node.type === 'Literal')
        return typeof node.value === 'string' ? node.value : undefined;
    return node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0]?.value.cooked ?? undefined : undefined;
}
/** Whether a node is one that fails in an ES module. */
function isCommon({ node, parent: around, hidden }, madeRequire) {
    if (node.type !== 'Identifier' || hidden.has(node.name))
        return false;
    const parent = around?.node;
    if (node.name === 'require')
        return !madeRequire && parent?.type === 'CallExpression' && parent.callee === node;
    if (parent?.type !== 'MemberExpression' || parent.object !== node)
        return false;
    if (node.name === 'module')
        return parent.property.type === 'Identifier' && parent.property.name === 'exports';
    const outer = around?.parent?.node;
    return node.name === 'exports' && outer?.type === 'AssignmentExpression' && outer.left === parent;
}
/** `const require = createRequire(import.meta.url)`: an ES module's way to CommonJS. */
function makesRequire(statement) {
    return statement.type === 'VariableDeclaration' && statement.declarations.some(({ id }) => id.type === 'Identifier'
        && id.name === 'require');
}
/**
 * How Node loads a file: .mjs and .cjs decide by themselves, .js and .ts by the nearest package.json. Where that says nothing, Node takes a
 * file as CommonJS, and from 22.7 on as an ES module where only that can be (https://nodejs.org/api/packages.html#syntax-detection).
 */
function moduleKind(file, read) {
    if (/\.m[jt]s$/.test(file))
        return 'module';
    if (/\.c[jt]s$/.test(file))
        return 'commonjs';
    const folders = file.split('/').slice(0, -1);
    for (let depth = folders.length; depth >= 0; depth--) {
        const manifest = read([...folders.slice(0, depth), 'package.json'].join('/'));
        if (manifest !== undefined)
            return /"type"\s*:\s*"(module|commonjs)"/.exec(manifest)?.[1]
                ?? 'unsaid';
    }
    return 'unsaid';
}

;// CONCATENATED MODULE: ./src/package/inspect/node-handler.ts


/**
 * Whether the runtime will find a Node handler, by the rules of its client (aws-lambda-nodejs-runtime-interface-client, UserFunction.js):
 * no `..`, the first dot of the last part divides module and export, the suffixes in their order, then node_modules.
 */
function checkNodeHandler(check) {
    const parts = partsOf(check.handler);
    if (parts === undefined) {
        return {
            what: `\`${check.handler}\` is no handler.`, why: 'A handler is a file without its suffix, a dot and an export, as in '
                + '`index.handler`; `..` is not allowed.',
            ...(check.place === undefined ? {} : { place: check.place }),
        };
    }
    const file = nodeHandlerFile(check);
    if (file === undefined)
        return missing(check, parts.module, parts.name);
    return file.startsWith('node_modules/') ? undefined : checkExports(check, { file, ...parts });
}
/** The file that the runtime would load for a handler, by the client's order. */
function nodeHandlerFile(check) {
    const module = partsOf(check.handler)?.module;
    const suffixes = ['', '.js', '.mjs', '.cjs'];
    return suffixes.map((suffix) => `${module ?? ''}${suffix}`).find((candidate) => check.paths.includes(candidate))
        ?? check.paths.find((candidate) => candidate === `node_modules/${module ?? ''}/package.json`
            || candidate === `node_modules/${module ?? ''}.js`);
}
function partsOf(handler) {
    const slash = handler.lastIndexOf('/') + 1;
    const match = /^([^.]+)\.(.+)$/.exec(handler.slice(slash));
    if (match === null || handler.includes('..'))
        return undefined;
    return {
        module: `${handler.slice(0, slash).replace(/^\.?\//, '')}${match[1]}`,
        name: match[2].split('.')[0],
    };
}
function missing(check, module, name) {
    const base = module.slice(module.lastIndexOf('/') + 1);
    const own = check.paths.filter((path) => /\.(?:[cm]?js|[cm]?ts)$/.test(path) && !path.startsWith('node_modules/'));
    const typescript = own.find((path) => /^\.[cm]?ts$/.test(path.slice(module.length)) && path.startsWith(module));
    const elsewhere = own.find((path) => new RegExp(`(?:^|/)${base.replace(/[^\w-]/g, '.')}\\.[cm]?js$`).test(path));
    const close = (0,suggest/* nearest */.pA)(module, own.map(stem));
    const cure = elsewhere !== undefined ? `It lies in ${elsewhere}: write \`${stem(elsewhere)}.${name}\`, or make its folder the source.`
        : typescript !== undefined ? typescriptCure(typescript, check.runtime)
            : close !== undefined ? `Did you mean \`${close}.${name}\`?`
                : otherHandlers(check, own) ?? 'Set `handler:` to a function in the source folder, or set `source:`.';
    return {
        what: `The package holds no ${module}.js, .mjs or .cjs, which the handler \`${check.handler}\` names.`,
        why: 'The content of the source folder lies at the root of the package.', cure, ...(check.place === undefined
            ? {}
            : { place: check.place }),
    };
}
/** What looks like a handler among the exports of a module. */
function usualName({ exports = new Set() }) {
    return ['handler', 'lambdaHandler', 'main'].find((name) => exports.has(name))
        ?? [...exports].find((name) => /handler$/i.test(name));
}
/** Where the app exports what looks like a handler, with the line to write. */
function otherHandlers(check, own) {
    const found = own.filter((file) => /\.[cm]?js$/.test(file) && !/(^|[/.])test\b/.test(file)).flatMap((file) => {
        const source = check.source(file);
        const name = source === undefined ? undefined : usualName(source);
        return name === undefined ? [] : [`\`handler: ${stem(file)}.${name}\``];
    });
    return found.length === 0 ? undefined : `Write ${found.slice(0, 3).join(' or ')}.`;
}
/** AWS's guide compiles first, whatever the runtime (https://docs.aws.amazon.com/lambda/latest/dg/lambda-typescript.html). */
function typescriptCure(file, { major }) {
    const bundle = `npx esbuild ${file} --bundle --platform=node --target=node${major} --format=cjs --outdir=dist`;
    return `Lambda runs JavaScript only. Compile it in a step before this one (\`${bundle}\`), and set \`source: dist\`.`;
}
function checkExports(check, { file, name, module }) {
    const where = check.place === undefined ? {} : { place: check.place };
    const source = check.source(file);
    if (source === undefined)
        return undefined;
    const [isModule, hasEsm, hasCjs] = [moduleKind(file, check.text) === 'module', source.isModule, source.usesCommon];
    if (isModule && hasCjs && !hasEsm) {
        return {
            what: `${file} is loaded as an ES module and uses CommonJS (\`module.exports\` or \`require\`).`,
            cure: 'Name it .cjs, or take `"type": "module"` out of package.json.',
            ...where,
        };
    }
    if (!isModule && hasEsm && !hasCjs && check.runtime.major < firstWithModulesInRequire) {
        return {
            what: `${file} is loaded as CommonJS and uses \`import\` or \`export\`.`,
            why: 'The nearest package.json says no `"type": "module"`.',
            cure: 'Name it .mjs, or add `"type": "module"` to the package.json beside it.',
            ...where,
        };
    }
    if (source.exports?.has(name) ?? true)
        return undefined;
    const close = (0,suggest/* nearest */.pA)(name, [...(source.exports ?? [])]) ?? usualName(source);
    return {
        what: `${file} exports no \`${name}\`, which the handler \`${check.handler}\` names.`,
        cure: close === undefined ? `Export \`${name}\` there, or name another export.` : `Did you mean \`${module}.${close}\`?`,
        ...where,
    };
}
/**
 * Node 22.12 and later load an ES module through `require`, but Lambda switches that off in nodejs20.x and nodejs22.x
 * (`--no-experimental-require-module`; developer guide, "Building Lambda functions with Node.js").
 */
const firstWithModulesInRequire = 24;
function stem(path) {
    return path.replace(/\.[^./]+$/, '');
}

// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __webpack_require__(8995);
;// CONCATENATED MODULE: ./src/package/inspect/node-package.ts
/** Reads the fields that say how files are loaded; nothing where the text is no JSON object. */
function readNodePackage(text) {
    try {
        const { name, type, main, exports, imports } = JSON.parse(text.replace(/^\uFEFF/, ''));
        const words = Object.fromEntries(Object.entries({ name, type, main }).filter(([, value]) => typeof value === 'string'));
        return { ...words, ...(exports === undefined || exports === null ? {} : { exports }), ...(imports === undefined ? {} : { imports }) };
    }
    catch {
        return undefined;
    }
}
/**
 * The file below a package that `.` or `./sub` of it leads to by its `exports`; undefined where they have none. By Node's own algorithm
 * (https://nodejs.org/api/esm.html#resolution-algorithm-specification, PACKAGE_EXPORTS_RESOLVE and what it calls).
 */
function exportedFile(exports, subpath, by) {
    const isMap = typeof exports === 'object' && exports !== null && !Array.isArray(exports)
        && Object.keys(exports).some((key) => key.startsWith('.'));
    return targetIn(isMap ? exports : { '.': exports }, subpath, {
        conditions: new Set(['node', 'node-addons', by, 'default']), takesPackages: false,
    }) ?? undefined;
}
/**
 * What `#name` leads to by a package's `imports`: a file below it (`./x`) or another package
 * (https://nodejs.org/api/esm.html#resolution-algorithm-specification, PACKAGE_IMPORTS_RESOLVE).
 */
function importedTarget(imports, name, by) {
    if (typeof imports !== 'object' || imports === null)
        return undefined;
    return targetIn(imports, name, {
        conditions: new Set(['node', 'node-addons', by, 'default']), takesPackages: true,
    }) ?? undefined;
}
function targetIn(map, subpath, how) {
    if (Object.hasOwn(map, subpath) && !subpath.includes('*'))
        return target(map[subpath], how, '');
    const patterns = Object.keys(map).filter((key) => key.split('*').length === 2).sort(byLength);
    for (const pattern of patterns) {
        const [before = '', behind = ''] = pattern.split('*');
        if (subpath === before || !subpath.startsWith(before) || !subpath.endsWith(behind) || subpath.length < pattern.length)
            continue;
        return target(map[pattern], how, subpath.slice(before.length, subpath.length - behind.length));
    }
    return undefined;
}
/** The pattern with the longest part before its star comes first (PATTERN_KEY_COMPARE). */
function byLength(a, b) {
    return b.indexOf('*') - a.indexOf('*') || b.length - a.length;
}
/** PACKAGE_TARGET_RESOLVE: a condition whose own target leads nowhere is passed over; null is an end. */
function target(value, how, star) {
    const isPath = typeof value === 'string' && value.startsWith('./');
    if (typeof value === 'string')
        return isPath || how.takesPackages ? value.replaceAll('*', star) : undefined;
    if (value === null)
        return null;
    const candidates = Array.isArray(value) ? value
        : typeof value === 'object' ? Object.entries(value).filter(([key]) => how.conditions.has(key)).map(([, each]) => each) : [];
    for (const each of candidates) {
        const found = target(each, how, star);
        if (found !== undefined && !(found === null && Array.isArray(value)))
            return found;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/package/inspect/node-resolve.ts


const builtin = new Set(external_node_module_.builtinModules);
/** Finds what Node finds for an import of one file. */
function resolveImport({ name, by }, file, tree) {
    if (/^\.{1,2}(?:\/|$)/.test(name))
        return relativeTarget({ name, by }, file, tree);
    if (name.startsWith('#'))
        return internalTarget({ name, by }, file, tree);
    if (/^(?!node:|file:|data:)[a-z][a-z0-9+.-]+:/.test(name))
        return { kind: 'none', why: { is: 'scheme' } };
    if (name.startsWith('/') || name.includes(':') || builtin.has(name))
        return { kind: 'elsewhere' };
    // A link, as pnpm makes them: what lies behind it has other paths.
    if (modulesAbove(file).some((modules) => tree.paths.has(`${modules}/${packageOf(name)}`)))
        return { kind: 'elsewhere' };
    const folder = packageFolder(packageOf(name), file, tree);
    if (folder !== undefined)
        return packageTarget({ name, by }, folder, tree);
    const alone = modulesAbove(file).map((modules) => node_resolve_fileOf(`${modules}/${name}`, tree)).find((path) => path !== undefined);
    if (alone !== undefined)
        return { kind: 'file', path: alone };
    const own = nearestManifest(file, tree);
    return own?.manifest?.exports !== undefined && own.manifest.name === packageOf(name)
        ? packageTarget({ name, by }, own.folder, tree)
        : { kind: 'none', why: { is: 'absent' } };
}
/** What a package's `imports` make of a name of its own; a package without them has been compiled by other rules. */
function internalTarget({ name, by }, file, tree) {
    const own = nearestManifest(file, tree);
    if (own?.manifest === undefined)
        return own === undefined ? { kind: 'none', why: { is: 'absent' } } : { kind: 'elsewhere' };
    const found = importedTarget(own.manifest.imports, name, by);
    if (found === undefined)
        return { kind: 'none', why: { is: 'absent' } };
    const at = below(own.folder, 'package.json');
    if (!found.startsWith('./'))
        return found.startsWith('#') ? { kind: 'elsewhere' } : resolveImport({ name: found, by }, at, tree);
    const path = node_resolve_joined(at, found) ?? '';
    return tree.paths.has(path) ? { kind: 'file', path } : { kind: 'none', why: { is: 'unbuilt', folder: own.folder, file: path } };
}
/** `@scope/name` or `name` of what is imported. */
function packageOf(name) {
    return name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');
}
/** Whether Node loads a file of the tree as an ES module. */
function isModuleFile(file, tree) {
    return file.endsWith('.mjs') || (file.endsWith('.js') && nearestManifest(file, tree)?.manifest?.type === 'module');
}
function relativeTarget({ name, by }, file, tree) {
    const path = node_resolve_joined(file, name);
    if (path === undefined)
        return { kind: 'none', why: { is: 'above' } };
    const near = node_resolve_fileOf(path, tree);
    if (by === 'require')
        return near === undefined ? { kind: 'none', why: { is: 'absent' } } : { kind: 'file', path: near };
    // What an ES module names is a URL of one file (https://nodejs.org/api/esm.html#mandatory-file-extensions).
    const exact = node_resolve_joined(file, node_resolve_decoded(name.replace(/[?#].*$/, ''))) ?? '';
    return tree.paths.has(exact) ? { kind: 'file', path: exact } : { kind: 'none', why: { is: 'absent', near } };
}
/** The folder of the nearest `node_modules` above a file that holds a package. */
function packageFolder(name, file, tree) {
    return modulesAbove(file).map((modules) => `${modules}/${name}`)
        .find((folder) => ['package.json', 'index.js', 'index.json', 'index.node'].some((each) => tree.paths.has(`${folder}/${each}`)));
}
function modulesAbove(file) {
    const folders = file.split('/').slice(0, -1);
    return [...folders.keys(), folders.length].reverse().filter((depth) => folders[depth - 1] !== 'node_modules')
        .map((depth) => [...folders.slice(0, depth), 'node_modules'].join('/'));
}
function packageTarget({ name, by }, folder, tree) {
    const at = below(folder, 'package.json');
    const manifest = tree.manifest(at);
    const subpath = `.${name.slice(packageOf(name).length)}`;
    if (manifest === undefined && tree.paths.has(at))
        return { kind: 'elsewhere' };
    if (manifest?.exports !== undefined) {
        const exported = exportedFile(manifest.exports, subpath, by);
        if (exported === undefined)
            return { kind: 'none', why: { is: 'hidden', folder } };
        const path = node_resolve_joined(at, exported) ?? '';
        return tree.paths.has(path) ? { kind: 'file', path } : { kind: 'none', why: { is: 'unbuilt', folder, file: path } };
    }
    const wanted = subpath === '.' ? folder : `${folder}/${subpath.slice(2)}`;
    const path = subpath === '.' || by === 'require' ? node_resolve_fileOf(wanted, tree) : [wanted].find((each) => tree.paths.has(each));
    if (path !== undefined)
        return { kind: 'file', path };
    const near = by === 'import' ? node_resolve_fileOf(wanted, tree) : undefined;
    return {
        kind: 'none',
        why: near === undefined ? {
            is: 'unbuilt', folder, file: subpath === '.' ? `${folder}/${manifest?.main ?? 'index.js'}` : wanted,
        } : { is: 'absent', near },
    };
}
/** What `require` finds at a path: the file, one with an ending, or a folder's main file. */
function node_resolve_fileOf(path, tree) {
    const main = tree.manifest(path === '' ? 'package.json' : `${path}/package.json`)?.main;
    const mains = main === undefined ? [] : [node_resolve_joined(`${path}/package.json`, main.startsWith('.') ? main : `./${main}`) ?? path];
    const starts = [path, ...mains.flatMap((each) => [each, `${each}/index`]), path === '' ? 'index' : `${path}/index`];
    return starts.flatMap((start) => [
        start, ...['.js', '.json', '.node', '.mjs', '.cjs', '.ts'].map((ending) => start + ending),
    ]).find((candidate) => tree.paths.has(candidate));
}
/** The folder of the package that a file belongs to, and what its package.json says, as far as it was read. */
function nearestManifest(file, tree) {
    const folders = file.split('/').slice(0, -1);
    const depths = [...folders.keys(), folders.length].reverse();
    const folder = depths.map((depth) => folders.slice(0, depth).join('/')).find((each) => tree.paths.has(below(each, 'package.json')));
    return folder === undefined ? undefined : { folder, manifest: tree.manifest(below(folder, 'package.json')) };
}
/** A path below a folder, which may be the root. */
function below(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
function node_resolve_decoded(name) {
    return name.replace(/(?:%[0-9a-f]{2})+/gi, (text) => Buffer.from(text.replaceAll('%', ''), 'hex').toString());
}
/** The path that a relative name means beside a file; undefined where it leads out of the tree. */
function node_resolve_joined(file, name) {
    const path = [];
    for (const part of [...file.split('/').slice(0, -1), ...name.split('/')]) {
        if (part === '..' && path.pop() === undefined)
            return undefined;
        if (part !== '..' && part !== '.' && part !== '')
            path.push(part);
    }
    return path.join('/');
}

;// CONCATENATED MODULE: ./src/package/inspect/typescript-paths.ts


/** The tsconfig.json (or jsconfig.json) above a folder whose `paths` an import fits, or `@/` and `~/`, which no package can be called. */
function aliasFile(name, folder) {
    const configs = configsAbove(folder);
    return configs.find((file) => aliasesOf(file).some((alias) => typescript_paths_fits(alias, name))) ?? (/^[@~]\//.test(name)
        ? configs[0] ?? 'the compiler'
        : undefined);
}
function configsAbove(folder) {
    const here = [
        'tsconfig.json', 'tsconfig.build.json', 'tsconfig.base.json', 'jsconfig.json',
    ].map((name) => external_node_path_default().join(folder, name)).filter((file) => (0,external_node_fs_.existsSync)(file));
    const isTop = (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, '.git')) || external_node_path_default().dirname(folder) === folder;
    return isTop ? here : [...here, ...configsAbove(external_node_path_default().dirname(folder))];
}
/** The names that `compilerOptions.paths` maps, read without its comments; what they say besides is the compiler's business. */
function aliasesOf(file) {
    const found = /"paths"\s*:\s*\{([^{}]*)\}/.exec((0,external_node_fs_.readFileSync)(file, 'utf8').replace(/^\s*\/\/.*$/gm, ''))?.[1] ?? '';
    return [...found.matchAll(/"([^"]+)"\s*:\s*\[/g)].map(([, alias]) => alias);
}
function typescript_paths_fits(alias, name) {
    const [before = '', behind] = alias.split('*');
    return behind === undefined ? alias === name : before !== '' && name.startsWith(before) && name.endsWith(behind);
}

;// CONCATENATED MODULE: ./src/package/inspect/node-cures.ts





/** What is said of an import that fails, with the cure that fits why. */
function node_cures_missingText(missing, around) {
    const { file, found } = missing;
    const disk = around.diskPath(file);
    return {
        ...described(missing, around), docs: 'packaging.md#imports',
        place: disk === undefined ? undefined : { file: disk, line: found.line },
    };
}
function described(missing, around) {
    const { file, found: { name }, problem } = missing;
    const imports = `${file} imports \`${name}\``;
    switch (problem.is) {
        case 'above': return {
            what: `${imports}, which leads above the root of the package.`,
            why: 'On Lambda the content of the source folder lies at the root, and nothing of yours above it.',
            cure: outsideCure(missing, around),
        };
        case 'hidden': return {
            what: `${imports}, which ${packageOf(name)} does not export.`,
            why: `${problem.folder}/package.json has \`exports\`, and nothing there answers \`${missing.found.by}\` of this name.`,
            cure: hiddenCure(missing),
        };
        case 'unbuilt': return {
            what: `${imports}, which leads to ${problem.file}, and that is not in the package.`,
            why: `${problem.folder === '' ? '' : `${problem.folder}/`}package.json names a file that is not there.`,
            cure: problem.folder === ''
                ? 'Fix the path in package.json, or make the file in a step before this one.'
                : 'If the package is one of yours, build it in a step before this one; else ask for another version of it.',
        };
        case 'typescript': return {
            what: `${imports}, which leads to ${problem.file}.`,
            why: 'Node strips types of your own files at most, and of nothing in node_modules (https://nodejs.org/api/typescript.html).',
            cure: 'Compile the package in a step before this one and let its package.json name the JavaScript; or bundle the app '
                + '(esbuild, rollup).',
        };
        case 'module': return {
            what: `${imports} with \`require\`, and ${problem.file} is an ES module.`,
            why: `Lambda switches \`require\` of ES modules off in ${around.runtime.name}.`,
            cure: 'Use `import` (or `await import()`), set `runtime: nodejs24.x`, ask for an older version that has CommonJS, or '
                + 'bundle the app (esbuild, rollup).',
        };
        case 'scheme': return {
            what: `${imports}, a URL that Node does not load.`,
            why: 'It loads `node:`, `file:` and `data:` alone; others are for browsers, Deno, Bun and bundlers.',
            cure: 'Add the package to "dependencies" of package.json and import it by its name, or bundle the app.',
        };
        case 'json': return {
            what: `${imports} without saying that it is JSON.`,
            why: 'Node: ERR_IMPORT_ATTRIBUTE_MISSING.', cure: `Write \`import ... from '${name}' with { type: 'json' }\`.`,
        };
        case 'unexported': return {
            what: `${file} imports ${problem.names.map((each) => `\`${each}\``).join(', ')} from \`${name}\`, and ${problem.file} does not `
                + `export ${problem.names.length === 1 ? 'it' : 'them'}.`,
            why: 'ES modules are linked before anything runs: Node does not load the handler.',
            cure: 'Fix the import, or export the name there.',
        };
        case 'absent': return {
            what: `${imports}, which nothing in the package or the runtime ${around.runtime.name} has.`,
            cure: absentCure(missing, { ...around, near: problem.near }),
        };
    }
}
function hiddenCure({ found: { name, by } }) {
    if (name === packageOf(name)) {
        const how = by === 'require' ? `\`import\`, or a version of ${name} that can be required` : `a version of ${name} that can be imported`;
        return `Use ${how}, or bundle the app (esbuild, rollup).`;
    }
    return `Import a name that ${packageOf(name)} exports, or ask for a version that exports this one.`;
}
/** A file outside of the source folder: it may well be there at home. */
function outsideCure({ file, found: { name } }, { folder, base }) {
    const wanted = external_node_path_default().resolve(folder, external_node_path_default().dirname(file), name);
    const there = ['', '.js', '.mjs', '.cjs', '.json', '/index.js'].map((ending) => wanted + ending)
        .find((candidate) => (0,external_node_fs_.existsSync)(candidate));
    if (there === undefined)
        return 'Fix the path.';
    const above = (0,src_paths/* writtenFrom */.aG)(base, (0,src_paths/* commonFolder */.Mp)(folder, external_node_path_default().dirname(there)));
    return `${there} lies outside of the source folder: set \`source: ${above}\` with the handler's path from there, copy the file in, `
        + 'or bundle the app (esbuild, rollup).';
}
function absentCure(missing, around) {
    const { found: { name } } = missing;
    if (around.near !== undefined)
        return `Write the whole path, as of ${around.near}: an ES module adds no ending and no index.`;
    if (name.startsWith('.'))
        return relativeCure(missing, around);
    if (name.startsWith('node:'))
        return 'Fix the name, or choose a `runtime` that has it.';
    const alias = aliasFile(name, external_node_path_default().join(around.folder, external_node_path_default().dirname(missing.file)));
    if (alias !== undefined)
        return `It is an alias of ${alias}, which the compiler leaves as it is: bundle the app (esbuild, `
            + 'rollup), let tsc-alias write the paths, or use "imports" of package.json.';
    if (name.startsWith('#'))
        return 'It must be in "imports" of the package.json at the root of the package: put that file into the '
            + 'source folder, or bundle the app (esbuild, rollup).';
    const other = otherCase(packageOf(name), around.paths);
    if (other !== undefined)
        return `The package is called \`${other}\`: Lambda's file system tells cases apart.`;
    return listedCure(packageOf(name), around) ?? besideCure(name, around) ?? `Add ${packageOf(name)} to "dependencies" of `
        + 'package.json and commit the lock.';
}
function relativeCure({ file, found: { name } }, { folder, paths }) {
    const wanted = external_node_path_default().posix.join(external_node_path_default().posix.dirname(file), name);
    const other = paths.find((candidate) => folded(node_cures_stem(candidate)) === folded(node_cures_stem(wanted)) || folded(candidate) === folded(wanted));
    if (other !== undefined)
        return `${other} is written in another way (case, or accents): Lambda's file system tells them apart.`;
    const left = ['', '.js', '.mjs', '.cjs', '.json'].map((ending) => external_node_path_default().join(folder, wanted + ending))
        .find((candidate) => (0,external_node_fs_.existsSync)(candidate));
    if (left !== undefined)
        return `${left} is there and left out of the package: check .lambdaignore, \`exclude\` and the default patterns.`;
    return 'Fix the path, or check that the file is not excluded.';
}
/** A package that is there under a name in another case. */
function otherCase(name, paths) {
    const start = `node_modules/${name}/`.toLowerCase();
    return paths.find((each) => each.toLowerCase().startsWith(start))?.slice('node_modules/'.length, start.length - 1);
}
function folded(text) {
    return text.normalize('NFC').toLowerCase();
}
function node_cures_stem(file) {
    return file.replace(/\.(?:[cm]?[jt]s|json)$/, '');
}
/** Where a package.json of the app, or of a folder above it, names the package. */
function listedCure(name, { folder, base }) {
    for (let at = folder, isOwn = true;; at = external_node_path_default().dirname(at), isOwn = false) {
        const file = external_node_path_default().join(at, 'package.json');
        const kind = (0,external_node_fs_.existsSync)(file) ? kindIn(file, name) : undefined;
        if (kind === 'devDependencies')
            return `It is in "devDependencies" of ${file}, which are not installed: move it to `
                + '"dependencies" and commit the lock.';
        if (kind === 'peerDependencies')
            return `It is only in "peerDependencies" of ${file}, which are for those who use a package: add `
                + 'it to "dependencies" and commit the lock.';
        if (kind !== undefined && isOwn)
            return `It is in "${kind}" of ${file}, and the lock does not bring it: run the install `
                + 'again and commit the lock.';
        if (kind !== undefined && !isWorkspace(at)) {
            const list = locks.map((each) => external_node_path_default().join(at, each)).find((each) => (0,external_node_fs_.existsSync)(each)) ?? file;
            return `${external_node_path_default().relative(folder, file)} lists it, and is not read, because it lies above the source folder: set `
                + `\`requirements: ${(0,src_paths/* writtenFrom */.aG)(base, list)}\`.`;
        }
        if (kind !== undefined)
            return `Only ${file} lists it, and a member of a workspace gets its own dependencies: add `
                + `${name} to "dependencies" of the package.json in ${folder} and commit the lock.`;
        if ((0,external_node_fs_.existsSync)(external_node_path_default().join(at, '.git')) || external_node_path_default().dirname(at) === at)
            return undefined;
    }
}
const locks = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];
/** Whether the packages below a folder are members of a workspace, with lists of their own. */
function isWorkspace(folder) {
    return (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, 'pnpm-workspace.yaml'))
        || /"workspaces"\s*:/.test((0,external_node_fs_.readFileSync)(external_node_path_default().join(folder, 'package.json'), 'utf8'));
}
function kindIn(file, name) {
    try {
        const manifest = JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
        return [
            'dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies',
        ].find((kind) => manifest[kind]?.[name] !== undefined);
    }
    catch {
        return undefined;
    }
}
/** A folder or file of the user's own, asked for as if it were a package. */
function besideCure(name, { folder, base, paths }) {
    const first = name.split('/', 1)[0];
    if (paths.some((candidate) => candidate.startsWith(`${first}/`)
        || node_cures_stem(candidate) === name))
        return `It looks like your own ${first}: write its path with \`./\` or \`../\`, as in \`./${name}\`.`;
    const above = external_node_path_default().dirname(folder);
    return (0,external_node_fs_.existsSync)(external_node_path_default().join(above, first))
        ? `${external_node_path_default().join(above, first)} lies outside of the source folder: set \`source: ${(0,src_paths/* writtenFrom */.aG)(base, above)}\` with the handler's `
            + 'path from there, or bundle the app (esbuild, rollup).'
        : undefined;
}

;// CONCATENATED MODULE: ./src/package/inspect/node-module-rules.ts


/** What Node says of an import that leads to a file of the package. */
function refusedImport({ by, names = [], type }, file, source) {
    if (by !== 'import')
        return undefined;
    if (file.endsWith('.json'))
        return type === undefined ? { is: 'json', file } : undefined;
    const target = names.length === 0 ? undefined : source(file);
    // What CommonJS exports by name is found by rules of its own.
    const { exports } = target?.isModule === true ? target : {};
    const gone = exports === undefined ? [] : names.filter((name) => !exports.has(name));
    return gone.length === 0 ? undefined : { is: 'unexported', file, names: gone };
}
/** The Node that this runs on, whose list of built-in modules is at hand. */
const ours = Number(process.versions.node.split('.', 1)[0]);
const node_module_rules_builtin = new Set(external_node_module_.builtinModules);
/** Major versions that brought a module which runtimes of today lack (https://nodejs.org/api/sqlite.html: 22.13 without a flag). */
const since = { 'node:sqlite': 22 };
/** Whether `node:x` is no module of the runtime. */
function isUnknownBuiltin(name, { major }) {
    if (!name.startsWith('node:'))
        return false;
    return (since[name] ?? 0) > major || major <= ours && !node_module_rules_builtin.has(name) && !node_module_rules_builtin.has(name.slice('node:'.length));
}
/** A file that is loaded as an ES module, and uses what only CommonJS has: it fails as soon as it is loaded. */
function misusedCommon({ file, source, diskPath }, tree) {
    const [use] = source.commonUses;
    if (use === undefined || !isLoadedAsModule(file, source, tree))
        return undefined;
    const disk = diskPath(file);
    const cure = /^__/.test(use.name)
        ? `Use \`import.meta.${use.name === '__dirname' ? 'dirname' : 'filename'}\` in its place.`
        : use.name === 'require'
            ? 'Use `import`, or make one: `import { createRequire } from \'node:module\'; const require = createRequire(import.meta.url)`.'
            : 'Use `export`, or name the file .cjs.';
    return {
        what: `${file} is loaded as an ES module and uses \`${use.name}\`, which is not there.`,
        why: `Node: ReferenceError: ${use.name} is not defined in ES module scope.`, cure, docs: 'packaging.md#imports',
        ...(disk === undefined ? {} : { place: { file: disk, line: use.line } }),
    };
}
/** A bundle that throws where one of its parts asks for a module by `require`. */
function dynamicRequire({ file, source, diskPath }, tree) {
    const [first] = source.dynamicRequires;
    const disk = diskPath(file);
    if (first === undefined || !isLoadedAsModule(file, source, tree))
        return undefined;
    return {
        what: `${file} is a bundle in the form of an ES module, and parts of it ask for ${source.dynamicRequires.slice(0, 5).join(', ')} by `
            + '`require`.',
        why: `Where such a part runs, it fails: Dynamic require of "${first}" is not supported.`,
        cure: 'Bundle with `--format=cjs`, or give esbuild the banner `import { createRequire } from \'module\'; const require = '
            + 'createRequire(import.meta.url);`.',
        docs: 'packaging.md#imports', ...(disk === undefined ? {} : { place: { file: disk } }),
    };
}
/** By its name or package.json; where these say nothing, Node looks for what only a module may have. */
function isLoadedAsModule(file, { isModule }, tree) {
    return isModuleFile(file, tree) || isModule && !file.endsWith('.cjs');
}

;// CONCATENATED MODULE: ./src/package/inspect/node-runtime-sdk.ts
/**
 * The parts of the SDK for JavaScript v3 that Lambda's Node runtimes carry
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html):
 * the clients and what they stand on. Some packages of the same scopes are not among them: a false error is worse than a missed one, so
 * only those are left out that reports name, or that left the SDK before the runtimes of today.
 */
function isInRuntime(name) {
    const [scope = '', part = ''] = name.split('/');
    switch (scope) {
        case '@smithy': return true;
        case '@aws-sdk': return !moved.has(part);
        // The Encryption SDK has the same scope and must be shipped (aws-encryption-sdk-javascript issue 1103).
        case '@aws-crypto': return node_runtime_sdk_hashes.has(part);
        case '@aws': return part === 'lambda-invoke-store';
        default: return false;
    }
}
/** What the SDK's clients depend on of `@aws-crypto`. */
const node_runtime_sdk_hashes = new Set(['crc32', 'crc32c', 'sha1-browser', 'sha256-browser', 'sha256-js', 'supports-web-crypto', 'ie11-detection', 'util']);
/**
 * Parts that moved to `@smithy` in 2023 (each says so as its deprecation on the registry). Of util-utf8 and util-base64 it is reported that
 * nodejs18.x has them not (aws-sdk-js-v3 issues 4401 and 4215); of the others it follows from their not being in the SDK any more.
 */
const moved = new Set([
    'abort-controller',
    'chunked-blob-reader',
    'chunked-blob-reader-native',
    'config-resolver',
    'eventstream-codec',
    'fetch-http-handler',
    'hash-node',
    'is-array-buffer',
    'middleware-content-length',
    'middleware-endpoint',
    'middleware-retry',
    'middleware-serde',
    'middleware-stack',
    'node-config-provider',
    'node-http-handler',
    'property-provider',
    'protocol-http',
    'querystring-builder',
    'querystring-parser',
    'service-error-classification',
    'shared-ini-file-loader',
    'signature-v4',
    'smithy-client',
    'url-parser',
    'util-base64',
    'util-base64-browser',
    'util-base64-node',
    'util-body-length-browser',
    'util-body-length-node',
    'util-buffer-from',
    'util-config-provider',
    'util-hex-encoding',
    'util-middleware',
    'util-retry',
    'util-stream-browser',
    'util-stream-node',
    'util-uri-escape',
    'util-utf8',
    'util-utf8-browser',
    'util-utf8-node',
    'util-waiter',
]);

;// CONCATENATED MODULE: ./src/package/inspect/node-imports.ts





/**
 * Follows the imports of the user's own files from the handler on and reports those that the package and the runtime lack. What certainly
 * runs is an error, what a function or a condition asks for a warning; of what is caught nothing is said.
 */
function checkNodeImports(check, diagnostics) {
    const findings = new Map();
    const tree = { paths: new Set(check.paths), manifest: check.manifest };
    for (const finding of follow(tree, check, diagnostics)) {
        const known = findings.get(finding.found.name);
        if (known === undefined || (finding.isCertain && !known.isCertain))
            findings.set(finding.found.name, finding);
    }
    for (const finding of findings.values()) {
        const text = node_cures_missingText(finding, check);
        if (finding.isCertain && !check.layers)
            diagnostics.error(text);
        else
            diagnostics.warning(text);
    }
}
function* follow(tree, check, diagnostics) {
    const seen = new Map();
    const waiting = [[check.start, true]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [file, runs] = next;
        if (seen.get(file) === true || seen.get(file) === runs)
            continue;
        const isNew = !seen.has(file);
        seen.set(file, runs);
        const source = check.source(file);
        if (source !== undefined) {
            // Of a handler's file that has nothing of an ES module more is said where its exports are looked at.
            const isTold = file === check.start && source.usesCommon && !source.isModule;
            const misused = runs && !isTold ? misusedCommon({ ...check, file, source }, tree) : undefined;
            if (misused !== undefined)
                diagnostics.error(misused);
            const dynamic = isNew ? dynamicRequire({ ...check, file, source }, tree) : undefined;
            if (dynamic !== undefined)
                diagnostics.warning(dynamic);
        }
        for (const found of source?.imports ?? []) {
            if (found.when === 'tried')
                continue;
            const isCertain = runs && found.when === 'always';
            const { target, problem } = look({ file, found }, tree, check);
            if (problem !== undefined)
                yield { file, found, problem, isCertain };
            else if (target !== undefined)
                waiting.push([target, isCertain]);
        }
    }
}
/** Where one import leads, or what is wrong with it. */
function look({ file, found }, tree, check) {
    const { runtime } = check;
    if (isUnknownBuiltin(found.name, runtime))
        return { problem: { is: 'absent' } };
    const target = resolveImport(found, file, tree);
    if (target.kind === 'elsewhere')
        return {};
    if (target.kind === 'none')
        return isInRuntime(packageOf(found.name)) && target.why.is === 'absent' ? {} : { problem: target.why };
    const { path } = target;
    if (path.includes('node_modules/') && /\.[cm]?tsx?$/.test(path))
        return { problem: { is: 'typescript', file: path } };
    if (found.by === 'require' && runtime.major < firstWithModulesInRequire
        && isModuleFile(path, tree))
        return { problem: { is: 'module', file: path } };
    const refused = refusedImport(found, path, check.source);
    return refused === undefined ? { target: path } : { target: path, problem: refused };
}

;// CONCATENATED MODULE: ./src/package/stdlib.ts
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
`.trim().split(/\s+/);
/** What later minors brought and took away (`sys.stdlib_module_names` of each; 3.14 and 3.15 from their "What's new"). */
const changes = [
    { minor: 11, added: ['tomllib'], removed: ['binhex'] },
    { minor: 12, added: [], removed: ['asynchat', 'asyncore', 'distutils', 'imp', 'smtpd'] },
    { minor: 13, added: [], removed: [
            'aifc', 'audioop', 'cgi', 'cgitb', 'chunk', 'crypt', 'imghdr', 'lib2to3', 'mailcap', 'msilib', 'nis', 'nntplib', 'ossaudiodev', 'pipes',
            'sndhdr', 'spwd', 'sunau', 'telnetlib', 'uu', 'xdrlib',
        ] },
    { minor: 14, added: ['annotationlib', 'compression'], removed: [] },
    { minor: 15, added: ['profiling'], removed: ['sre_compile', 'sre_constants', 'sre_parse'] },
];
/** Compiled into the interpreter: found before anything on the path, so a file of that name is never imported. */
const builtinModules = new Set([
    'atexit', 'builtins', 'errno', 'faulthandler', 'gc', 'itertools', 'marshal', 'posix', 'pwd', 'sys', 'time',
]);
/** The standard library's public top-level modules of Python 3.`minor`. */
function stdlibOf(minor) {
    const names = new Set(of310);
    for (const change of changes.filter((candidate) => candidate.minor <= minor)) {
        for (const name of change.added)
            names.add(name);
        for (const name of change.removed)
            names.delete(name);
    }
    return names;
}
/** The minor that took a module out of the standard library, where one did. */
function removedIn(module) {
    return changes.find((change) => change.removed.includes(module))?.minor;
}

;// CONCATENATED MODULE: ./src/package/inspect/modules.ts
const extension = /^(.*?)(?:\.(?:cpython|pypy|cp)[^/]*|\.abi3)?\.(?:so|pyd)$/;
/** Indexes paths relative to the zip's root. */
function moduleIndex(paths) {
    const files = new Map();
    const folders = new Set();
    for (const path of paths) {
        for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
            folders.add(path.slice(0, end));
        // Bytecode beside its source's place is loaded without the source.
        const stem = path.endsWith('.py')
            ? path.slice(0, -3)
            : path.endsWith('.pyc') && !path.includes('__pycache__/')
                ? path.slice(0, -4)
                : extension.exec(path)?.[1];
        if (stem !== undefined && !files.has(stem))
            files.set(stem, path);
    }
    return {
        find(module) {
            const stem = module.replaceAll('.', '/');
            return files.get(`${stem}/__init__`) ?? files.get(stem) ?? (folders.has(stem) ? `${stem}/` : undefined);
        },
        files: (folder) => [...files.values()].filter((file) => file.startsWith(folder)),
    };
}

;// CONCATENATED MODULE: ./src/package/inspect/python-names.ts
/** Python compares names in this form (https://docs.python.org/3/reference/lexical_analysis.html#identifiers). */
function normalName(written) {
    return written.normalize('NFKC');
}
/** The modules that an import statement needs, and the names that it binds. */
function importsOf(statement) {
    const plain = statement.replace(/#[^\n]*/g, '').replace(/(?:\\\n|\s)+/g, ' ').trim();
    const from = /^from ?(\.[. ]*|(?= ))([^.].*?)?\bimport\b ?\(?(.*?)\)?$/.exec(plain);
    if (from === null) {
        const wanted = python_names_listed(plain.replace(/^import /, ''));
        return {
            imports: wanted.map(({ name }) => ({ level: 0, module: normalName(name), names: [] })),
            binds: wanted.map(({ name, as }) => as ?? name.split('.', 1)[0] ?? ''),
        };
    }
    const [, dots = '', module = '', list = ''] = from;
    const taken = python_names_listed(list);
    const found = {
        level: dots.replaceAll(' ', '').length, module: normalName(module.replaceAll(' ', '')),
        names: taken.map(({ name }) => normalName(name)),
    };
    return { imports: [found], binds: taken.map(({ name, as }) => as ?? name) };
}
function python_names_listed(text) {
    return text.split(',').map((part) => part.trim()).filter((part) => part !== '').map((part) => {
        const [name = '', as] = part.split(/ as /);
        return { name: name.replaceAll(' ', ''), as: as?.trim() };
    });
}
/** What a `:=` binds; in the head of a `with`, whose `as` the parser is shown as one, that is what stands behind it. */
function boundByWalrus(operator, text) {
    const found = { names: [], attributes: [] };
    const [left, right] = [operator.prevSibling, operator.nextSibling];
    if (left?.name === 'VariableName')
        collect(left, text, found);
    if (right !== null && isInHead(operator))
        collect(right, text, found);
    return found;
}
function isInHead(node) {
    let parent = node.parent;
    while (parent !== null && /^(?:Named|Tuple|Parenthesized)Expression$/.test(parent.name))
        parent = parent.parent;
    return parent?.name === 'WithStatement';
}
/** What an assignment, a loop, an `as` or a pattern binds. */
function targetsOf(statement, text) {
    const found = { names: [], attributes: [] };
    for (const target of targetNodes(statement))
        collect(target, text, found);
    return found;
}
function targetNodes(statement) {
    const children = childrenOf(statement);
    const indexOf = (name) => children.findIndex((child) => child.name === name);
    switch (statement.name) {
        // All but what stands behind the last `=`; a bare annotation (`a: int`) binds nothing.
        case 'AssignStatement': return children.slice(0, Math.max(0, children.findLastIndex((child) => child.name === 'AssignOp')));
        case 'ForStatement': return children.slice(indexOf('for') + 1, indexOf('in'));
        case 'CapturePattern': return children;
        default: return children.filter((_child, index) => children[index - 1]?.name === 'as');
    }
}
function collect(node, text, into) {
    if (node.name === 'VariableName')
        into.names.push(text.slice(node.from, node.to));
    else if (node.name === 'MemberExpression') {
        const last = node.lastChild;
        if (last?.name === 'PropertyName')
            into.attributes.push(text.slice(last.from, last.to));
    }
    else if (/^(?:Tuple|Array|Parenthesized)Expression$/.test(node.name))
        for (const child of childrenOf(node))
            collect(child, text, into);
}
function childrenOf(node) {
    const children = [];
    for (let child = node.firstChild; child !== null; child = child.nextSibling)
        children.push(child);
    return children;
}

;// CONCATENATED MODULE: ./src/package/inspect/python-handler.ts





/**
 * Whether the runtime will find a Python handler, by the rules of its client (aws-lambda-python-runtime-interface-client, bootstrap.py
 * `_get_handler`): split at the last dot, slashes count as dots, no builtin module, then the attribute.
 */
function checkPythonHandler(check) {
    const where = check.place === undefined ? {} : { place: check.place };
    const dot = check.handler.lastIndexOf('.');
    const [file, name] = [check.handler.slice(0, dot), check.handler.slice(dot + 1)];
    if (dot <= 0 || name === '' || /\s/.test(check.handler)) {
        return {
            what: `\`${check.handler}\` is no handler.`,
            why: 'A handler is a module, a dot and a function, as in `lambda_function.lambda_handler`.', ...where,
        };
    }
    const module = file.replaceAll('/', '.');
    if (builtinModules.has(module.split('.', 1)[0])) {
        return {
            what: `The handler's module \`${module}\` has the name of a module that is built into Python.`,
            cure: 'Rename the file.', ...where,
        };
    }
    if (module === '__main__') {
        return {
            what: 'The handler\'s module `__main__` is the name of the program that runs, which is Lambda\'s own.',
            cure: 'Rename the file to `app.py`, say, and the handler with it.', ...where,
        };
    }
    // Any name will do between the dots, a hyphen's too: the client hands it to importlib, which is no import statement.
    if (module.split('.').includes('')) {
        return {
            what: `\`${file}\` is no module that Python can import.`,
            why: 'A module\'s path begins at the root of the package, and no part of it is empty.',
            cure: 'Write it like `app.handler` or `handlers/app.handler`.', ...where,
        };
    }
    const found = moduleIndex(check.paths).find(module);
    if (found === undefined || found.endsWith('/'))
        return check.more ? undefined : missingModule(check, module, where);
    const hidden = `${module.replaceAll('.', '/')}.py`;
    if (found.endsWith('/__init__.py') && !check.isOwn(found) && check.isOwn(hidden)) {
        return {
            what: `The package ${external_node_path_default().posix.dirname(found)}/ of a dependency hides ${hidden}, which the handler \`${check.handler}\` names.`,
            why: 'Python takes a package before a module of the same name.',
            cure: `Rename ${hidden}, and the handler with it.`, ...where,
        };
    }
    const source = check.read(found);
    if (source === undefined || source.open || source.defines.has(normalName(name)))
        return undefined;
    const close = (0,suggest/* nearest */.pA)(name, [...source.defines]) ?? handlerNames(source)[0];
    return {
        what: `${found} defines no \`${name}\`, which the handler \`${check.handler}\` names.`,
        ...(name === 'py' ? { why: 'A handler is a module, a dot and a function, not a file.' } : {}),
        cure: close === undefined ? `Define \`${name}\` there, or name another function as the handler.` : `Did you mean \`${file}.${close}\`?`,
        ...where,
    };
}
function missingModule(check, module, where) {
    const file = `${module.replaceAll('.', '/')}.py`;
    const base = file.slice(file.lastIndexOf('/') + 1);
    // The whole path below some folder is what was meant more likely than the bare name, which a library may well have, too.
    const below = check.paths.filter((candidate) => candidate.endsWith(`/${file}`));
    const [tail, elsewhere] = below.length > 0 ? [file, below] : [
        base, check.paths.filter((candidate) => candidate.endsWith(`/${base}`) || candidate === base),
    ];
    const modules = check.paths.filter((candidate) => /^[^/]+\.py$/.test(candidate)).map((candidate) => candidate.slice(0, -3));
    const close = (0,suggest/* nearest */.pA)(module, modules);
    const function_ = check.handler.slice(check.handler.lastIndexOf('.') + 1);
    const cure = elsewhere[0] !== undefined ? movedCure(elsewhere[0], tail, function_)
        : close === undefined
            ? python_handler_otherHandlers(check) ?? 'Set `handler:` to a function in the source folder, or set `source:`.'
            : `Did you mean \`${close}.${function_}\`?`;
    return {
        what: `The package holds no ${file}, which the handler \`${check.handler}\` names.`,
        why: 'The content of the source folder lies at the root of the package.', cure, ...where,
    };
}
/** Names that a function which Lambda is to call bears most often. */
const usualNames = ['lambda_handler', 'handler', 'main', 'handle', 'app'];
function handlerNames({ defines }) {
    return [...usualNames, ...[...defines].filter((name) => /handler$/i.test(name)).sort()].filter((name) => defines.has(name));
}
/** So many handlers are named. */
const python_handler_named = 3;
/** Where the app defines what looks like a handler, with the line to write. */
function python_handler_otherHandlers(check) {
    const files = check.paths.filter((file) => file.endsWith('.py') && check.isOwn(file) && !/(^|\/)(test|conftest|setup)/.test(file));
    const found = files.flatMap((file) => {
        const source = check.read(file);
        const [name] = source === undefined ? [] : handlerNames(source);
        return name === undefined ? [] : [`\`handler: ${file.slice(0, -3).replace(/\/__init__$/, '').replaceAll('/', '.')}.${name}\``];
    });
    if (found.length === 0)
        return undefined;
    const more = found.length > python_handler_named ? `; ${found.length - python_handler_named} more files define one` : '';
    return `Write ${found.slice(0, python_handler_named).join(' or ')}${more}.`;
}
/** `tail` is what of the found path was meant as the module's own. */
function movedCure(found, tail, name) {
    const folder = found.slice(0, Math.max(0, found.length - tail.length - 1));
    const handler = `${found.slice(0, -3).replaceAll('/', '.')}.${name}`;
    if (folder === '')
        return `It lies in ${found}: write \`${handler}\`.`;
    // In this layout the code imports its package by a path that begins below `src`.
    const list = 'and, where the list of dependencies lies beside that folder, `requirements` to the list';
    return folder === 'src'
        ? `It lies in ${found}: set \`source\` to the folder \`src\`, ${list}.`
        : `It lies in ${found}: write \`${handler}\`, or make \`${folder}\` the source folder.`;
}

;// CONCATENATED MODULE: ./src/package/inspect/known-modules.ts
/**
 * Modules that many apps import and whose distribution is called otherwise, each with the distributions that bring it: only for cures,
 * which name the first (names and modules as the distributions' own pages on PyPI give them).
 */
const known = {
    attr: ['attrs'], bs4: ['beautifulsoup4'], Crypto: ['pycryptodome'], Cryptodome: ['pycryptodomex'],
    cv2: ['opencv-python-headless', 'opencv-python'], dateutil: ['python-dateutil'], decouple: ['python-decouple'], docx: ['python-docx'],
    dotenv: ['python-dotenv'], fitz: ['PyMuPDF'], flask_sqlalchemy: ['Flask-SQLAlchemy'], git: ['GitPython'], grpc: ['grpcio'],
    jose: ['python-jose'], jwt: ['PyJWT'], magic: ['python-magic'], multipart: ['python-multipart'], MySQLdb: ['mysqlclient'],
    OpenSSL: ['pyOpenSSL'], PIL: ['pillow'], pkg_resources: ['setuptools'], pptx: ['python-pptx'],
    psycopg2: ['psycopg2-binary', 'psycopg2'], pythonjsonlogger: ['python-json-logger'], rest_framework: ['djangorestframework'],
    sklearn: ['scikit-learn'], skimage: ['scikit-image'], slugify: ['python-slugify'], socks: ['PySocks'], sentry_sdk: ['sentry-sdk'],
    telegram: ['python-telegram-bot'], yaml: ['PyYAML'], zmq: ['pyzmq'],
};
/** The distributions that a top-level module is known to come from, where they are not called like it. */
function known_modules_distributionsOf(module) {
    return Object.hasOwn(known, module) ? known[module] ?? [] : [];
}

;// CONCATENATED MODULE: ./src/package/inspect/import-cure.ts





/** How far above the source folder the repository is looked through. */
const reach = 4;
/**
 * What to do about an import that nothing answers: it is looked for under another spelling, beside the file, elsewhere, above the
 * source and in lists that are not read.
 */
function importCure(missing) {
    const top = missing.name.split('.', 1)[0];
    return otherSpelling(missing) ?? beside(missing, top) ?? above(missing, top) ?? import_cure_below(missing, top) ?? unreadList(missing, top)
        ?? `Add ${distributionOf(top)} to ${listOf(missing)}.`;
}
/** The list that a package belongs into: the one that is read, or the one to make. */
function listOf({ source }) {
    const found = source === undefined ? undefined : addedTo.find((name) => (0,external_node_fs_.existsSync)(external_node_path_default().join(source, name)));
    if (found === 'pyproject.toml')
        return '`dependencies` of pyproject.toml, and lock again';
    return found ?? 'requirements.txt, beside the code';
}
/** Lists that people write into; a lock is made from one of them. */
const addedTo = ['requirements.txt', 'Pipfile', 'pyproject.toml'];
/** The distribution that a module is known to come from, as a cure names it. */
function distributionOf(top) {
    const known = known_modules_distributionsOf(top)[0];
    return known === undefined ? `the package that brings \`${top}\`` : `${known}, which brings \`${top}\`,`;
}
/** Windows and macOS do not tell `Utils` from `utils`, nor one form of an accent from another. */
function otherSpelling({ name, paths }) {
    const folded = (text) => text.normalize('NFC').toLowerCase();
    const stem = folded(name.replaceAll('.', '/'));
    const found = paths.find((file) => [`${stem}.py`, `${stem}/__init__.py`].includes(folded(file)));
    return found === undefined
        ? undefined
        : `${found} is there, and its name differs in case or accents, which Linux tells apart: write both alike.`;
}
function beside({ file, paths, name }, top) {
    const folder = external_node_path_default().posix.dirname(file);
    if (folder === '.' || !paths.some((each) => isModule(each, `${folder}/${top}`)))
        return undefined;
    const inner = name === top ? `from . import ${top}` : `from .${name} import ...`;
    return `It lies beside the file, in ${folder}/: write \`${inner}\`, or \`from ${folder.replaceAll('/', '.')} import ${top}\`.`;
}
/** Folders of the repository that hold the module, outside of what ships. */
function above({ source, base }, top) {
    const folder = foldersAbove(source).find((each) => (0,external_node_fs_.existsSync)(external_node_path_default().join(each, `${top}.py`))
        || (0,external_node_fs_.existsSync)(external_node_path_default().join(each, top)) && external_node_path_default().join(each, top) !== source);
    if (folder === undefined || source === undefined)
        return undefined;
    const place = external_node_path_default().relative(source, external_node_path_default().join(folder, (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, `${top}.py`)) ? `${top}.py` : top));
    return `It lies in ${place}, outside of the source folder, so it does not ship: set \`source: ${(0,src_paths/* writtenFrom */.aG)(base, folder)}\` `
        + "with the handler's path from there, or make it a package and list its folder in the requirements.";
}
/** A folder inside the package that should have been its root, as `src/`. */
function import_cure_below({ paths }, top) {
    const found = paths.find((each) => isModule(each, each.split('/').slice(0, each.endsWith('/__init__.py') ? -2 : -1).concat(top).join('/')) && each.includes('/') && !each.includes('site-packages/'));
    const folder = found?.slice(0, found.length - (found.endsWith('/__init__.py') ? `${top}/__init__.py` : `${top}.py`).length - 1);
    return folder === undefined || folder === '' || found === undefined
        ? undefined
        : `It lies in ${found}, and imports begin at the root of the package: write \`${folder.replaceAll('/', '.')}.${top}\`, `
            + `or make \`${folder}\` the source folder.`;
}
function isModule(file, stem) {
    return file === `${stem}.py` || file === `${stem}/__init__.py`;
}
const lists = ['requirements.txt', 'uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock', 'pyproject.toml'];
/** A list above the source is not read, and a project may ask for more than its lock has. */
function unreadList({ source, base }, top) {
    if (source === undefined)
        return undefined;
    if (mentions(external_node_path_default().join(source, 'pyproject.toml'), top) || mentions(external_node_path_default().join(source, 'Pipfile'), top))
        return `${(0,external_node_fs_.existsSync)(external_node_path_default().join(source, 'pyproject.toml')) ? 'pyproject.toml' : 'Pipfile'} asks for it, and the list that was `
            + 'read has it not: lock again (`uv lock`, `poetry lock`, ...) and commit the lock.';
    const listsAbove = foldersAbove(source).flatMap((folder) => lists.map((name) => external_node_path_default().join(folder, name)))
        .filter((file) => (0,external_node_fs_.existsSync)(file));
    const list = listsAbove.find((file) => mentions(file, top));
    if (list !== undefined)
        return `${external_node_path_default().relative(source, list)} has it, and is not read, because it lies above the source folder: `
            + `set \`requirements: ${(0,src_paths/* writtenFrom */.aG)(base, list)}\`.`;
    const [first] = listsAbove;
    // What brings a module need not bear its name.
    return first === undefined || lists.some((name) => (0,external_node_fs_.existsSync)(external_node_path_default().join(source, name)))
        ? undefined
        : `${external_node_path_default().relative(source, first)} lies above the source folder, so it is not read: where it brings \`${top}\`, set `
            + `\`requirements: ${(0,src_paths/* writtenFrom */.aG)(base, first)}\`; else add ${distributionOf(top)} to a requirements.txt in the source folder.`;
}
/** Whether a list names a distribution that brings the module, in whatever spelling. */
function mentions(file, top) {
    if (!(0,external_node_fs_.existsSync)(file))
        return false;
    const text = (0,external_node_fs_.readFileSync)(file, 'utf8');
    return [top, ...known_modules_distributionsOf(top)].some((each) => {
        const name = distributionName(each).split('-').join('[-_.]+');
        return new RegExp(`(?:^|["'\\s,[])${name}(?:["'\\s<>=!~;,[\\]@]|$)`, 'im').test(text);
    });
}
/** The folders above the source up to the repository's own. */
function foldersAbove(source) {
    const folders = [];
    for (let folder = source; folder !== undefined && folders.length < reach && !(0,external_node_fs_.existsSync)(external_node_path_default().join(folder, '.git'))
        && external_node_path_default().dirname(folder) !== folder; folder = external_node_path_default().dirname(folder))
        folders.push(external_node_path_default().dirname(folder));
    return folders;
}

;// CONCATENATED MODULE: ./src/package/inspect/python-reach.ts
/** The files that run when the handler's module is loaded, and those that may: what is imported in functions, conditions and `try`. */
function reachedFiles({ handler, index, read }) {
    const found = new Map();
    const start = filesOf(index, moduleOf(handler));
    follow(start, 'always');
    for (const file of [...found.keys()])
        follow(importedBy(file, () => true), 'maybe');
    return found;
    function follow(files, how) {
        const waiting = files.filter((file) => !found.has(file));
        for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
            if (found.has(file))
                continue;
            found.set(file, how);
            waiting.push(...importedBy(file, ({ when }) => how === 'maybe' || when === 'always'));
        }
    }
    function importedBy(file, counts) {
        const imports = read(file)?.imports.filter((each) => each.when !== 'never' && counts(each)) ?? [];
        return imports.flatMap((each) => python_reach_wantedBy(each, file).flatMap((name) => python_reach_targetsOf(index, name, each)));
    }
}
/** The module of a handler, with dots. */
function moduleOf(handler) {
    return handler.slice(0, handler.lastIndexOf('.')).replaceAll('/', '.');
}
/** The absolute modules that an import needs; a relative one counts from the file's package. */
function python_reach_wantedBy(found, file) {
    if (found.level === 0)
        return found.module === '' ? [] : [found.module];
    const folders = file.split('/').slice(0, -1);
    const base = folders.slice(0, folders.length - (found.level - 1));
    const absolute = [...base, ...(found.module === '' ? [] : found.module.split('.'))].join('.');
    return absolute === '' || climbsOut(found, file) ? [] : [absolute];
}
/** Whether a relative import leads above the top package: that fails whatever lies there, because the package's root is no package. */
function climbsOut(found, file) {
    return found.level > file.split('/').length - 1;
}
/** The files that an import of module `name` runs: its own, and those of what `from` takes where that is a module. */
function python_reach_targetsOf(index, name, found) {
    return [name, ...found.names.map((part) => `${name}.${part}`)].flatMap((part) => filesOf(index, part));
}
/** The files that importing a module runs: those of the packages above it, and its own. */
function filesOf(index, name) {
    return foundOf(index, name).filter((file) => !file.endsWith('/'));
}
/** What there is of a dotted name, from the top down (`a`, `a.b`, ...): where a part is not there, nothing below it is. */
function foundOf(index, name) {
    const found = [];
    for (let end = name.indexOf('.');; end = name.indexOf('.', end + 1)) {
        const file = index.find(end === -1 ? name : name.slice(0, end));
        if (file === undefined)
            return found;
        found.push(file);
        if (end === -1)
            return found;
    }
}

;// CONCATENATED MODULE: ./src/package/inspect/python-metadata-check.ts


/** What setuptools, pip and the runtime bring along, as far as they do, is nobody's mistake. */
const elsewhere = new Set([...shippedDistributions, 'pip', 'setuptools', 'wheel']);
/** Tells of metadata that a file asks for when it is loaded, and that no distribution in the package has. */
function checkMetadata(file, { asks }, { check, diagnostics }) {
    const wanted = asks.filter(({ when, distribution }) => when === 'always' && !elsewhere.has(distributionName(distribution)));
    if (wanted.length === 0)
        return;
    const there = new Set(check.paths.flatMap((path) => {
        const name = /^([^/]+?)-[^/-]+\.(?:dist|egg)-info\/|^([^/]+)\.egg-info(?:\/|$)/.exec(path);
        return name === null ? [] : [distributionName(name[1] ?? name[2] ?? '')];
    }));
    for (const { distribution, line } of wanted.filter((each) => !there.has(distributionName(each.distribution)))) {
        const disk = check.diskPath(file);
        const text = {
            what: `${file} asks for the metadata of \`${distribution}\`, and no such distribution is installed in the package.`,
            why: `Python: PackageNotFoundError: No package metadata was found for ${distribution}. Your own files ship as they are, without any.`,
            cure: 'Catch PackageNotFoundError, or install the project: name a requirements.txt with the line `.` as `requirements`.',
            docs: 'packaging.md#imports', ...(disk === undefined ? {} : { place: { file: disk, line } }),
        };
        if (check.layers)
            diagnostics.warning(text);
        else
            diagnostics.error(text);
    }
}

;// CONCATENATED MODULE: ./src/package/inspect/python-attributes.ts

/**
 * Reports `from core import gone` where `core` is the app's own module or package, or a folder without code (a namespace, whoever brings
 * its parts), and `gone` is neither defined there nor one of its modules. Only what certainly runs and certainly fails: nothing where the
 * module may define anything, or any file may set such a name on it.
 */
function checkPythonNames(check, diagnostics) {
    const reached = reachedFiles(check);
    const set = new Set([...reached.keys()].flatMap((file) => [...check.read(file)?.sets ?? []]));
    if (set.has('*'))
        return;
    for (const [file, how] of reached) {
        if (how !== 'always')
            continue;
        for (const found of check.read(file)?.imports.filter((each) => each.when === 'always') ?? []) {
            for (const each of gone(found, file, check))
                if (!set.has(each.name))
                    tell(each, check, diagnostics);
        }
    }
}
/** What `from` takes of a module that has it not. */
function gone(found, file, check) {
    return python_reach_wantedBy(found, file).flatMap((module) => {
        const place = check.index.find(module);
        if (place === undefined || check.isGiven(module.split('.', 1)[0]))
            return [];
        const source = place.endsWith('/') ? undefined : check.diskPath(place) === undefined ? undefined : check.read(place);
        if (source === undefined ? !place.endsWith('/') : source.open)
            return [];
        const isThere = (name) => source?.defines.has(name) === true || check.index.find(`${module}.${name}`) !== undefined;
        const names = found.names.filter((name) => /^[\p{ID_Continue}]+$/u.test(name) && !name.startsWith('__') && !isThere(name));
        return names.map((name) => ({ file, found, module, place, name }));
    });
}
function tell({ file, found, module, place, name }, check, diagnostics) {
    const disk = check.diskPath(file);
    const written = `${'.'.repeat(found.level)}${found.module}`;
    const beside = place.endsWith('/__init__.py') ? ', and no module beside it is called so' : '';
    const isOwn = !place.endsWith('/') || check.index.files(place).some((each) => check.diskPath(each) !== undefined);
    const text = {
        what: place.endsWith('/')
            ? `${file} imports \`${name}\` from \`${written}\`, and no part of ${place} in the package is called so.`
            : `${file} imports \`${name}\` from \`${written}\`: ${place} defines none${beside}.`,
        cure: isOwn
            ? 'Fix the import, or check that the file is not excluded.'
            : `Add the package that brings \`${module}.${name}\` to the requirements.`,
        docs: 'packaging.md#imports',
        ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
    };
    if (check.layers)
        diagnostics.warning(text);
    else
        diagnostics.error(text);
}

;// CONCATENATED MODULE: ./src/package/inspect/python-imports.ts







/**
 * What ensurepip brings along up to 3.11, and so the runtimes that are built from it (unverified; a false error would be worse than a
 * missed one).
 */
const setuptools = new Set(['setuptools', 'pkg_resources', 'pip', 'distutils']);
const lastWithSetuptools = 11;
/** Follows the imports of the app's files from the handler on and reports those that nothing in the package or runtime answers. */
function checkPythonImports(check, diagnostics) {
    const index = moduleIndex(check.paths);
    const answers = { index, known: stdlibOf(check.runtime.minor), check };
    const waiting = filesOf(index, moduleOf(check.handler));
    const seen = new Set();
    const missing = new Map();
    let moves = false;
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        if (seen.has(file))
            continue;
        seen.add(file);
        moves ||= check.read(file)?.movesPath ?? false;
        for (const found of check.read(file)?.imports ?? []) {
            if (found.when === 'never')
                continue;
            if (climbsOut(found, file) && found.when !== 'tried')
                rootless({ file, found }, check, diagnostics);
            for (const name of python_reach_wantedBy(found, file)) {
                checkHidden({ name, file, found }, index, { check, diagnostics });
                if (answered(name, answers))
                    waiting.push(...python_reach_targetsOf(index, name, found));
                else if (found.when !== 'tried' && missing.get(name)?.found.when !== 'always')
                    missing.set(name, { file, found });
            }
        }
    }
    for (const [name, at] of missing)
        diagnose({ name, ...at, moves }, check, diagnostics);
    if (!moves)
        for (const [file, when] of reachedFiles({ ...check, index })) {
            const source = when === 'always' ? check.read(file) : undefined;
            if (source !== undefined)
                checkMetadata(file, source, { check, diagnostics });
        }
    const isGiven = (name) => answers.known.has(name) || shippedModules.has(name);
    if (!moves)
        checkPythonNames({ ...check, index, isGiven }, diagnostics);
}
/** Python takes a package before a module of the same name, so a dependency may take an own file's place. */
function checkHidden({ name, file, found }, index, { check, diagnostics }) {
    const [taken, hidden] = [index.find(name), `${name.replaceAll('.', '/')}.py`];
    if (taken?.endsWith('/__init__.py') !== true || check.diskPath(taken) !== undefined || check.diskPath(hidden) === undefined)
        return;
    const disk = check.diskPath(file);
    const folder = taken.slice(0, -'__init__.py'.length);
    diagnostics.warning({
        what: `${file} imports \`${name}\` and gets the package ${folder} of a dependency, not ${hidden} of your own.`,
        why: 'Python takes a package before a module of the same name.',
        cure: `Rename ${hidden} where it is meant, or exclude it.`,
        docs: 'packaging.md#imports',
        ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
    });
}
/**
 * A module at the root has no package above it: `from . import x` fails there on Lambda, whatever worked at home; so does `..` one
 * folder down.
 */
function rootless({ file, found }, check, diagnostics) {
    const atRoot = !file.includes('/');
    const written = `${'.'.repeat(found.level)}${found.module}`;
    const disk = check.diskPath(file);
    const text = {
        what: atRoot
            ? `${file} lies at the root of the package and imports \`${written}\` relatively.`
            : `${file} imports \`${written}\`, which leads above its top package \`${file.split('/', 1)[0] ?? ''}\`.`,
        why: `Python: attempted relative import ${atRoot ? 'with no known parent package' : 'beyond top-level package'}.`,
        cure: found.module === '' ? 'Import the module by its name, without the dot.' : `Write \`from ${found.module} import ...\`.`,
        ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
    };
    if (found.when === 'always')
        diagnostics.error(text);
    else
        diagnostics.warning(text);
}
/** `moves`: a file on the way changes sys.path, so that what is missing may lie in a folder that nobody can tell from outside. */
function diagnose({ name, file, found, moves }, check, diagnostics) {
    const removed = removedIn(name.split('.', 1)[0]);
    const disk = check.diskPath(file);
    const own = found.level > 0;
    const nobody = check.layers ? 'neither the package nor' : 'nothing in the package or';
    const text = {
        what: `${file} imports \`${name}\`, which ${nobody} the runtime ${check.runtime.name} has.`,
        ...(removed !== undefined && removed <= check.runtime.minor
            ? { why: `Python 3.${removed} took it out of the standard library.` }
            : {}),
        cure: own
            ? 'Fix the import, or check that the file is not excluded.'
            : importCure({ name, file, paths: check.paths, source: check.source, base: check.base }),
        docs: 'packaging.md#imports',
        ...(disk === undefined ? {} : { place: { file: disk, line: found.line } }),
    };
    if (found.when === 'always' && !check.layers && !moves)
        diagnostics.error(text);
    else
        diagnostics.warning(text);
}
/** Whether something will answer an import: runtime, package, or a package that may make its parts while it runs (`six.moves`). */
function answered(name, { index, known, check }) {
    const top = name.split('.', 1)[0];
    if (known.has(top) || shippedModules.has(top) || (check.runtime.minor <= lastWithSetuptools && setuptools.has(top))
        || index.find(name) !== undefined)
        return true;
    if (top.startsWith('_') && index.find(top) === undefined)
        return true;
    const ancestor = foundOf(index, name).at(-1);
    if (ancestor === undefined || ancestor.endsWith('/'))
        return false;
    return !ancestor.endsWith('/__init__.py') || check.diskPath(ancestor) === undefined;
}

;// CONCATENATED MODULE: ./src/package/inspect/python-metadata.ts
const asking = new RegExp([
    '^(?:(?:importlib\\.|importlib_)?metadata\\.)?(?:version|distribution|metadata|requires|files)$', '^pkg_resources\\.get_distribution$',
].join('|'));
/** What a call asks for, where it may be such a call and names one distribution. */
function queryIn(call, text) {
    const [callee, list] = [call.firstChild, call.getChild('ArgList')];
    if (callee === null || list === null || callee.to - callee.from > 40)
        return undefined;
    const name = text.slice(callee.from, callee.to);
    const distribution = /^\(\s*(['"])([A-Za-z0-9._-]+)\1\s*\)$/.exec(text.slice(list.from, Math.min(list.to, list.from + 200)))?.[2];
    return distribution === undefined || !asking.test(name) ? undefined : { callee: name, distribution };
}
/** Whether the file has the name from where it means that. */
function isOfMetadata({ callee }, imports) {
    const parts = callee.split('.');
    const from = (module, name) => imports.some((each) => each.module === module && each.names.includes(name));
    const plain = (module) => imports.some((each) => each.module === module && each.names.length === 0);
    if (parts.length === 1)
        return ['importlib.metadata', 'importlib_metadata'].some((module) => from(module, callee));
    if (callee.startsWith('metadata.'))
        return from('importlib', 'metadata');
    return plain(parts.slice(0, -1).join('.'));
}

// EXTERNAL MODULE: ./node_modules/@lezer/python/dist/index.js + 3 modules
var python_dist = __webpack_require__(1283);
;// CONCATENATED MODULE: ./src/package/inspect/python-parser.ts


/** Stops at the first mistake: what follows is never used, and guessing at it takes long. */
const strict = python_dist/* parser */.K.configure({ strict: true });
/**
 * Syntax of today's Python that the grammar of @lezer/python 1.1.19 does not have, each written as something that it has and that means
 * the same for imports and names. Strings may be changed inside, which nobody reads; no line may come or go.
 */
const rewritings = [
    // `yield` alone, and numbers that end in a dot.
    [/\byield\b(?=[ \t]*(?:[)\]},;:=!#\n]|$))/g, 'yield 0'],
    [/(?<![\w.])(\d[\d_]*)\.(?=[eEjJ][-+\d]|[jJ]?(?![\w.]))/g, '$1.0'],
    // Stars in subscripts, in annotations and in what a loop takes or walks through (PEP 646).
    [/([[,]\s*)\*(?=[ \t]*[\p{ID_Start}_([])/gu, '$1 '],
    [/((?:[:=]|\b(?:for|in)\b)[ \t]*)\*(?=[ \t]*[\p{ID_Start}_([])/gu, '$1 '],
    // `match a, b:`, `match f() if x else y:`; empty patterns; several exceptions without brackets (PEP 758).
    [/^([ \t]*)match[ \t]+([^\n]+):[ \t]*(?:#[^\n]*)?(?=(?:\n[ \t]*(?:#[^\n]*)?)*\n[ \t]+case\b)/gm, '$1match ($2):'],
    [/^([ \t]*except\*?[ \t]+)([\p{ID_Continue}. \t]+,[\p{ID_Continue}., \t]+):/gmu, '$1($2):'],
    // Defaults of type parameters (PEP 696), and lambdas with parameters by place alone.
    [/^([ \t]*(?:async[ \t]+def|def|class|type)[ \t]+[\p{ID_Continue}]+[ \t]*)\[(?:[^[\]\n]|\[[^[\]\n]*\])*\]/gmu, '$1'],
    [/(\blambda\b[^:\n]{0,500}?),[ \t]*(?:\/[ \t]*(?=[,:])|(?=:))/g, '$1'],
    // What a raw f-string may hold before a doubled brace.
    [/\\(?=\{\{|\}\})/g, '_'],
    // A line that goes on into an empty one.
    [/\\(?=\n[ \t]*\n)/g, ' '],
    // Template strings (PEP 750).
    [/(?<![\p{ID_Continue}])(?:[tT]|([rR])[tT]|[tT]([rR]))(?=["'])/gu, 'f$1$2'],
];
const caseLine = /^[ \t]*case\b[^\n]*$/gm;
const decoratorLine = /^([ \t]*)@[^\n]*$/gm;
const lazyImport = /^([ \t]*)lazy[ \t]+(?=(?:import|from)[ \t])/gm;
const withHead = /^[ \t]*(?:async[ \t]+)?with\b/gm;
const headToken = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*|\bas\b|[([{]|[)\]}]|:|\n/g;
/** Reads Python source of any minor into a tree. */
function parsePython(source) {
    const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    const first = treeOf(text);
    if (first.unread === undefined)
        return first;
    const lazyLines = new Set([...text.matchAll(lazyImport)].map(({ index }) => first.lineOf(index)));
    return { ...treeOf(rewritten(text)), lazyLines };
}
function treeOf(text) {
    const lineOf = lineCounter(text);
    const read = python_parser_parsed(text);
    if (typeof read !== 'number')
        return { tree: read, text, lineOf, lazyLines: new Set() };
    return { tree: undefined, text, lineOf, lazyLines: new Set(), unread: { line: lineOf(read), isLong: isLong(text, read) } };
}
/** The tree, or the position of what is no Python 3; `print x` is Python 2's. */
function python_parser_parsed(text) {
    let tree;
    try {
        tree = strict.parse(text);
    }
    catch (error) {
        const position = /^No parse at (\d+)/.exec(error.message)?.[1];
        if (position === undefined)
            throw error;
        return Number(position);
    }
    return mistakeIn(tree, text) ?? tree;
}
/** What the grammar takes and Python 3 does not: `print x`, and a line whose indent is none of the block's that it stands in. */
function mistakeIn(tree, text) {
    const indents = [''];
    let mistake;
    tree.iterate({
        enter: (node) => {
            if (node.name === 'Body')
                indents.push(undefined);
            const indent = node.type.is('Statement') ? indentBefore(text, node.from) : undefined;
            if (indent === undefined)
                return;
            const expected = indents.at(-1) ?? columns(indent);
            indents[indents.length - 1] = expected;
            if (node.name === 'PrintStatement' || columns(indent) !== expected)
                mistake ??= node.from;
        },
        leave: (node) => { if (node.name === 'Body')
            indents.pop(); },
    });
    return mistake;
}
/** What stands before the first word of a line; nothing where other words do. */
function indentBefore(text, position) {
    let start = position;
    while (start > 0 && /[ \t\f]/.test(text[start - 1]))
        start--;
    return start === 0 || text[start - 1] === '\n' ? text.slice(start, position) : undefined;
}
/** As many spaces as Python counts; a form feed begins anew. */
function columns(indent) {
    return indent.slice(indent.lastIndexOf('\f') + 1).replace(/ {0,7}\t/g, '        ');
}
/** @lezer/lr cuts chains of more than 300 operators, so that deep trees cost no time (`bigReductionCount` in its parse.ts). */
const longChain = 290;
const chainReach = 6000;
function isLong(text, position) {
    return (text.slice(Math.max(0, position - chainReach), position).match(/[-+*/%&|^]|\b(?:and|or)\b/g)?.length ?? 0) >= longChain;
}
function rewritten(text) {
    const named = rewritings.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
    // A decorator may be any expression (PEP 614); one that goes on in the next line is left alone.
    const decorated = named.replace(decoratorLine, (line, indent) => depthOf(line) === 0 ? `${indent}@x` : line);
    return withHeads(withoutEmptyPatterns(decorated.replace(lazyImport, '$1')));
}
/** `case Point():`, also over several lines; where a pair of brackets is none of a pattern, one name more inside says nothing new. */
function withoutEmptyPatterns(text) {
    if (text.search(caseLine) === -1)
        return text;
    return text.replace(/\([ \t]*\)/g, '(_)').replace(caseLine, (line) => line.replace(/\[[ \t]*\]/g, '[_]').replace(/\{[ \t]*\}/g, '{1: _}'));
}
function depthOf(line) {
    return (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0);
}
/** `with (a as b, c as d.e):`: what stands around an `as` is written as both sides of a `:=`, and the whole head in brackets. */
function withHeads(text) {
    let [result, done] = ['', 0];
    for (const { index, 0: word } of text.matchAll(withHead)) {
        if (index < done)
            continue;
        const start = index + word.length;
        const head = headFrom(text, start);
        if (head === undefined)
            continue;
        result += `${text.slice(done, start)} (${head.text})`;
        done = head.end;
    }
    return result + text.slice(done);
}
/** Characters that the head of a `with` is looked for in: one that never closes would be walked to the end of the file. */
const headReach = 2000;
/** The head of a `with` up to its colon, where it holds an `as`. */
function headFrom(text, start) {
    const pattern = new RegExp(headToken);
    let [depth, found, copied, written] = [0, false, start, ''];
    pattern.lastIndex = start;
    for (let match = pattern.exec(text); match !== null && match.index - start < headReach; match = pattern.exec(text)) {
        const [token] = match;
        if (/^[([{]$/.test(token))
            depth++;
        else if (/^[)\]}]$/.test(token))
            depth--;
        else if (token === 'as' && depth <= 1) {
            written += `${text.slice(copied, match.index)}:=`;
            copied = pattern.lastIndex;
            found = true;
        }
        else if (depth === 0 && token === ':')
            return found ? {
                text: written + text.slice(copied, match.index), end: match.index,
            } : undefined;
        else if (depth <= 0 && token === '\n' && text[match.index - 1] !== '\\')
            return undefined;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/package/inspect/python-source.ts



const blocks = {
    FunctionDefinition: 'function', LambdaExpression: 'function', ClassDefinition: 'class', TryStatement: 'try', WithStatement: 'try',
    ForStatement: 'condition', WhileStatement: 'condition', MatchStatement: 'condition',
};
/** Reads imports and top-level names out of Python source without a Python. Of a file that cannot be read whole it says nothing. */
function readPython(source) {
    const parsed = parsePython(source);
    if (parsed.tree !== undefined)
        return new Reader(parsed).read(parsed.tree);
    const { unread } = parsed;
    const nothing = { imports: [], asks: [], defines: new Set(), open: true, movesPath: true, sets: new Set(['*']) };
    return unread === undefined ? nothing : { ...nothing, unread };
}
class Reader {
    #parsed;
    #inside = [];
    #imports = [];
    #defines = new Set();
    #sets = new Set();
    #asks = [];
    #open = false;
    #movesPath = false;
    #findsModules = false;
    constructor(parsed) {
        this.#parsed = parsed;
    }
    read(tree) {
        tree.iterate({
            enter: (node) => {
                this.#take(node);
                const block = this.#blockOf(node);
                if (block !== undefined)
                    this.#inside.push(block);
            },
            leave: (node) => {
                if (this.#blockOf(node) !== undefined)
                    this.#inside.pop();
            },
        });
        // Whoever sets it by a plain assignment (`__getattr__ = lazy(...)`) answers for any name, too (PEP 562).
        const setsOnModules = this.#sets.has('*') && this.#findsModules;
        const open = this.#open || setsOnModules || this.#defines.has('__getattr__');
        const asks = this.#asks.filter((each) => isOfMetadata(each, this.#imports));
        return { asks, imports: this.#imports, defines: this.#defines, open, sets: this.#sets, movesPath: this.#movesPath };
    }
    #blockOf(node) {
        return node.name === 'Body' && node.node.parent?.name === 'IfStatement' ? this.#branchOf(node) : blocks[node.name];
    }
    /** Type checkers alone look into `if TYPE_CHECKING:`, and nobody into `if False:`. */
    #branchOf(node) {
        const test = node.node.prevSibling;
        const asked = test === null || test.name === 'else' ? '' : this.#text(test);
        return /^(?:False|0|(?:[\p{ID_Continue}]+\.)?TYPE_CHECKING)$/u.test(asked) || /^TYPE_CHECKING\s+and\b/.test(asked)
            ? 'typing'
            : 'condition';
    }
    #take(node) {
        switch (node.name) {
            case 'ImportStatement': return this.#import(node);
            case 'FunctionDefinition':
            case 'ClassDefinition':
            case 'TypeDefinition': {
                const name = node.node.getChild('VariableName');
                return this.#bind({ names: name === null ? [] : [this.#text(name)], attributes: [] });
            }
            case 'AssignOp':
                if (this.#text(node) === ':=')
                    this.#bind(boundByWalrus(node.node, this.#parsed.text));
                return;
            case 'AssignStatement':
            case 'ForStatement':
            case 'TryStatement':
            case 'WithStatement':
            case 'CapturePattern':
            case 'AsPattern':
                return this.#bind(targetsOf(node.node, this.#parsed.text));
            case 'CallExpression': {
                const asked = queryIn(node.node, this.#parsed.text);
                if (asked !== undefined)
                    this.#asks.push({ ...asked, line: this.#parsed.lineOf(node.from), when: this.#when() });
                return;
            }
            case 'ScopeStatement': return this.#global(node);
            case 'VariableName':
            case 'PropertyName': return this.#name(node);
            default:
        }
    }
    #import(node) {
        const line = this.#parsed.lineOf(node.from);
        const when = this.#when();
        const found = importsOf(this.#text(node));
        for (const each of found.imports) {
            this.#imports.push({ ...each, line, when: when === 'always' && this.#parsed.lazyLines.has(line) ? 'sometimes' : when });
            if (each.names.includes('*') && this.#isTop())
                this.#open = true;
            if (each.module === 'sys' && each.names.includes('modules'))
                this.#dynamic();
            if (each.module === 'sys' && each.names.some((name) => pathNames.has(name)))
                this.#movesPath = true;
        }
        this.#bind({ names: found.binds, attributes: [] });
    }
    #bind({ names, attributes }) {
        for (const name of attributes)
            this.#sets.add(normalName(name));
        if (this.#isTop())
            for (const name of names)
                this.#defines.add(normalName(name));
    }
    /** What `global` names in a function is bound in the module when the function runs. */
    #global(node) {
        if (node.node.firstChild?.name !== 'global')
            return;
        for (const name of node.node.getChildren('VariableName'))
            this.#defines.add(normalName(this.#text(name)));
    }
    #name(node) {
        const name = this.#text(node);
        const of = node.name === 'PropertyName' ? node.node.parent?.firstChild : undefined;
        const isOfSys = of !== null && of !== undefined && /(?:^|_)sys$/.test(this.#text(of));
        if (dynamicNames.has(name) || isOfSys && name === 'modules')
            this.#dynamic();
        else if (name === 'globals' || name === 'locals')
            this.#open = true;
        else if (name === 'setattr')
            this.#sets.add('*');
        this.#findsModules ||= name === 'importlib' || name === 'import_module' || name === '__import__';
        if (name === 'addsitedir' || name === '__path__' || isOfSys && pathNames.has(name))
            this.#movesPath = true;
    }
    /** Names are made while the module runs, here or in another module. */
    #dynamic() {
        this.#open = true;
        this.#sets.add('*');
    }
    #when() {
        if (this.#inside.includes('typing'))
            return 'never';
        if (this.#inside.includes('try'))
            return 'tried';
        return this.#inside.every((block) => block === 'class') ? 'always' : 'sometimes';
    }
    #isTop() {
        return !this.#inside.some((block) => block === 'function' || block === 'class');
    }
    #text({ from, to }) {
        return this.#parsed.text.slice(from, to);
    }
}
const dynamicNames = new Set(['vars', 'exec', '__dict__']);
const pathNames = new Set(['path', 'meta_path', 'path_hooks']);

;// CONCATENATED MODULE: ./src/package/inspect/function.ts







/** Whether the runtime will find this function's handler, and its imports an answer. A layer may hold either: then it is a warning. */
function checkFunction(check, diagnostics) {
    const { code, runtime, paths } = check;
    const handler = { handler: code.handler, place: code.places.handler, paths };
    if (runtime.family === 'node') {
        const source = (path) => /\.[cm]?js$/.test(path) ? check.read(path, readNode) : undefined;
        const node = { ...handler, runtime, text: check.text, source };
        const problem = checkNodeHandler(node);
        if (problem !== undefined && (check.complete || !problem.what.startsWith('The package holds no')))
            tell(problem);
        const manifest = (path) => check.read(path, readNodePackage) ?? check.manifest(path);
        const start = check.complete ? nodeHandlerFile(node) : undefined;
        if (start !== undefined)
            checkNodeImports({
                ...node, start, folder: code.source, base: code.base, layers: check.layers, manifest, diskPath: check.diskPath,
            }, diagnostics);
    }
    else if (runtime.family === 'python') {
        const read = (path) => path.endsWith('.py') ? check.read(path, readPython) : undefined;
        const problem = checkPythonHandler({ ...handler, more: !check.complete, read, isOwn: (path) => check.diskPath(path) !== undefined });
        if (problem !== undefined)
            tell(problem);
        if (check.complete)
            checkPythonImports({
                handler: code.handler, runtime, paths, layers: check.layers, read, diskPath: check.diskPath,
                source: code.package === undefined ? code.source : undefined, base: code.base,
            }, diagnostics);
    }
    function tell(problem) {
        if (check.layers && problem.what.startsWith('The package holds no'))
            diagnostics.warning(problem);
        else
            diagnostics.error(problem);
    }
}

;// CONCATENATED MODULE: ./src/package/inspect/largest.ts
/** The ten largest top-level parts, by bytes after unpacking. */
function largestOf(entries) {
    const sizes = new Map();
    for (const { path, size } of entries)
        sizes.set(partOf(path), (sizes.get(partOf(path)) ?? 0) + size);
    return [...sizes].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1)).slice(0, 10);
}
/** The first folder or file; below node_modules, the package. */
function partOf(path) {
    return /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path.split('/', 1)[0] ?? path;
}

;// CONCATENATED MODULE: ./src/package/tree/installed-files.ts

const recordPath = /(?:^|\/)([^/]+?)-[^/-]+\.dist-info\/RECORD$/;
const row = /^(?:"((?:[^"]|"")*)"|([^,]*)),(?:sha256=([^,]*))?/;
/**
 * The files that installers' records name which lie among the app's own (`pip install --target .`), wherever they were installed to; by
 * their paths in the package. https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
function recordedFiles(entries, text) {
    const records = entries.flatMap((entry) => {
        const owner = recordPath.exec(entry.path)?.[1];
        return owner === undefined ? [] : [{ owner, record: entry.path }];
    });
    return new Map(records.flatMap(({ owner, record }) => {
        const folder = external_node_path_default().posix.dirname(external_node_path_default().posix.dirname(record));
        return (text(record) ?? '').split(/\r?\n/).flatMap((line) => {
            const [, quoted, plain, sha256] = row.exec(line) ?? [];
            const name = quoted?.replaceAll('""', '"') ?? plain ?? '';
            return name === '' ? [] : [[external_node_path_default().posix.join(folder, name), { owner, sha256 }]];
        });
    }));
}

;// CONCATENATED MODULE: ./src/package/inspect/binary.ts
const versionNeeded = 0x6ffffffe;
const sectionHeaderSize = 64;
/** Reads an ELF, PE or Mach-O head; nothing for other content. */
function readBinary(bytes) {
    if (bytes.length < 20)
        return undefined;
    if (bytes.readUInt32BE(0) === 0x7f454c46)
        return readElf(bytes);
    if (bytes.readUInt16BE(0) === 0x4d5a)
        return { format: 'windows' };
    // Mach-O, 32 and 64 bits in both byte orders; 0xcafebabe is also Java's class file, whose second word is a small version, not a count.
    if ([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe].includes(bytes.readUInt32BE(0)))
        return { format: 'macos' };
    return bytes.readUInt32BE(0) === 0xcafebabe && bytes.readUInt32BE(4) < 20 ? { format: 'macos' } : undefined;
}
function readElf(bytes) {
    const bits = bytes[4] === 1 ? 32 : 64;
    const little = bytes[5] === 1;
    const machine = little ? bytes.readUInt16LE(18) : bytes.readUInt16BE(18);
    const shared = (little ? bytes.readUInt16LE(16) : bytes.readUInt16BE(16)) === 3;
    const sections = bits === 64 && little ? binary_sectionsOf(bytes) : [];
    return { format: 'elf', machine, bits, shared, glibc: newestGlibc(bytes, sections), ...neededBy(bytes, sections) };
}
function binary_sectionsOf(bytes) {
    if (bytes.length < 64)
        return [];
    const [table, count] = [Number(bytes.readBigUInt64LE(40)), bytes.readUInt16LE(60)];
    if (table === 0 || table + count * sectionHeaderSize > bytes.length)
        return [];
    return Array.from({ length: count }, (_, index) => {
        const at = table + index * sectionHeaderSize;
        return {
            type: bytes.readUInt32LE(at + 4), offset: offsetOf(bytes, at), size: Number(bytes.readBigUInt64LE(at + 32)),
            link: bytes.readUInt32LE(at + 40), info: bytes.readUInt32LE(at + 44),
        };
    });
}
/** The minor of the newest GLIBC_2.x in the version-needs section (`.gnu.version_r`). */
function newestGlibc(bytes, sections) {
    const needs = sections.find((section) => section.type === versionNeeded);
    const strings = needs === undefined ? undefined : sections[needs.link];
    return needs === undefined || strings === undefined ? undefined : newestOf(bytes, {
        needs: needs.offset, count: needs.info, strings: strings.offset,
    });
}
/** Section type and tags of the dynamic section (ELF gABI, chapter "Dynamic Linking"). */
const [dynamic, tagNeeded, tagSoname, entrySize] = [6, 1n, 14n, 16];
function neededBy(bytes, sections) {
    const section = sections.find((each) => each.type === dynamic);
    const strings = section === undefined ? undefined : sections[section.link];
    if (section === undefined || strings === undefined || section.offset + section.size > bytes.length)
        return {
            needed: [], soname: undefined,
        };
    const needed = [];
    let soname;
    for (let at = section.offset; at + entrySize <= section.offset + section.size; at += entrySize) {
        const tag = bytes.readBigInt64LE(at);
        if (tag === tagNeeded)
            needed.push(nameAt(bytes, strings.offset + Number(bytes.readBigUInt64LE(at + 8))));
        else if (tag === tagSoname)
            soname = nameAt(bytes, strings.offset + Number(bytes.readBigUInt64LE(at + 8)));
    }
    return { needed, soname };
}
function nameAt(bytes, start) {
    const end = bytes.indexOf(0, start);
    return bytes.toString('latin1', start, end === -1 ? start : end);
}
function newestOf(bytes, { needs, count, strings }) {
    const minors = [];
    for (let need = needs, left = count; left > 0 && need + 16 <= bytes.length; left--) {
        let version = need + bytes.readUInt32LE(need + 8);
        for (let names = bytes.readUInt16LE(need + 2); names > 0 && version + 16 <= bytes.length; names--) {
            const name = strings + bytes.readUInt32LE(version + 8);
            const minor = /^GLIBC_2\.(\d+)/.exec(bytes.toString('latin1', name, name + 16))?.[1];
            if (minor !== undefined)
                minors.push(Number(minor));
            version += bytes.readUInt32LE(version + 12);
        }
        need += bytes.readUInt32LE(need + 12);
    }
    return minors.length === 0 ? undefined : Math.max(...minors);
}
function offsetOf(bytes, section) {
    return Number(bytes.readBigUInt64LE(section + 24));
}

;// CONCATENATED MODULE: ./src/package/inspect/names.ts

/** Names that the zip or Lambda's file system would change, and names that differ only in what some systems do not tell apart. */
function checkNames(entries, diagnostics) {
    const folded = new Map();
    for (const { path, place } of entries) {
        if (/\\/.test(path) || /^\w+:/.test(path) || [...path].some((letter) => letter < ' ')) {
            diagnostics.error({
                what: `The name ${JSON.stringify(path)} cannot be kept in a zip.`,
                why: 'Backslashes, drive letters and control characters mean different things to different unpackers.',
                cure: 'Rename or exclude it.', docs: 'packaging.md#names', place,
            });
        }
        const key = path.normalize('NFC').toLowerCase();
        const other = folded.get(key);
        if (other !== undefined) {
            diagnostics.warning({
                what: `${other} and ${path} differ only in case or accents.`,
                why: 'Lambda tells them apart, but the machine that made one of them may not have.',
                cure: 'Rename one of them.', place,
            });
        }
        folded.set(key, path);
    }
}
/** Files at the root that Python would import in place of its own: /var/task comes first in sys.path. */
function checkShadowed(entries, { minor, askers }, diagnostics) {
    const stdlib = stdlibOf(minor);
    for (const { path, owner, place } of entries) {
        const module = /^([^/]+?)(?:\/__init__)?\.py$/.exec(path)?.[1];
        if (module === undefined || !stdlib.has(module) || builtinModules.has(module))
            continue;
        diagnostics.error({
            what: `${path}${owner === '' ? '' : ` of ${owner}`} takes the place of Python's own module \`${module}\`.`,
            why: 'Every library that imports it would get this file instead, because /var/task comes first in sys.path.',
            cure: owner === '' ? 'Rename it.' : shadowCure({ path, owner, module }, askers(owner), minor),
            docs: 'packaging.md#names',
            place,
        });
    }
}
/** What a dependency asks for cannot be taken out of the list; its file can be left out of the package. */
function shadowCure({ path, owner, module }, asking, minor) {
    const has = `Python 3.${minor} has the module itself`;
    if (asking.length === 0)
        return `Take ${owner} out: ${has}.`;
    const line = `site-packages/${path.endsWith('/__init__.py') ? `${module}/` : path}`;
    return `${asking.join(' and ')} ${asking.length === 1 ? 'asks' : 'ask'} for ${owner}: add \`${line}\` to \`exclude\`; ${has}.`;
}
/** `.pth` files do nothing on Lambda: /var/task is a folder of sys.path, not a site folder. */
function checkPathFiles(entries, diagnostics) {
    for (const { path, owner, place } of entries) {
        if (!/^[^/]+\.pth$/.test(path) || harmlessPathFile.test(path))
            continue;
        diagnostics.warning({
            what: `${path}${owner === '' ? '' : ` of ${owner}`} has no effect on Lambda.`,
            why: '.pth files are read in site folders only, and /var/task is none.',
            cure: 'Import what it would have set up in the handler\'s module.', place,
        });
    }
}
/** setuptools' shim for a module that the runtime does not miss, and its old namespaces, which Python finds without it (PEP 420). */
const harmlessPathFile = /^distutils-precedence\.pth$|-nspkg\.pth$/;

;// CONCATENATED MODULE: ./src/package/inspect/libraries.ts
/**
 * Libraries that Lambda's runtimes have: what wheels may take for granted of every Linux (PEP 600, auditwheel's policies) without the
 * parts for screens, which the images of aws-lambda-base-images lack.
 */
const libraries_given = /^(?:ld-linux(?:-x86-64|-aarch64)?|lib(?:c|m|dl|rt|pthread|util|resolv|nsl|crypt|anl|gcc_s|stdc\+\+|z|expat))\.so(?:\.\d+)*$/;
/**
 * Those that come with the interpreters, and with what Amazon Linux itself is made of: whether each is there is unverified, so nothing
 * is said of them.
 */
const likely = new RegExp(`^lib(?:${[
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
].join('|')})[-.\\w]*\\.so(?:\\.\\d+)*$`);
/**
 * Warns of libraries that a native file needs and nobody has: neither the package, at whatever place (many are loaded by hand before they
 * are needed), nor Lambda. What needs them may be a part that the handler never loads, so it is no error.
 */
function checkLibraries(files, { runtime, layers, diagnostics }) {
    if (layers)
        return;
    const binaries = files.flatMap((file) => {
        const binary = file.binary();
        return binary?.format === 'elf' ? [{ file, binary }] : [];
    });
    const there = new Set(binaries.flatMap(({ file, binary }) => [
        file.path.slice(file.path.lastIndexOf('/') + 1), ...(binary.soname === undefined ? [] : [binary.soname]),
    ]));
    const told = new Set();
    for (const { file, binary } of binaries) {
        for (const library of binary.needed.filter((name) => !there.has(name) && !libraries_given.test(name) && !likely.test(name))) {
            if (told.has(`${file.owner} ${library}`))
                continue;
            told.add(`${file.owner} ${library}`);
            diagnostics.warning({
                what: `${owned(file)} needs the library ${library}, which neither the package nor ${runtime.name} has.`,
                why: `Where the handler loads it, every call fails: ${library}: cannot open shared object file.`,
                cure: `${otherBuild(file)} the library into a folder \`lib\` of the package or into a layer.`,
                docs: 'packaging.md#native-files',
                place: file.place,
            });
        }
    }
}
function owned({ path, owner }) {
    return owner === '' ? path : `${path} of ${owner}`;
}
/** The cure's beginning: what a distribution brings in is better taken from another build of it. */
function otherBuild({ owner }) {
    if (owner === '')
        return 'Put';
    const builds = 'a wheel from the index, or a package of the kind of psycopg2-binary and opencv-python-headless';
    return `Take a build of ${owner} that brings it along (${builds}), or put`;
}

;// CONCATENATED MODULE: ./src/package/inspect/native.ts


/**
 * What Python or Node may load on Linux, or would load elsewhere in its place. Launchers and libraries of other systems (`.exe`, `.dll`,
 * `.dylib`) are data here: setuptools, pip and distlib ship them beside pure Python.
 */
const nativeName = /\.so(?:\.[\d.]+)?$|\.(?:node|pyd)$/;
/**
 * Whether the native files run on the target: machine, glibc, Python's tag, and the libraries that they need. Of a dependency one fitting
 * file is enough, because wheels carry files for other systems along (debuggers); the app's own must all fit.
 */
function checkNative(files, check) {
    const byOwner = new Map();
    for (const file of files) {
        if (!nativeName.test(file.path) && !(file.executable && !/\.[a-z]{1,4}$/.test(file.path)))
            continue;
        const problem = problemOf(file, check);
        if (problem === 'not native')
            continue;
        byOwner.set(file.owner, [...byOwner.get(file.owner) ?? [], { file, problem }]);
    }
    for (const [owner, found] of byOwner) {
        const problems = found.filter(({ problem }) => problem !== undefined);
        if (owner !== '' && problems.length < found.length)
            continue;
        for (const { file, problem } of owner === '' ? problems : problems.slice(0, 1))
            check.diagnostics.error({
                ...problem, place: file.place,
            });
    }
    checkLibraries(files.filter((file) => nativeName.test(file.path)), check);
}
function problemOf(file, check) {
    const binary = file.binary();
    if (binary === undefined)
        return 'not native';
    const whose = file.owner === '' ? file.path : `${file.path} of ${file.owner}`;
    const target = `${check.runtime.name} on ${check.architecture}`;
    const cure = file.owner === ''
        ? `Build it for ${target}, or exclude it.`
        : `Choose a version of ${file.owner} with a wheel for ${target}, or change \`architecture\` or \`runtime\`.`;
    const docs = 'packaging.md#native-files';
    if (binary.format !== 'elf')
        return {
            what: `${whose} is built for ${binary.format === 'windows' ? 'Windows' : 'macOS'}.`, why: 'Lambda runs Linux.',
            cure, docs,
        };
    if (binary.bits === 32 || binary.machine !== machines[check.architecture].elf) {
        return { what: `${whose} is built for ${machineName(binary.machine)}, the function runs on ${check.architecture}.`, cure, docs };
    }
    const tag = /\.(?:cpython-|cp)(3\d+t?)[-.]/.exec(file.path)?.[1];
    if (tag !== undefined && check.runtime.family === 'python' && tag !== `3${check.runtime.minor}` && !/\.abi3\./.test(file.path)) {
        return {
            what: `${whose} is built for Python ${tag.replace(/^3/, '3.')}, the function runs ${check.runtime.name}.`,
            why: 'Python passes over an extension with another version\'s tag.', cure, docs,
        };
    }
    if (binary.glibc !== undefined && binary.glibc > check.runtime.glibc) {
        return {
            what: `${whose} needs glibc 2.${binary.glibc}, ${check.runtime.name} has 2.${check.runtime.glibc}.`,
            why: 'The loader would say: version `GLIBC_2.' + String(binary.glibc) + '\' not found.', cure, docs,
        };
    }
    return undefined;
}
function machineName(machine) {
    const known = Object.entries(machines).find(([, { elf }]) => elf === machine);
    return known?.[0] ?? (machine === 3 ? '32-bit x86' : machine === 40 ? '32-bit ARM' : `machine ${machine}`);
}

;// CONCATENATED MODULE: ./src/package/inspect/package.ts








/** Everything that can be said of a package without knowing the handler. */
function checkPackage(entries, code, { runtime, layers, diagnostics }) {
    const named = entries.map((entry) => ({ path: entry.path, owner: entry.owner, place: placeOf(entry) }));
    checkNames(named, diagnostics);
    if (runtime.family === 'python') {
        checkShadowed(named, { minor: runtime.minor, askers: askersIn(entries) }, diagnostics);
        checkPathFiles(named, diagnostics);
    }
    const files = entries.filter((entry) => entry.content.kind !== 'link');
    const byPath = new Map(entries.filter((entry) => entry.owner === '').map((entry) => [entry.path, entry]));
    const recorded = recordedFiles([...byPath.values()], (path) => {
        const record = byPath.get(path);
        return record === undefined ? undefined : entryBytes(record).toString('utf8');
    });
    const natives = files.map((entry) => ({
        path: entry.path, owner: entry.owner === ''
            ? recorded.get(entry.path)?.owner ?? ''
            : entry.owner, executable: entry.mode === executableMode, place: placeOf(entry), binary: () => binaryOf(entry),
    }));
    // What an installer chose for Linux may carry extensions for Windows along; what somebody copied in may have none but those.
    checkNative(natives.filter(({ path }, index) => files[index]?.owner === '' || !path.endsWith('.pyd')), {
        runtime, architecture: code.architecture, layers, diagnostics,
    });
    checkLimits({ unzipped: totalSize(entries), files: entries.length, largest: largestOf(entries) }, diagnostics);
}
/** Reads what the distributions of a package need (`Requires-Dist`), once somebody wants to know. */
function askersIn(entries) {
    const metadata = () => entries.filter((entry) => /^[^/]+\.dist-info\/METADATA$/.test(entry.path));
    return (distribution) => metadata().flatMap((entry) => {
        const head = entryBytes(entry).toString('utf8').split(/\r?\n\r?\n/, 1)[0];
        const needed = [...head.matchAll(/^Requires-Dist:\s*([A-Za-z0-9._-]+)/gm)].map((match) => distributionName(match[1]));
        return needed.includes(distributionName(distribution)) ? [entry.path.split('-', 1)[0]] : [];
    });
}
/** The app's own files were looked at when they were read. */
function binaryOf(entry) {
    return 'sha256' in entry ? entry.binary : readBinary(entryBytes(entry));
}

;// CONCATENATED MODULE: ./src/package/tree/secret-content.ts
/** Keys and settings are small: what is larger is data, and reading all of it would cost more than the rest of the checks. */
const sniffed = 64 * 1024;
/**
 * Code (and its bytecode) and prose that quote a key block (tests, examples) are not key files; pictures, fonts and archives hold no text.
 */
const code = 'py|pyc|pyi|js|mjs|cjs|ts|mts|cts|jsx|tsx|map|so|node|dll|wasm';
const prose = 'md|rst|html?|css|csv|mo|pdf';
const media = 'svg|png|jpe?g|gif|webp|ico|woff2?|ttf|otf|eot|mp3|mp4';
const archives = 'zip|gz|bz2|xz|br|zst|whl|parquet|npy';
const noText = new RegExp(`\\.(?:${code}|${prose}|${media}|${archives})$`, 'i');
/** What every kind of secret below holds: looking for these in the bytes spares making a text of most files. */
const marks = ['PRIVATE KEY', 'PuTTY-User-Key-File-', 'aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY'];
const label = '-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----';
const atLineStart = new RegExp(`^${label}`, 'm');
/** Indented, as in a YAML file, or within quotes: only with a key behind it, because prose names the first line, too. */
const secret_content_elsewhere = new RegExp(`${label}(?:[ \\t]*\\r?\\n[ \\t]*|(?:\\\\r)?\\\\n)(?:[\\w-]+: |[A-Za-z0-9+/]{16})`);
const serviceAccount = /"private_key"\s*:\s*"-----BEGIN/;
const putty = /^PuTTY-User-Key-File-\d+:/;
const awsKey = /aws_secret_access_key["']?\s*[=:]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi;
/** Why a file's content makes it a secret, or nothing. */
function contentReason({ path, size }, content) {
    if (size > sniffed || noText.test(path) || !marks.some((mark) => content.includes(mark)))
        return undefined;
    const text = content.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
    if (path.endsWith('.json') && serviceAccount.test(text))
        return 'It holds the private key of a service account';
    if (atLineStart.test(text) || secret_content_elsewhere.test(text) || putty.test(text))
        return 'It holds a private key';
    return [...text.matchAll(awsKey)].some(([, key]) => isRandom(key)) ? 'It holds a secret access key of AWS' : undefined;
}
/**
 * Whether a file named like a key or a certificate may hold a key: what says of itself that it is public does not. A binary .key, or a file
 * that says nothing, is not known to be public, so it counts as a key.
 */
function mayHoldKey(content) {
    const text = content.subarray(0, sniffed).toString('latin1');
    const labels = [...text.matchAll(pemLabel)].map(([, name]) => name);
    if (labels.length > 0)
        return labels.some((name) => name.includes('PRIVATE'));
    return !publicLine.test(text) && !text.startsWith(keynote);
}
/** The label of a PEM block (RFC 7468), of PGP's armour (RFC 9580) and of SSH's own form (RFC 4716), whose dashes are four. */
const pemLabel = /^-{4,5} ?BEGIN ([A-Z0-9 ]+?) ?-{4,5}/gm;
/** A public key as OpenSSH writes it. */
const publicLine = /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) [A-Za-z0-9+/]{16}/m;
/** Slides of Apple's Keynote end in .key as well, and are zips. */
const keynote = 'PK\x03\x04';
/** AWS's own examples say EXAMPLE, and what somebody types in the place of a key is of one kind of letters. */
function isRandom(key) {
    return !/EXAMPLE/i.test(key) && /\d/.test(key) && /[a-z]/.test(key) && /[A-Z]/.test(key);
}

;// CONCATENATED MODULE: ./src/package/tree/secrets.ts



const rules = compileRules(secretNames);
/** Suffixes that certificates share with keys: their content decides. */
const certificate = /\.(?:pem|key)$/;
/**
 * Refuses what looks like a secret, by name or by content. An `include` line that spells the whole path (no wildcard) lets one pass:
 * then somebody has meant it.
 */
function checkSecrets(files, include, diagnostics) {
    const meant = new Set(include.filter((line) => !/[*?[]/.test(line)).map((line) => line.replace(/^\.?\//, '')));
    for (const file of files) {
        if (file.secret === undefined || meant.has(file.path))
            continue;
        const entry = { path: file.path, directory: false };
        const broad = include.find((line) => lastMatch(compileRules([line]), entry, -1) >= 0);
        const lists = file.owner === '' ? '.lambdaignore or `exclude`' : '`exclude`';
        diagnostics.error({
            what: `The package would hold ${file.path}.`,
            why: `${file.secret}, and whoever may read the function's code could read it.`,
            cure: (broad === undefined
                ? `Add \`${file.path}\` to ${lists}`
                : `Take the \`include\` line \`${broad}\` out, which brings it back, or narrow it`)
                + '; where it must ship, an `include` line with exactly this path allows it.',
            docs: 'packaging.md#secrets',
            place: file.content.kind === 'disk' ? { file: file.content.file } : undefined,
        });
    }
}
/** Why a file looks like a secret, or nothing. Of the content its first 64 KB are enough. */
function secretReason(file, content) {
    if (looksSecret(file.path) && (!certificate.test(file.path) || mayHoldKey(content)))
        return 'Its name is one that secrets bear';
    return contentReason(file, content);
}
/** Whether a path is one that secrets bear; a certificate's is, too. */
function looksSecret(path) {
    let match = -1;
    const segments = path.split('/');
    for (const depth of segments.keys()) {
        const directory = depth < segments.length - 1;
        match = lastMatch(rules, { path: segments.slice(0, depth + 1).join('/'), directory }, match);
    }
    return match >= 0 && (rules[match]?.excludes ?? false);
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./src/package/tree/large-files.ts
/**
 * The first line of what a checkout without `lfs: true` holds in a large file's place
 * (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
 */
const firstLine = Buffer.from('version https://git-lfs.github.com/spec/');
/** "A pointer file must be less than 1024 bytes" (the same page). */
const longest = 1024;
/** Whether a file's bytes are a pointer of Git LFS. */
function isPointer(bytes) {
    return bytes.length < longest && bytes.subarray(0, firstLine.length).equals(firstLine);
}

;// CONCATENATED MODULE: ./src/package/tree/scan.ts








/** Files are read into one buffer of this size; a larger file is hashed piece by piece. */
const pieceBytes = 4 * 1024 * 1024;
const elf = Buffer.from('\x7fELF', 'latin1');
/** Reads files one after the other through one buffer. */
class Scanner {
    #room = Buffer.allocUnsafeSlow(pieceBytes + 1);
    /** Throws a UserError when the file is not what it was when the tree was listed. */
    scan(entry, keeper) {
        if (entry.content.kind !== 'disk')
            return scan_described(entry, entryBytes(entry));
        const { file } = entry.content;
        if (entry.size > pieceBytes)
            return this.#scanLarge(entry, file);
        const bytes = readInto(file, entry.size, this.#room);
        const found = scan_described(entry, bytes);
        return keeper.keeps(entry) ? { ...found, content: { ...entry.content, bytes: Buffer.from(bytes) } } : found;
    }
    /** A native file is read whole, because what it needs stands at its end; data is not held in memory at once. */
    #scanLarge(entry, file) {
        const from = (0,external_node_fs_.openSync)(file, 'r');
        try {
            const head = this.#room.subarray(0, (0,external_node_fs_.readSync)(from, this.#room, 0, pieceBytes, null));
            if (head.subarray(0, 4).equals(elf))
                return scan_described(entry, readInto(file, entry.size, Buffer.allocUnsafeSlow(entry.size + 1)));
            const found = scan_described(entry, head);
            const content = (0,external_node_crypto_.createHash)('sha256').update(head);
            let [read, crc] = [head.length, (0,external_node_zlib_.crc32)(head)];
            for (let part = head; part.length > 0; read += part.length) {
                part = this.#room.subarray(0, (0,external_node_fs_.readSync)(from, this.#room, 0, pieceBytes, null));
                content.update(part);
                crc = (0,external_node_zlib_.crc32)(part, crc);
            }
            if (read !== entry.size)
                throw changed(file);
            return { ...found, sha256: content.digest('hex'), crc };
        }
        finally {
            (0,external_node_fs_.closeSync)(from);
        }
    }
}
function scan_described(entry, bytes) {
    return {
        ...entry,
        sha256: (0,external_node_crypto_.hash)('sha256', bytes, 'hex'),
        crc: (0,external_node_zlib_.crc32)(bytes),
        secret: entry.content.kind === 'link' ? undefined : secretReason(entry, bytes) ?? behindLink(entry, bytes),
        binary: readBinary(bytes),
        isPointer: isPointer(bytes),
    };
}
/** A link may bear any name: what it leads to is what would be seen. */
function behindLink({ size, content }, bytes) {
    const target = content.kind === 'disk' ? content.target : undefined;
    const reason = target === undefined ? undefined : secretReason({ path: target, size }, bytes);
    return reason === undefined ? undefined : `It is a link to ${target ?? ''}. ${reason}`;
}

;// CONCATENATED MODULE: ./src/package/tree/tree.ts






/** Walks and reads a folder. Throws a UserError when a file changes meanwhile. */
function readTree(root, options, keeper) {
    const diagnostics = new src_diagnostics/* Diagnostics */.rE();
    const scanner = new Scanner();
    const files = walk(root, { ...options, owner: '', diagnostics }).map((entry) => scanner.scan(entry, keeper));
    const byPath = new Map(files.map((file) => [file.path, file]));
    const text = (path) => {
        const content = byPath.get(path)?.content;
        return content?.kind === 'disk' ? (content.bytes ?? (0,external_node_fs_.readFileSync)(content.file)).toString('utf8') : undefined;
    };
    return {
        files,
        digest: (0,external_node_crypto_.hash)('sha256', files.map(({ path, mode, sha256 }) => `${path}\0${mode.toString(8)}\0${sha256}\n`).join(''), 'hex'),
        problems: diagnostics.all,
        text,
        read: once(text),
        isInstalled: untouched(byPath, text),
        diskPath: (path) => {
            const content = byPath.get(path)?.content;
            return content?.kind === 'disk' ? content.file : undefined;
        },
    };
}
/** Looks into the records once, and only where somebody asks. */
function untouched(files, text) {
    let recorded;
    return (path) => {
        recorded ??= recordedFiles([...files.values()], text);
        const [file, known] = [files.get(path), recorded.get(path)?.sha256];
        return file !== undefined && known !== undefined && Buffer.from(file.sha256, 'hex').toString('base64url') === known.replace(/=+$/, '');
    };
}
/** A reader of texts that remembers what was made of each. */
function once(text) {
    const made = new Map();
    return (path, reader) => {
        const known = made.get(reader) ?? new Map();
        made.set(reader, known);
        if (!known.has(path)) {
            const found = text(path);
            known.set(path, found === undefined ? undefined : reader(found));
        }
        return known.get(path);
    };
}

;// CONCATENATED MODULE: ./src/package/zip/end.ts
const signature = Buffer.from('PK\x05\x06', 'latin1');
const end_length = 22;
const longestComment = 0xffff;
const locatorSignature = 0x07064b50;
const locatorLength = 20;
/** Reads the end-of-directory record (APPNOTE 4.3.16); `refuse` is told in a reader's words why there is none that can be used. */
function findEnd(zip, refuse) {
    const at = lastRecord(zip);
    if (at === undefined)
        return refuse(whyNone(zip));
    const [count, size, directory] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 12), zip.readUInt32LE(at + 16)];
    if (count === 0xffff || size === 0xffffffff
        || directory === 0xffffffff)
        return refuse('it is a zip64 file, with more than 65,534 entries or 4 GB');
    if (zip.readUInt16LE(at + 4) !== 0 || zip.readUInt16LE(at + 8) !== count)
        return refuse('it is one part of several');
    // Only a zip64 record may stand between the directory and its end; otherwise bytes are missing, or stand before the first entry.
    const isLonger = at >= locatorLength && zip.readUInt32LE(at - locatorLength) === locatorSignature;
    if (directory + size > at || (directory + size < at && !isLonger))
        return refuse('its directory is not where it says: bytes '
            + 'are missing, or others were put before it');
    return { count, directory, directoryEnd: directory + size };
}
/** The record whose comment reaches just to the file's end. */
function lastRecord(zip) {
    const first = Math.max(0, zip.length - end_length - longestComment);
    for (let at = lastSignature(zip, zip.length - end_length); at >= first; at = lastSignature(zip, at - 1)) {
        if (at + end_length + zip.readUInt16LE(at + 20) === zip.length)
            return at;
    }
    return undefined;
}
function lastSignature(zip, from) {
    // A negative place would count from the end.
    return from < 0 ? -1 : zip.lastIndexOf(signature, from);
}
function whyNone(zip) {
    if (zip.length === 0)
        return 'it is empty';
    if (!zip.subarray(0, 2).equals(signature.subarray(0, 2)))
        return 'it is a file of another kind';
    const last = lastSignature(zip, zip.length - end_length);
    const behind = last < 0 ? -1 : zip.length - (last + end_length + zip.readUInt16LE(last + 20));
    return behind > 0 ? `${behind} bytes stand behind its end` : 'its end is missing, so it was cut short';
}

;// CONCATENATED MODULE: ./src/package/zip/read.ts



const centralSignature = 0x02014b50;
const centralLength = 46;
const localSignature = 0x04034b50;
const localLength = 30;
/** What a field of 32 bits holds where zip64 has the value. */
const read_elsewhere = 0xffffffff;
/** An encrypted entry, strong encryption, and a directory that is encrypted itself (APPNOTE 4.4.4, bits 0, 6 and 13). */
const encrypted = 0x2041;
/**
 * Lists a zip (APPNOTE 6.3, without zip64, whose use by Lambda is unverified, and encryption). Throws a UserError for what is no such zip,
 * or not a whole one.
 */
function readZip(zip, file) {
    const refuse = (why) => { throw broken(file, why); };
    const end = findEnd(zip, refuse);
    let offset = end.directory;
    const entries = Array.from({ length: end.count }, () => {
        const [entry, length] = centralEntry(zip, offset, { end, refuse });
        offset += length;
        return entry;
    });
    return offset === end.directoryEnd ? entries : refuse('its directory is damaged');
}
function centralEntry(zip, at, { end, refuse }) {
    if (at + centralLength > end.directoryEnd || zip.readUInt32LE(at) !== centralSignature)
        return refuse('its directory is damaged');
    const [nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const length = centralLength + nameLength + extraLength + commentLength;
    if (at + length > end.directoryEnd)
        return refuse('its directory is damaged');
    const path = zip.toString('utf8', at + centralLength, at + centralLength + nameLength);
    const stored = {
        path, method: zip.readUInt16LE(at + 10), crc: zip.readUInt32LE(at + 16), compressed: zip.readUInt32LE(at + 20),
        size: zip.readUInt32LE(at + 24), local: zip.readUInt32LE(at + 42),
    };
    if ((zip.readUInt16LE(at + 8) & encrypted) !== 0)
        return refuse(`${path} is encrypted`);
    if ([stored.compressed, stored.size, stored.local]
        .includes(read_elsewhere))
        return refuse(`${path} needs zip64, the form for files of 4 GB and more`);
    const start = contentStart(zip, stored, { end, refuse });
    const madeOnUnix = zip.readUInt8(at + 5) === 3;
    return [{
            path, mode: madeOnUnix ? zip.readUInt32LE(at + 38) >>> 16 : 0, size: stored.size,
            read: () => content(zip.subarray(start, start + stored.compressed), stored, refuse),
        }, length];
}
/** Where the content begins; entries lie before the directory. */
function contentStart(zip, { path, local, compressed }, { end, refuse }) {
    if (local + localLength > end.directory
        || zip.readUInt32LE(local) !== localSignature)
        return refuse(`${path} is not where its directory says`);
    const start = local + localLength + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    return start + compressed > end.directory ? refuse(`${path} is not where its directory says`) : start;
}
function content(bytes, { path, method, crc, size }, refuse) {
    if (method !== 0 && method !== 8)
        return refuse(`${path} is compressed in a way (${method}) that Lambda does not read`);
    const plain = method === 0 ? bytes : inflated(bytes, size);
    return plain?.length === size && (0,external_node_zlib_.crc32)(plain) === crc ? plain : refuse(`${path} is damaged`);
}
function inflated(bytes, size) {
    try {
        // More than the directory says is damage, however much it would become.
        return (0,external_node_zlib_.inflateRawSync)(bytes, { maxOutputLength: Math.max(size, 1) });
    }
    catch {
        return undefined;
    }
}
function broken(file, why) {
    return new errors/* UserError */.yo({
        what: `${file} is no zip that Lambda can use: ${why}.`, cure: 'Build it again, for example with `zip -r`.',
        place: { file }, docs: 'packaging.md#prebuilt-zips',
    });
}

;// CONCATENATED MODULE: ./src/package/prebuilt.ts
















/** A zip that the user made: its bytes are taken as they are, and checked like our own. */
async function buildPrebuilt(code, inputs, options) {
    const source = code.package ?? '';
    const bytes = (0,external_node_fs_.readFileSync)(source);
    const entries = readZip(bytes, source).filter((entry) => !entry.path.endsWith('/'));
    const sizes = { unzipped: entries.reduce((sum, entry) => sum + entry.size, 0), files: entries.length, largest: largestOf(entries) };
    const diagnostics = new src_diagnostics/* Diagnostics */.rE();
    checkLimits(sizes, diagnostics);
    // Lambda unpacks all of it, so that damage anywhere counts: reading checks an entry's size and CRC.
    if (diagnostics.errors.length === 0)
        for (const entry of entries)
            entry.read();
    checkWithLayers(sizes, { count: options.layers.length, zippedBytes: options.layerBytes }, diagnostics);
    checkEntries(entries, code, { layers: options.layers.length > 0, diagnostics });
    checkHandler(entries, code, { options, diagnostics });
    if (diagnostics.errors.length > 0)
        throw new src_diagnostics/* DiagnosticsError */.Ho(diagnostics.all);
    for (const warning of diagnostics.warnings)
        options.progress.warning((0,errors/* errorLines */.S6)(warning).join('\n'));
    const place = external_node_path_default().join(options.workDir, `${options.functionName}.zip`);
    (0,external_node_fs_.mkdirSync)(options.workDir, { recursive: true });
    (0,external_node_fs_.copyFileSync)(source, place);
    return {
        path: place, sha256: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('base64'), size: bytes.length, unzippedSize: sizes.unzipped,
        files: entries.length, inputDigest: inputs.digest, largest: sizes.largest, resolved: [], reused: false,
    };
}
function checkEntries(entries, code, { layers, diagnostics }) {
    const runtime = runtimeOf(code);
    const file = code.package ?? '';
    // Nothing in a zip says what belongs to whom, so each top-level part counts as one distribution.
    const named = entries.map((entry) => ({ ...entry, owner: entry.path.includes('/') ? entry.path.split('/', 1)[0] : '' }));
    checkNames(named, diagnostics);
    if (runtime.family === 'python') {
        checkShadowed(named.map(({ path: name }) => ({ path: name, owner: '' })), { minor: runtime.minor, askers: () => [] }, diagnostics);
    }
    checkNative(named.map((entry) => ({
        path: entry.path, owner: entry.owner, executable: (entry.mode & 0o111) !== 0,
        binary: () => readBinary(entry.read()),
    })), { runtime, architecture: code.architecture, layers, diagnostics });
    const seen = new Set();
    const libraries = librariesOf(entries);
    for (const entry of entries) {
        const what = wrongWith(entry, seen, libraries);
        seen.add(entry.path);
        if (what !== undefined)
            diagnostics.error({
                what: `${entry.path} in ${file} ${what}.`, cure: 'Build the zip again without that.', place: { file },
                docs: 'packaging.md#prebuilt-zips',
            });
    }
}
/** Folders of dependencies, and of the tests that libraries without a record bring along. */
const theirs = /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|tests?)\//;
/** The top folders that installers' records (`*.dist-info/RECORD`) call theirs: what lies there is its authors' business. */
function librariesOf(entries) {
    const records = entries.filter((entry) => /^[^/]+\.dist-info\/RECORD$/.test(entry.path));
    return new Set(records.flatMap((entry) => entry.read().toString('utf8').split('\n').filter((line) => line.includes('/'))
        .map((line) => line.replace(/^"/, '').split('/', 1)[0])));
}
function wrongWith(entry, seen, theirFolders) {
    if (entry.path.startsWith('/') || entry.path.split('/').includes('..'))
        return 'leads out of the folder that Lambda unpacks to';
    if (seen.has(entry.path))
        return 'is there twice';
    if (entry.mode !== 0 && (entry.mode & 0o170000) !== 0o120000
        && (entry.mode & 0o004) === 0)
        return 'may not be read by others than its owner, so Lambda could not read it';
    // In folders only names are looked at: nothing says for certain whose they are, and reading all of a zip takes long.
    const own = !entry.path.includes('/') || (looksSecret(entry.path) && !theirs.test(entry.path)
        && !theirFolders.has(entry.path.split('/', 1)[0]));
    const reason = own ? secretReason(entry, entry.size < 1_000_000 ? entry.read() : Buffer.alloc(0)) : undefined;
    return reason === undefined ? undefined : `looks like a secret: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
function checkHandler(entries, code, { options, diagnostics }) {
    const byPath = new Map(entries.map((entry) => [entry.path, entry]));
    const single = singleFolder(entries);
    // The texts are there, but nothing tells the app's own files from libraries', whose imports are their authors' business.
    const own = (path) => !path.includes('/') || path === handlerFile(code);
    const text = (path) => own(path) ? byPath.get(path)?.read().toString('utf8') : undefined;
    const manifest = (path) => readNodePackage(byPath.get(path)?.read().toString('utf8') ?? '');
    const found = new src_diagnostics/* Diagnostics */.rE();
    const files = { paths: [...byPath.keys()], text, read: once(text), manifest, diskPath: () => undefined };
    checkFunction({ code, runtime: runtimeOf(code), complete: true, layers: options.layers.length > 0, ...files }, found);
    // Where all lies in one folder, that is why the handler is not found, and the one thing to say.
    if (single === undefined || found.errors.length === 0)
        diagnostics.all.push(...found.all);
    else {
        diagnostics.error({
            what: `All of ${code.package ?? ''} lies in one folder, ${single}/.`, why: 'Lambda looks for the handler at the root of the zip.',
            cure: `Zip the content of ${single}, not the folder itself.`, docs: 'packaging.md#prebuilt-zips',
        });
    }
}
function handlerFile(code) {
    return `${code.handler.slice(0, code.handler.lastIndexOf('.')).replaceAll('.', '/')}.py`;
}
/** The one folder that everything lies in, apart from what the Finder of macOS adds to its zips. */
function singleFolder(entries) {
    const own = entries.filter((entry) => !entry.path.startsWith('__MACOSX/') && entry.path !== '.DS_Store');
    const tops = new Set(own.map((entry) => entry.path.split('/', 1)[0]));
    const [top] = tops;
    return tops.size === 1 && own.every((entry) => entry.path.includes('/')) ? top : undefined;
}

;// CONCATENATED MODULE: ./src/package/tree/pointers.ts
/** Pointers of Git LFS would ship in place of the files that they stand for. */
function checkPointers(files, diagnostics) {
    const pointers = files.filter((file) => file.isPointer);
    const [first] = pointers;
    if (first === undefined)
        return;
    const names = pointers.slice(0, 5).map((file) => file.path).join(', ');
    const more = pointers.length > 5 ? `, and ${pointers.length - 5} more` : '';
    diagnostics.warning({
        what: `${names}${more}: only the pointer of Git LFS is there, not the file.`,
        why: 'The checkout did not fetch large files, and the pointer would ship in their place.',
        cure: 'Give actions/checkout `lfs: true`, or exclude what the handler does not need.',
        docs: 'packaging.md#what-ships',
        place: first.content.kind === 'disk' ? { file: first.content.file } : undefined,
    });
}

;// CONCATENATED MODULE: ./src/package/linked.ts










/** The linked folders of a Node project. Throws a UserError where the lock or a manifest cannot be read. */
function linkedFolders(source, folder, sources) {
    if (!isForNode(source.kind))
        return [];
    const lock = readNodeLock(source);
    return shippedFolders(lock, projectOf(lock, folder)).map((linked) => {
        const manifest = external_node_path_default().join(linked, 'package.json');
        const name = (0,external_node_fs_.existsSync)(manifest) ? readManifest(manifest)['name'] : undefined;
        return {
            place: `node_modules/${typeof name === 'string' ? name : external_node_path_default().basename(linked)}`,
            tree: sources.folder(linked, linkedExcludes),
        };
    });
}
/** What would ship of linked folders and must not. */
function checkLinked(linked, code, diagnostics) {
    const rules = dependencyRules(code);
    for (const { place, tree } of linked) {
        diagnostics.all.push(...tree.problems);
        const files = tree.files.map((file) => ({ ...file, path: `${place}/${file.path}`, owner: place }));
        const shipped = files.filter((file) => !isExcluded(file.path, rules));
        checkSecrets(shipped, code.include, diagnostics);
        checkPointers(shipped, diagnostics);
    }
}
function isExcluded(file, rules) {
    const parts = file.split('/');
    const match = parts.reduce((found, _, index) => lastMatch(rules, {
        path: parts.slice(0, index + 1).join('/'), directory: index < parts.length - 1,
    }, found), -1);
    return rules[match]?.excludes ?? false;
}
/**
 * The texts of the user's own code, by their paths in the package: the app's and the linked folders', without what an installer has put
 * there.
 */
function ownFiles(app, linked) {
    const find = (file) => {
        const folder = linked.find(({ place }) => file.startsWith(`${place}/`));
        const [tree, inner] = folder === undefined ? [app, file] : [folder.tree, file.slice(folder.place.length + 1)];
        return tree.isInstalled(inner) ? undefined : [tree, inner];
    };
    return {
        text: (file) => { const [tree, inner] = find(file) ?? []; return inner === undefined ? undefined : tree?.text(inner); },
        read: (file, reader) => { const [tree, inner] = find(file) ?? []; return inner === undefined ? undefined : tree?.read(inner, reader); },
        diskPath: (file) => { const [tree, inner] = find(file) ?? []; return inner === undefined ? undefined : tree?.diskPath(inner); },
    };
}

;// CONCATENATED MODULE: ./src/package/inspect/python-syntax.ts



/** Whole compilation in memory, as an import does it: parsing alone passes over a `return` outside of a function. */
const script = `
import json, sys
found = []
for file in json.loads(sys.stdin.buffer.read()):
    try:
        with open(file, "rb") as opened:
            compile(opened.read(), file, "exec", dont_inherit=True)
    except SyntaxError as error:
        found.append([file, error.lineno, error.offset, error.msg])
    except ValueError as error:
        found.append([file, None, None, str(error)])
    except Exception:
        pass
print(json.dumps(found))
`;
/** The newest minor that is looked for, and the oldest that knows today's syntax well enough to be asked. */
const [newest, oldest] = [15, 8];
/**
 * Has a Python compile the files that handlers load, all of one minor in one process. What the function's own minor refuses is an error.
 * Another minor's word alone is a warning, because syntax comes (and, once, went) with the minors; where the parser cannot read the file
 * either, and no Python that knows as much as the function's can, it is an error all the same.
 */
async function checkPythonSyntax(files, env, diagnostics) {
    const minors = [...new Set(files.map((file) => file.minor))];
    await Promise.all(minors.map(async (minor) => {
        const loaded = new Map();
        for (const file of files.filter((each) => each.minor === minor))
            if (loaded.get(file.file)?.when !== 'always')
                loaded.set(file.file, file);
        const python = await interpreterNear(minor, env);
        const refused = python === undefined ? undefined : new Map((await refusedBy(python, [...loaded.keys()], env)).map((refusal) => [
            refusal[0], refusal,
        ]));
        for (const [file, each] of loaded) {
            const refusal = refused?.get(file);
            const isUnread = each.unread !== undefined && !each.unread.isLong;
            // An older Python that reads it shows that the parser lacks something; a newer one's word is the function's own.
            if (refusal === undefined && (refused !== undefined || !isUnread))
                continue;
            python_syntax_tell({
                loaded: each, python, line: refusal?.[1] ?? each.unread?.line ?? null, column: refusal?.[2] ?? null,
                message: refusal?.[3], isUnread,
            }, diagnostics);
        }
    }));
}
/** Looks for the Pythons already, so that they answer while the files are read. */
function lookForPythons(minors, env) {
    for (const minor of new Set(minors))
        void interpreterNear(minor, env);
}
/** The runtime's own minor; else the next newer one, which knows what older ones know; else the next older one. */
async function interpreterNear(minor, env) {
    const newer = Array.from({ length: Math.max(0, newest - minor) }, (_, index) => minor + 1 + index);
    const older = Array.from({ length: Math.max(0, minor - oldest) }, (_, index) => minor - 1 - index);
    for (const candidate of [minor, ...newer, ...older]) {
        const found = await interpreterOf(candidate, installerEnv(env));
        if (found !== undefined)
            return found;
    }
    return undefined;
}
async function refusedBy(python, files, env) {
    const options = { cwd: '/', env: installerEnv(env), input: JSON.stringify(files) };
    const { code, stdout } = await run(python.program, ['-I', '-S', '-W', 'ignore', '-c', script], options);
    return code === 0 ? JSON.parse(stdout) : [];
}
function python_syntax_tell({ loaded, python, line, column, message, isUnread }, diagnostics) {
    const { path, file, minor, isCertain, when } = loaded;
    const place = { file, ...(line === null || line < 1 ? {} : { line, ...(column === null || column < 1 ? {} : { column }) }) };
    const where = line === null ? '' : ` (line ${line})`;
    const what = message === undefined
        ? `${path} cannot be read as Python${where}.`
        : `Python 3.${python?.minor ?? minor} cannot load ${path}: ${message}${where}.`;
    const cure = 'Fix the file; `python -m py_compile` shows the place.';
    const docs = 'packaging.md#syntax';
    const isOwn = python?.minor === minor;
    if (!isCertain || !isOwn && !isUnread) {
        const why = isCertain
            ? `The function runs on Python 3.${minor}, which is not here to be asked.`
            : 'The function\'s runtime is not named, so another minor may run it.';
        diagnostics.warning({
            what, why, cure: `${cure} With the function's own minor on the runner (actions/setup-python) it is certain.`,
            place, docs,
        });
    }
    else if (when === 'maybe') {
        diagnostics.warning({
            what, why: 'It is imported in a function, a condition or `try`, so the handler may live without it.', cure, place,
            docs,
        });
    }
    else
        diagnostics.error({ what, why: 'The handler loads it, so every call would fail.', cure, place, docs });
}

;// CONCATENATED MODULE: ./src/package/check-built.ts












/**
 * Looks at folders of the repository that were built and installed (`./libs/core`) as at the source: they are the user's own code. Secrets
 * and pointers of Git LFS in them would ship, a file that Python cannot read fails, and what they import without declaring it is nowhere.
 * All is told with the files on the user's disk.
 */
async function checkBuilt(entries, { code, installed }, check) {
    const { runtime, layers, app, env, diagnostics } = check;
    const built = installed?.own ?? {};
    if (runtime.family !== 'python' || Object.keys(built).length === 0)
        return;
    const theirs = entries.filter((entry) => entry.owner !== '' && built[entry.path] !== undefined && entry.content.kind !== 'link');
    checkContents(theirs.map((entry) => ({ ...entry, disk: built[entry.path] })), code, diagnostics);
    const byPath = new Map(theirs.map((entry) => [entry.path, entry]));
    const own = ownFiles(app, []);
    const text = (path) => {
        const entry = byPath.get(path);
        return entry === undefined ? undefined : entryBytes(entry).toString('utf8');
    };
    const readBuilt = once(text);
    const read = (path) => path.endsWith('.py') ? byPath.has(path) ? readBuilt(path, readPython) : own.read(path, readPython) : undefined;
    const paths = entries.map(({ path }) => path);
    const loaded = [...reachedFiles({ handler: code.handler, index: moduleIndex(paths), read })].flatMap(([path, when]) => {
        const file = byPath.has(path) ? built[path] : undefined;
        return file === undefined ? [] : [{ path, file, when, minor: runtime.minor, isCertain: true, unread: read(path)?.unread }];
    });
    if (loaded.length > 0)
        await checkPythonSyntax(loaded, env, diagnostics);
    const found = new src_diagnostics/* Diagnostics */.rE();
    checkPythonImports({
        handler: code.handler, runtime, layers, read, paths, source: code.source, base: code.base,
        diskPath: (path) => byPath.has(path) ? built[path] : own.diskPath(path),
    }, found);
    // What the app's own files lack is told for each function by itself.
    diagnostics.all.push(...found.all.filter(({ place }) => place !== undefined && Object.values(built).includes(place.file)));
}
/** So many bytes tell a secret. */
const readOfSecrets = 64 * 1024;
function checkContents(files, code, diagnostics) {
    const looked = files.map((entry) => {
        const bytes = entryBytes(entry);
        // By this name `exclude` and `include` reach what was installed.
        const path = `site-packages/${entry.path}`;
        return {
            ...entry, path, content: { kind: 'disk', file: entry.disk }, isPointer: isPointer(bytes),
            secret: secretReason({ path: entry.path, size: bytes.length }, bytes.subarray(0, readOfSecrets)),
        };
    });
    checkSecrets(looked, code.include, diagnostics);
    checkPointers(looked, diagnostics);
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./src/package/zip/deflated.ts
/** zlib's 6: 99.8 % of what 9 saves at 36 % of its CPU (measured on 70 and 236 MB of installed packages). */
const level = 6;

// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
;// CONCATENATED MODULE: ./src/package/zip/helper.ts




/** The thread's program as text, so that the bundle needs no second file. What it does to a file equals what the first thread does. */
const program = `
const { parentPort } = require('node:worker_threads')
const { readFileSync } = require('node:fs')
const { crc32, deflateRawSync } = require('node:zlib')
parentPort.on('message', ({ id, files, kept }) => {
  try {
    const parts = []
    const items = files.map((file) => {
      const bytes = typeof file === 'string' ? readFileSync(file) : kept.subarray(file[0], file[1])
      const deflated = bytes.length === 0 ? bytes : deflateRawSync(bytes, { level: ${level}, chunkSize: Math.max(bytes.length >> 1, 256) })
      const stored = deflated.length >= bytes.length
      parts.push(stored ? bytes : deflated)
      return { length: parts.at(-1).length, stored, crc: crc32(bytes), size: bytes.length }
    })
    const whole = new Uint8Array(items.reduce((sum, item) => sum + item.length, 0))
    let at = 0
    for (const part of parts) { whole.set(part, at); at += part.length }
    parentPort.postMessage({ id, items, whole }, [whole.buffer])
  } catch (error) {
    parentPort.postMessage({ id, items: [], whole: new Uint8Array(0), error: error.message })
  }
})
`;
/** Starts the thread; whoever starts it stops it. */
function startHelper() {
    const worker = new external_node_worker_threads_.Worker(program, { eval: true });
    const waiting = new Map();
    let count = 0;
    worker.on('message', (answer) => {
        waiting.get(answer.id)?.resolve(answer);
        waiting.delete(answer.id);
    });
    worker.on('error', (error) => {
        for (const { reject } of waiting.values())
            reject(error);
    });
    return {
        async deflate(entries) {
            const id = count++;
            const answer = await new Promise((resolve, reject) => {
                waiting.set(id, { resolve, reject });
                const request = requestOf(entries);
                worker.postMessage({ id, ...request }, [request.kept.buffer]);
            });
            return split(answer, entries);
        },
        stop: () => worker.terminate(),
    };
}
function requestOf(entries) {
    const inMemory = entries.filter((entry) => !isOnDisk(entry));
    const kept = new Uint8Array(inMemory.reduce((sum, entry) => sum + entry.size, 0));
    let at = 0;
    const files = entries.map((entry) => {
        if (isOnDisk(entry))
            return entry.content.file;
        kept.set(entryBytes(entry), at);
        at += entry.size;
        return [at - entry.size, at];
    });
    return { files, kept };
}
function split(answer, entries) {
    if (answer.error !== undefined)
        throw new Error(answer.error);
    const whole = Buffer.from(answer.whole.buffer);
    let at = 0;
    return answer.items.map(({ length, stored, crc, size }, index) => {
        const entry = entries[index];
        if (size !== entry.size)
            throw changed(entry.content.kind === 'disk' ? entry.content.file : entry.path);
        at += length;
        return { payload: whole.subarray(at - length, at), stored, crc, size };
    });
}

;// CONCATENATED MODULE: ./src/package/zip/deflate.ts






/** From this size on a file goes to libuv's pool; smaller ones are faster on the main thread while the pool works. */
const poolFrom = 64 * 1024;
/** Files, and bytes of them, that the pool works on at a time; a file larger than that goes alone. */
const lookAhead = 4;
const bytesAhead = 8 * 1024 * 1024;
const deflateInPool = (0,external_node_util_.promisify)(external_node_zlib_.deflateRaw);
/** A tree of many small files is deflated in a second thread, in batches, because the first one has its hands full with archiver. */
const manyFiles = 2000;
const smallMean = 8 * 1024;
const batchFiles = 128;
const batchesAhead = 3;
/**
 * Deflates entries on several threads at the same time and yields them in their order.
 * The bytes do not depend on which of them did the work.
 */
async function* deflateAll(entries) {
    const bytes = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (entries.length < manyFiles || bytes / entries.length > smallMean) {
        yield* deflateHere(entries);
        return;
    }
    const helper = startHelper();
    try {
        yield* deflateWith(helper, entries);
    }
    finally {
        await helper.stop();
    }
}
/** Batches go to the helper in turn; a batch with a file for the pool, or with a link, is done here. */
async function* deflateWith(helper, entries) {
    const batches = Array.from({ length: Math.ceil(entries.length / batchFiles) }, (_, index) => entries
        .slice(index * batchFiles, (index + 1) * batchFiles));
    const ahead = new Map();
    let sent = 0;
    for (const [index, batch] of batches.entries()) {
        for (; sent < batches.length && sent <= index + batchesAhead; sent++) {
            const next = batches[sent];
            if (next.some((entry) => entry.size >= poolFrom || entry.content.kind === 'link'))
                continue;
            const work = helper.deflate(next);
            // A failure is told when its turn comes.
            work.catch(() => undefined);
            ahead.set(sent, work);
        }
        const done = await ahead.get(index);
        ahead.delete(index);
        if (done === undefined)
            yield* deflateHere(batch);
        else
            for (const [at, entry] of batch.entries())
                yield [entry, unchanged(entry, done[at])];
    }
}
/** Large files on libuv's pool, small ones on this thread meanwhile. */
async function* deflateHere(entries) {
    const pool = poolOf();
    const scratch = Buffer.allocUnsafeSlow(poolFrom + 1);
    let scanned = 0;
    for (const [index, entry] of entries.entries()) {
        for (; scanned < entries.length && pool.accepts(entries[scanned]); scanned++)
            pool.start(entries[scanned]);
        if (entry.size >= poolFrom) {
            scanned = Math.max(scanned, index + 1);
            yield [entry, await pool.finish(entry)];
        }
        else {
            yield [entry, unchanged(entry, onThread(bytesOf(entry, scratch)))];
        }
    }
}
/** Large files that are deflated ahead of their turn, in buffers that are used again. */
function poolOf() {
    const running = new Map();
    const free = [];
    let bytes = 0;
    return { accepts, start, finish };
    function accepts(entry) {
        return entry.size < poolFrom || (running.size < lookAhead && (bytes === 0 || bytes + entry.size <= bytesAhead));
    }
    function start(entry) {
        if (entry.size < poolFrom || running.has(entry))
            return;
        const buffer = isOnDisk(entry) ? bufferFor(entry.size + 1) : Buffer.alloc(0);
        bytes += entry.size;
        const work = inPool(bytesOf(entry, buffer)).then((deflated) => unchanged(entry, deflated));
        // A failure is told when its turn comes.
        work.catch(() => undefined);
        running.set(entry, { work, buffer });
    }
    async function finish(entry) {
        start(entry);
        const { work, buffer } = running.get(entry);
        const deflated = await work;
        running.delete(entry);
        bytes -= entry.size;
        if (buffer.length === 0)
            return deflated;
        // Two are enough: a large one and one for the many of middling size.
        free.push(buffer);
        if (free.length > 2)
            free.sort((a, b) => b.length - a.length).splice(1, 1);
        return deflated;
    }
    function bufferFor(size) {
        const index = free.findIndex((buffer) => buffer.length >= size);
        return index === -1 ? Buffer.allocUnsafeSlow(Math.max(size, 1 << 20)) : free.splice(index, 1)[0];
    }
}
function bytesOf(entry, into) {
    return isOnDisk(entry) ? readInto(entry.content.file, entry.size, into) : entryBytes(entry);
}
/** What was digested and checked is what ships: a file that was written to since is refused. */
function unchanged(entry, deflated) {
    if (entry.crc !== undefined && entry.crc !== deflated.crc && entry.content.kind === 'disk')
        throw changed(entry.content.file);
    return deflated;
}
async function inPool(bytes) {
    const crc = (0,external_node_zlib_.crc32)(bytes);
    return smaller(bytes, await deflateInPool(bytes, { level: level, chunkSize: chunkFor(bytes) }), crc);
}
function onThread(bytes) {
    if (bytes.length === 0)
        return { payload: Buffer.alloc(0), stored: true, crc: 0, size: 0 };
    return smaller(bytes, (0,external_node_zlib_.deflateRawSync)(bytes, { level: level, chunkSize: chunkFor(bytes) }), (0,external_node_zlib_.crc32)(bytes));
}
/** zlib's default of 16 KB a call would be 300 MB for a tree of 18,000 small files, until the collector runs. */
function chunkFor(bytes) {
    return Math.min(Math.max(bytes.length >> 1, 256), 1 << 18);
}
function smaller(bytes, deflated, crc) {
    const stored = deflated.length >= bytes.length;
    // `bytes` is a buffer that others will fill again.
    return { payload: stored ? Buffer.from(bytes) : deflated, stored, crc, size: bytes.length };
}

;// CONCATENATED MODULE: ./src/package/zip/engine.ts
const stored = 0;
const deflated = 8;
/** 2.0: what directories and deflate need (APPNOTE 4.4.3.2). */
const engine_version = 20;
/**
 * Teaches this archive to take buffers that are deflated already; answers how to hand one in before `append` is called with its payload,
 * or nothing when this archiver is built in another way.
 */
function preDeflated(archive) {
    const engine = archive._module?.engine;
    if (!isEngine(engine))
        return undefined;
    const known = new WeakMap();
    const original = engine._appendBuffer.bind(engine);
    gatherWrites(engine);
    engine._appendBuffer = (entry, source, done) => {
        const ready = known.get(source);
        if (ready === undefined)
            return original(entry, source, done);
        entry.setMethod(ready.stored ? stored : deflated);
        entry.setVersionNeededToExtract(engine_version);
        entry.getGeneralPurposeBit().useDataDescriptor(false);
        entry.setCrc(ready.crc);
        entry.setSize(ready.size);
        entry.setCompressedSize(source.length);
        engine._writeLocalFileHeader(entry);
        engine.write(source);
        engine._afterAppend(entry);
        done(null, entry);
    };
    return (entry) => known.set(entry.payload, entry);
}
/** Bytes that are handed on together. */
const batch = 256 * 1024;
/** The engine writes some thirty pieces of two or four bytes an entry, each a turn through three streams: they go on in batches instead. */
function gatherWrites(engine) {
    const write = engine.write.bind(engine);
    const end = engine.end.bind(engine);
    let pieces = [];
    let bytes = 0;
    const flush = () => {
        const whole = Buffer.concat(pieces, bytes);
        // The engine's own `write` counts again what was counted when the pieces came.
        engine.offset -= bytes;
        pieces = [];
        bytes = 0;
        return write(whole);
    };
    engine.write = (given) => {
        const piece = typeof given === 'string' ? Buffer.from(given) : given;
        pieces.push(piece);
        bytes += piece.length;
        engine.offset += piece.length;
        return bytes < batch || flush();
    };
    engine.end = () => {
        flush();
        return end();
    };
}
function isEngine(engine) {
    return (typeof engine?._appendBuffer === 'function' &&
        typeof engine._writeLocalFileHeader === 'function' &&
        typeof engine._afterAppend === 'function' &&
        typeof engine.write === 'function' &&
        typeof engine.end === 'function' &&
        typeof engine.offset === 'number');
}

;// CONCATENATED MODULE: ./src/package/zip/write.ts







/** The DOS epoch, the earliest date a zip can hold. archiver takes a number for "now", so this must be a Date. */
const date = new Date('1980-01-01T00:00:00Z');
/** Bytes that may wait in archiver before more are fed: keeps a 236 MB tree below 240 MB of memory. */
const waitingBytes = 4 * 1024 * 1024;
const waitingEntries = 256;
/**
 * Writes entries, in their order, as a zip to `path`: the same entries give the same bytes whatever the clock, the umask or the disk says.
 * `way` is for tests: `public` uses archiver's documented API alone (slower, other bytes, the same content).
 */
async function writeZip(path, entries, way = 'fast') {
    const { ZipArchive: Archive } = await __webpack_require__.e(/* import() */ 917).then(__webpack_require__.bind(__webpack_require__, 8917));
    const archive = new Archive({ zlib: { level: level } });
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const out = (0,external_node_fs_.createWriteStream)(path);
    let size = 0;
    archive.on('data', (chunk) => {
        hash.update(chunk);
        size += chunk.length;
    });
    archive.pipe(out);
    const hand = way === 'fast' ? preDeflated(archive) : undefined;
    const fed = feed(flowOf(archive, out, hand !== undefined), entries, hand);
    const written = Promise.all([fed.then(() => archive.finalize()), (0,promises_.finished)(out)]);
    try {
        await Promise.race([failure(archive), written]);
    }
    catch (error) {
        archive.abort();
        out.destroy();
        await written.catch(() => undefined);
        throw error;
    }
    return { sha256: hash.digest('base64'), size };
}
/** archiver only warns about what it leaves out; a package without a file it should have is never right. */
function failure(archive) {
    return new Promise((_resolve, reject) => {
        archive.on('warning', reject);
        archive.on('error', reject);
    });
}
async function feed(flow, entries, hand) {
    if (hand === undefined) {
        for (const entry of entries)
            await flow.append(entryBytes(entry), entry);
    }
    else {
        for await (const [entry, deflated] of deflateAll(entries)) {
            hand(deflated);
            await flow.append(deflated.payload, entry);
        }
    }
}
/** Appends as long as archiver and the disk keep up, else waits for them; when either fails, so does the next append. */
function flowOf(archive, out, isDeflated) {
    /** Bytes of the entries that archiver has not finished, in their order. */
    const unfinished = [];
    let waiting = 0;
    let appended = 0;
    let wake = () => undefined;
    archive.on('entry', () => {
        waiting -= unfinished.shift() ?? 0;
        wake();
    });
    archive.on('data', () => wake());
    let failed;
    const fail = (error) => {
        failed = error;
        wake();
    };
    archive.on('warning', fail);
    archive.on('error', fail);
    out.on('error', fail);
    // What archiver deflates itself becomes smaller on its way to the disk, so that only unfinished entries tell how far it is behind.
    const behind = () => unfinished.length > waitingEntries || (unfinished.length > 0
        && waiting > waitingBytes) || (isDeflated && appended - archive.pointer() > waitingBytes);
    return {
        async append(bytes, entry) {
            // `symlink()` takes no date and would write the clock's; an entry of that type through `append` takes one.
            const link = entry.content.kind === 'link' ? { type: 'symlink', linkname: entry.content.target } : {};
            archive.append(bytes, { name: entry.path, date, mode: entry.mode & 0o777, store: bytes.length === 0, ...link });
            unfinished.push(bytes.length);
            waiting += bytes.length;
            appended += bytes.length;
            while (failed === undefined && behind())
                await new Promise((resolve) => { wake = resolve; });
            if (failed !== undefined)
                throw failed;
        },
    };
}

;// CONCATENATED MODULE: ./src/package/build.ts



















/** Its number is the note's form: notes of another form are as good as none. */
const noteSuffix = '.note2.json';
/**
 * Installs, collects, checks and zips; or takes the zip from the cache when one was made from the same inputs. Functions that share all
 * that goes in share one install and one zip. Throws DiagnosticsError with everything that is wrong with the package.
 */
async function buildPackage(code, given, options) {
    if (code.package !== undefined)
        return buildPrebuilt(code, given, options);
    const inputs = await resolveInputs(code, given, options);
    const { digest } = inputs;
    const zip = external_node_path_default().join(options.cacheDir, 'zips', `${digest}.zip`);
    const { note, reused } = await shared(zip, async () => {
        const cached = await readNote(zip);
        if (cached !== undefined)
            return { note: cached, reused: true };
        // A zip in the cache needs no install; then the dependencies are not even looked at.
        const installed = await installedOf(code, inputs, options);
        return { note: await makeZip({ code, digest, zip, installed }, options), reused: false };
    });
    const diagnostics = new src_diagnostics/* Diagnostics */.rE();
    for (const warning of note.warnings)
        diagnostics.warning(warning);
    if (inputs.dependencies !== undefined)
        checkAgainst(note, code, { dependencies: inputs.dependencies, options, diagnostics });
    checkWithLayers({ unzipped: note.made.unzippedSize, largest: note.made.largest }, {
        count: options.layers.length, zippedBytes: options.layerBytes,
    }, diagnostics);
    if (diagnostics.errors.length > 0)
        throw new src_diagnostics/* DiagnosticsError */.Ho(diagnostics.all);
    for (const warning of diagnostics.warnings)
        options.progress.warning((0,errors/* errorLines */.S6)(warning).join('\n'));
    return { ...note.made, path: deliver(zip, options), reused };
}
async function installedOf(code, inputs, options) {
    const { resolution, dependencies, asksForNothing } = inputs;
    if (resolution !== undefined)
        return resolution.install();
    return dependencies === undefined || asksForNothing === true ? undefined : installDependencies(code, dependencies, options);
}
/** What depends on the function's own handler, for zips from the cache, too. */
function checkAgainst({ paths, manifests }, code, { dependencies, options, diagnostics }) {
    const linked = linkedFolders(dependencies, code.source, options.sources);
    const { text, read, diskPath } = ownFiles(options.sources.app(code), linked);
    checkFunction({
        code, runtime: runtimeOf(code), paths, complete: true, layers: options.layers.length > 0, text, read,
        manifest: (path) => manifests[path], diskPath,
    }, diagnostics);
}
function makeZip(request, options) {
    return withScratch(options.cacheDir, async (folder) => {
        const diagnostics = new src_diagnostics/* Diagnostics */.rE();
        for (const warning of request.installed?.warnings ?? [])
            diagnostics.warning(warning);
        const { code, installed } = request;
        const runtime = runtimeOf(code);
        const entries = assemble({ code, runtime, diagnostics, ...(installed === undefined ? {} : { installed }) }, options);
        await checkBuilt(entries, request, {
            runtime, layers: options.layers.length > 0, app: options.sources.app(code), env: options.env, diagnostics,
        });
        checkPackage(entries, code, { runtime, layers: options.layers.length > 0, diagnostics });
        if (diagnostics.errors.length > 0)
            throw new src_diagnostics/* DiagnosticsError */.Ho(diagnostics.all);
        const written = await writeZip(external_node_path_default().join(folder, 'package.zip'), entries);
        const note = {
            made: {
                ...written, unzippedSize: totalSize(entries), files: entries.length, inputDigest: request.digest, largest: largestOf(entries),
                resolved: request.installed?.resolved ?? [],
            },
            warnings: diagnostics.warnings,
            paths: entries.map((entry) => entry.path),
            manifests: manifestsIn(entries),
        };
        keep(external_node_path_default().join(folder, 'package.zip'), request.zip, note);
        prune(options.cacheDir);
        return note;
    });
}
function manifestsIn(entries) {
    const files = entries.filter((entry) => entry.owner !== ''
        && /(?:^|\/)node_modules\/.*package\.json$/.test(entry.path) && entry.content.kind !== 'link');
    return Object.fromEntries(files.flatMap((entry) => {
        const found = readNodePackage(entryBytes(entry).toString('utf8'));
        return found === undefined ? [] : [[entry.path, found]];
    }));
}
/** The note comes last: where it stands, the zip is whole. */
function keep(from, zip, note) {
    (0,external_node_fs_.mkdirSync)(external_node_path_default().dirname(zip), { recursive: true });
    (0,external_node_fs_.renameSync)(from, zip);
    (0,external_node_fs_.writeFileSync)(`${from}.json`, JSON.stringify(note));
    (0,external_node_fs_.renameSync)(`${from}.json`, noteOf(zip));
}
/**
 * The note of a zip that is there, whole and what the note says: a disk that was full or a cache that was restored by half must not go
 * live.
 */
async function readNote(zip) {
    try {
        const note = JSON.parse((0,external_node_fs_.readFileSync)(noteOf(zip), 'utf8'));
        if ((0,external_node_fs_.statSync)(zip).size !== note.made.size || await digestFile(zip, 'base64') !== note.made.sha256)
            return undefined;
        touch(zip);
        touch(noteOf(zip));
        return note;
    }
    catch {
        return undefined;
    }
}
function noteOf(zip) {
    return zip.replace(/\.zip$/, noteSuffix);
}
/** The zip under the function's name in the run's own folder; the cache may be cleaned meanwhile. */
function deliver(zip, options) {
    const place = external_node_path_default().join(options.workDir, `${options.functionName}.zip`);
    (0,external_node_fs_.mkdirSync)(options.workDir, { recursive: true });
    (0,external_node_fs_.rmSync)(place, { force: true });
    try {
        (0,external_node_fs_.linkSync)(zip, place);
    }
    catch {
        (0,external_node_fs_.copyFileSync)(zip, place);
    }
    return place;
}

;// CONCATENATED MODULE: ./src/package/check-unlisted.ts






/** Dependencies that a project has where no file lists them in a way that can be installed: it would ship without them. */
function checkUnlisted(source, family, diagnostics) {
    try {
        if (family === 'node')
            checkManifest(source, diagnostics);
        if (family === 'python')
            checkPython(source, diagnostics);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        diagnostics.error(error.text);
    }
}
/** A lock that cannot be read: what it pins would not be installed. */
function checkManifest(source, diagnostics) {
    const file = external_node_path_default().join(source, 'package.json');
    const isLocked = check_paths_isFile(external_node_path_default().join(source, binaryLock));
    if (!isLocked || !check_paths_isFile(file) || Object.keys(table(readManifest(file), 'dependencies')).length === 0)
        return;
    diagnostics.error({
        what: `${file} lists dependencies, and their lock ${binaryLock} is not read.`,
        why: 'It is the binary form that bun wrote before version 1.2.',
        cure: 'Run `bun install --save-text-lockfile --frozen-lockfile --lockfile-only` and commit bun.lock in its place.',
        docs: 'packaging.md#node',
        place: { file },
    });
}
/** Only warnings: an app may import none of them, or find them in a layer. */
function checkPython(source, diagnostics) {
    const [pipfile, project] = [external_node_path_default().join(source, 'Pipfile'), external_node_path_default().join(source, 'pyproject.toml')];
    const docs = 'packaging.md#python-dependencies';
    if (check_paths_isFile(pipfile) && Object.keys(table(readToml(pipfile), 'packages')).length > 0) {
        diagnostics.warning({
            what: `${pipfile} lists packages, and there is no Pipfile.lock: none of them is installed.`,
            cure: 'Run `pipenv lock` and commit Pipfile.lock.', docs, place: { file: pipfile },
        });
    }
    const dynamic = check_paths_isFile(project) ? table(readToml(project), 'project')['dynamic'] : undefined;
    if (Array.isArray(dynamic) && dynamic.includes('dependencies')) {
        diagnostics.warning({
            what: `${project} leaves its dependencies to the build, and there is no other list: none is installed.`,
            why: 'Its `dynamic` names "dependencies".',
            cure: 'Name the file that lists them as `requirements`, commit a lock, or write a requirements.txt with the line `.`, ' +
                'which builds the project.',
            docs,
            place: { file: project },
        });
    }
}

;// CONCATENATED MODULE: ./src/package/inspect/local-state.ts




/**
 * What somebody's work leaves behind and no build makes on purpose. Being ignored by git is not enough to be warned of: build output
 * (`dist/`, generated clients, compiled extensions) is ignored as a rule, and must ship.
 */
const folders = /(?:^|\/)(?:logs|tmp|\.cache|coverage|\.nyc_output|\.ipynb_checkpoints)\//;
const names = new RegExp(`(?:${[
    '\\.(?:log|pid|bak|orig|dump|sqlite3?|db|db-journal|tfvars|local)|\\.local\\.[^/]*',
    '(?:^|/)(?:local_settings\\.py|\\.envrc|coverage\\.xml)',
    '(?:secret|credential)[^/]*\\.(?:json|ya?ml|toml|ini|cfg|txt)',
].join('|')})$`, 'i');
const shown = 10;
/**
 * Warns of files that git ignores, that look like local state, and that would ship. An `include` line that matches one says that it is
 * meant. git is asked only where there is such a name and the source lies in a work tree.
 */
function checkLocalState(code, app, diagnostics) {
    const meant = compileRules(code.include);
    const environments = app.filter((entry) => entry.path.endsWith('/pyvenv.cfg')).map((entry) => external_node_path_default().posix.dirname(entry.path));
    const files = app.map((entry) => entry.path).filter((file) => (folders.test(file)
        || names.test(file)) && !environments.some((folder) => file.startsWith(`${folder}/`)));
    const candidates = [...environments.map((folder) => `${folder}/`), ...files].filter((candidate) => !matches(meant, candidate
        .replace(/\/$/, '')));
    if (candidates.length === 0 || !inWorkTree(code.source))
        return;
    const ignored = ignoredByGit(candidates, code.source);
    if (ignored.length === 0)
        return;
    const subject = ignored.length === 1 ? 'A file that git ignores and that looks' : `${ignored.length} files that git ignores and that look`;
    const more = ignored.length > shown ? `, and ${ignored.length - shown} more` : '';
    diagnostics.warning({
        what: `${subject} like local state would ship: ${ignored.slice(0, shown).join(', ')}${more}.`,
        why: 'Everything in the source folder ships, whatever .gitignore says, because build output is often ignored.',
        cure: 'Add them to .lambdaignore or `exclude`; where they are meant, an `include` line that matches them ends this warning.',
        docs: 'packaging.md#what-ships',
    });
}
/** Whether a path, or a folder above it, is matched. */
function matches(rules, file) {
    const parts = file.split('/');
    return parts.some((_, index) => lastMatch(rules, {
        path: parts.slice(0, index + 1).join('/'), directory: index < parts.length - 1,
    }, -1) >= 0);
}
function inWorkTree(folder) {
    return (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, '.git')) || (external_node_path_default().dirname(folder) !== folder && inWorkTree(external_node_path_default().dirname(folder)));
}
/** Those of the paths that git ignores; files that are committed all the same are none. No git, or one that refuses: none. */
function ignoredByGit(candidates, source) {
    const asked = (0,external_node_child_process_.spawnSync)('git', ['check-ignore', '-z', '--stdin'], {
        cwd: source, input: candidates.join('\0'), encoding: 'utf8', timeout: 10_000, maxBuffer: 64 * 1024 * 1024,
    });
    return asked.status === 0 ? asked.stdout.split('\0').filter((file) => file !== '') : [];
}

;// CONCATENATED MODULE: ./src/package/inspect/node-syntax.ts


/** The Node that this runs on, which is the only one at hand. */
const node_syntax_ours = Number(process.versions.node.split('.', 1)[0]);
/**
 * Has Node look at each handler's file, as a script or module as its name and package.json say. Another major's word is a warning: little
 * syntax ever went (`assert` of imports did).
 */
async function checkNodeSyntax(scripts, env, diagnostics) {
    const once = [...new Map(scripts.map((script) => [`${script.major} ${script.file}`, script])).values()];
    await Promise.all(once.map(async (script) => {
        const refusal = await refusalOf(script, env);
        if (refusal !== undefined)
            node_syntax_tell(script, refusal, diagnostics);
    }));
}
/** Where nothing says what a file is, it is sound as either. */
async function refusalOf({ text, kind }, env) {
    const asCommon = kind === 'module' ? undefined : await checked(text, 'commonjs', env);
    if (kind === 'commonjs' || (kind === 'unsaid' && asCommon === undefined))
        return asCommon;
    const asModule = await checked(text, 'module', env);
    return asModule === undefined || asCommon === undefined || /\b(?:import|export|await)\b/.test(asCommon.message) ? asModule : asCommon;
}
async function checked(text, type, env) {
    const { code, stderr } = await run(process.execPath, ['--check', `--input-type=${type}`, '-'], {
        cwd: '/',
        env: installerEnv(env),
        input: text,
    });
    const message = /^SyntaxError: (.*)$/m.exec(stderr)?.[1];
    return code === 0 || message === undefined ? undefined : { message, line: lineOf(stderr) };
}
/** `[stdin]:3` or `file:///[stdin]:3` above the line that is quoted. */
function lineOf(stderr) {
    const line = /^\S.*:(\d+)$/m.exec(stderr)?.[1];
    return line === undefined ? undefined : Number(line);
}
function node_syntax_tell({ path, file, major, isCertain }, { message, line }, diagnostics) {
    const isOwn = major === node_syntax_ours && isCertain;
    const text = {
        what: `Node ${node_syntax_ours} cannot load ${path}: ${message}${line === undefined ? '' : ` (line ${line})`}.`,
        why: isOwn
            ? 'The handler lies in it, so every call would fail.'
            : isCertain
                ? `The function runs on Node ${major}, which is not here to be asked.`
                : 'The function\'s runtime is not named, so another Node may run it.',
        cure: 'Fix the file; `node --check` shows the place.', docs: 'packaging.md#syntax', place: { file, ...(line === undefined
                ? {}
                : { line }) },
    };
    if (isOwn)
        diagnostics.error(text);
    else
        diagnostics.warning(text);
}

;// CONCATENATED MODULE: ./src/package/install/requires-python.ts



/** What to say of a lock that was made for other Pythons than the function's: its packages may not be those that this one needs. */
function wrongPython(source, runtime) {
    const range = rangeOf(source);
    if (range === undefined || requires_python_allows(range, runtime.minor))
        return undefined;
    const setting = source.kind === 'poetry' ? 'python' : 'requires-python';
    return {
        what: `${external_node_path_default().basename(source.file)} is for Python ${range}, and the function runs ${runtime.name}.`,
        cure: `Set \`runtime\` to a Python that it is for, or widen \`${setting}\` in pyproject.toml and lock again.`,
        docs: 'packaging.md#python-dependencies',
        place: { file: source.file },
    };
}
function rangeOf({ kind, file }) {
    switch (kind) {
        case 'uv':
        case 'pylock': return toml_text(readToml(file), 'requires-python');
        case 'poetry': return toml_text(table(readToml(file), 'metadata'), 'python-versions');
        case 'pyproject': return toml_text(table(readToml(file), 'project'), 'requires-python');
        // The lock names no Python: the project beside it does.
        case 'pdm': {
            const project = external_node_path_default().join(external_node_path_default().dirname(file), 'pyproject.toml');
            return (0,external_node_fs_.existsSync)(project) ? toml_text(table(readToml(project), 'project'), 'requires-python') : undefined;
        }
        default: return undefined;
    }
}
/** Whether some patch of Python 3.`minor` fits (PEP 440, and the spellings of Poetry). What is not understood fits. */
function requires_python_allows(range, minor) {
    return range.split(/\s*\|\|?\s*/).some((part) => part.split(',').every((each) => requires_python_fits(each.trim(), minor)));
}
function requires_python_fits(single, minor) {
    const [, operator = '', digits = '', star] = /^(~=|\^|~|[<>=!]=?=?)?\s*v?(\d+(?:\.\d+)*)(\.\*)?/.exec(single) ?? [];
    if (digits === '')
        return true;
    const [major = 0, wanted, patch] = digits.split('.').map(Number);
    const has = (lowest, highest) => minor >= lowest && minor <= highest;
    // 3.12 as a whole is 3.12.0 and all that follow; a bound in its middle leaves some of it.
    const [floor, isWhole] = [wanted ?? 0, patch === undefined || patch === 0];
    if (major !== 3)
        return operator.startsWith('<') || operator === '!='
            ? major > 3 || operator === '!='
            : operator.startsWith('>') ? major < 3 : major === 3;
    switch (operator) {
        case '>=': return minor >= floor;
        case '>': return isWhole && patch === undefined ? minor > floor || wanted === undefined : minor >= floor;
        case '<': return isWhole ? minor < floor : minor <= floor;
        case '<=': return minor <= floor;
        case '!=': return !(star !== undefined && minor === floor);
        case '^': return minor >= floor;
        case '~':
        case '~=': return operator === '~=' && patch === undefined ? minor >= floor : wanted === undefined || has(floor, floor);
        default: return wanted === undefined || has(floor, floor);
    }
}

;// CONCATENATED MODULE: ./src/package/check-source.ts

























/**
 * Cheap checks before anything else runs, on what lies in the repository: the folder, the zip and the requirements file exist, the
 * handler is in the source and what it loads can be compiled, no secret is there. Every finding is an error or warning in `diagnostics`,
 * with its place. What a layer may hold is a warning where the function has layers.
 */
async function checkSources(functions, around, diagnostics) {
    const runtimes = functions.filter(({ code }) => code.package === undefined).map(({ code }) => runtimeOf(code));
    lookForPythons(runtimes.flatMap((runtime) => runtime.family === 'python' ? [runtime.minor] : []), around.env);
    const loaded = functions.flatMap((each) => checkOne(each, around, diagnostics));
    await Promise.all([
        checkPythonSyntax(loaded.flatMap(({ python }) => python), around.env, diagnostics),
        checkNodeSyntax(loaded.flatMap(({ node }) => node), around.env, diagnostics),
    ]);
}
/** Answers the files of its own that the handler loads. */
function checkOne({ name, code, settings }, { sources, env }, diagnostics) {
    if (!checkPaths(code, { functionName: name, env }, diagnostics) || code.package !== undefined)
        return { python: [], node: [] };
    const runtime = runtimeOf(code);
    const tree = sources.app(code);
    const paths = tree.files.map((file) => file.path);
    diagnostics.all.push(...tree.problems);
    checkSecrets(tree.files, code.include, diagnostics);
    checkPointers(tree.files, diagnostics);
    checkLocalState(code, tree.files, diagnostics);
    const listed = lacksList(code) || checkDependencies(code, { runtime, env, sources }, diagnostics);
    const own = { ...ownFiles(tree, []), paths };
    checkFunction({
        code, runtime, complete: !listed, layers: settings.layers.length > 0, manifest: () => undefined, ...own,
    }, diagnostics);
    const certain = code.runtime !== undefined;
    return {
        python: runtime.family === 'python'
            ? loadedFiles(code, own).map((file) => ({ ...file, minor: runtime.minor, isCertain: certain }))
            : [],
        node: runtime.family === 'node' ? handlerScript(code, own).map((file) => ({ ...file, major: runtime.major, isCertain: certain })) : [],
    };
}
function loadedFiles(code, own) {
    const python = (path) => path.endsWith('.py') ? own.read(path, readPython) : undefined;
    const reached = reachedFiles({ handler: code.handler, index: moduleIndex(own.paths), read: python });
    return [...reached].flatMap(([path, when]) => {
        const file = own.diskPath(path);
        return file === undefined || !path.endsWith('.py') ? [] : [{ path, file, when, unread: python(path)?.unread }];
    });
}
function handlerScript(code, own) {
    const path = nodeHandlerFile({ handler: code.handler, paths: own.paths });
    const [file, text] = path === undefined ? [] : [own.diskPath(path), own.text(path)];
    return path === undefined || file === undefined || text === undefined || !/\.[cm]?js$/.test(path)
        ? []
        : [{ path, file, text, kind: moduleKind(path, own.text) }];
}
/** Whether there are dependencies; reads their list as far as that needs no installer. */
function checkDependencies(code, { runtime, env, sources }, diagnostics) {
    const source = findDependencies(code, runtime, workspaceOf(code.source, env));
    if (source === undefined) {
        checkUnlisted(code.source, runtime.family, diagnostics);
        return false;
    }
    if (code.runtime === undefined) {
        diagnostics.error({
            what: `The dependencies of ${source.file} need a \`runtime\` to be installed for.`,
            cure: "Name the function's runtime, such as `python3.13`.",
            place: { file: source.file },
        });
    }
    try {
        if (isForNode(source.kind)) {
            if (source.kind === 'package')
                diagnostics.warning(unlocked(source.file));
            readNodeFiles(source, code.source);
            checkLinked(linkedFolders(source, code.source, sources), code, diagnostics);
        }
        else
            checkPythonList(source, { runtime, env }, diagnostics);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        diagnostics.error(error.text);
    }
    return true;
}
function checkPythonList(source, { runtime, env }, diagnostics) {
    checkLocals(readWanted(source, env), source.file, diagnostics);
    const wrong = runtime.family === 'python' ? wrongPython(source, runtime) : undefined;
    if (wrong !== undefined)
        diagnostics.error(wrong);
}
function unlocked(file) {
    return {
        what: `${file} lists dependencies, and no lock pins them.`, why: 'Each run asks for the newest versions that fit, so the '
            + 'same commit may give another package tomorrow.',
        cure: 'Run `npm install` and commit package-lock.json.', docs: 'packaging.md#node', place: { file },
    };
}
/** Folders and files that a list names, and that are not there: often a path of the machine that the list was made on. */
function checkLocals({ locals }, file, diagnostics) {
    for (const local of locals) {
        const place = local.place ?? { file };
        if (!(0,external_node_fs_.existsSync)(local.path)) {
            const why = 'A requirement by its path is built from the repository.';
            diagnostics.error({
                what: `${external_node_path_default().basename(file)} asks for ${local.path}, which does not exist.`, why, cure: check_source_absentCure(local.path, file), place,
            });
        }
        else if (!hasHash(local)) {
            const why = 'The list gives a hash for it, and the file has another.';
            diagnostics.error({
                what: `${local.path} is not the file that ${external_node_path_default().basename(file)} was made with.`, why,
                cure: 'Make the list again with its tool, or bring the file back.', place,
            });
        }
    }
}
/** How far above a list its paths may begin that its tool wrote from the workspace's root. */
const check_source_reach = 4;
function check_source_absentCure(place, list) {
    const folder = external_node_path_default().dirname(list);
    const way = external_node_path_default().relative(folder, place);
    const above = Array.from({ length: check_source_reach }, (_, depth) => '../'.repeat(depth + 1)).find((up) => (0,external_node_fs_.existsSync)(external_node_path_default().join(folder, up, way)));
    // uv export writes paths from the root of the workspace (uv issue 20238).
    if (above !== undefined && !way.startsWith('..'))
        return `Write \`${above}${way}\`: the path counts from the list's own folder.`;
    // `pip freeze` in a conda environment tells where conda built each package.
    return /^\/(?:home\/conda|croot|tmp\/build|opt\/conda|.*\/feedstock_root)\//.test(place)
        ? 'It is where conda built the package: write the list with `pip list --format=freeze`, which has names and versions.'
        : 'Fix the path, or ask for a released version by its name.';
}
/** Whether a file has one of the hashes that its line gives. */
function hasHash({ path: file, hashes = [] }) {
    if (hashes.length === 0 || !(0,external_node_fs_.statSync)(file).isFile())
        return true;
    const bytes = (0,external_node_fs_.readFileSync)(file);
    return hashes.some((hash) => {
        const [algorithm = '', digest] = hash.split(':');
        return !(0,external_node_crypto_.getHashes)().includes(algorithm) || (0,external_node_crypto_.createHash)(algorithm).update(bytes).digest('hex') === digest;
    });
}

;// CONCATENATED MODULE: ./src/package/install/abandon.ts


/** Leaves nothing of builds that were given up: no program that still runs, no folder that nobody will use. */
function abandonBuilds() {
    endPrograms();
    removeScratch();
}

;// CONCATENATED MODULE: ./src/package/tree/sources.ts




/** Nothing is read before it is asked for. `cacheDir` is absolute: where it lies in a source folder, it is none of the app's. */
function openSources({ env, cacheDir }) {
    const keeper = memory();
    const trees = new Map();
    const known = (key, read) => {
        const text = JSON.stringify(key);
        const tree = trees.get(text) ?? read();
        trees.set(text, tree);
        return tree;
    };
    return {
        app(code) {
            const { family } = runtimeOf(code);
            return known([code.source, family, code.exclude, code.include], () => {
                const workspace = workspaceOf(code.source, env);
                return readTree(code.source, {
                    rules: appRules(code, family), never: [external_node_path_default().resolve(cacheDir)], workspace, keepLinks: family !== 'python',
                }, keeper);
            });
        },
        folder: (root, rules) => known([root, rules.map((rule) => rule.text)], () => readTree(root, { rules, never: [external_node_path_default().resolve(cacheDir)], workspace: workspaceOf(root, env), keepLinks: true }, keeper)),
    };
}
/** Of a usual app all stays in memory; of a large one this much, so that a run of a 236 MB tree takes no more memory than its zip does. */
const room = { code: 16 * 1024 * 1024, rest: 16 * 1024 * 1024 };
const largest = { code: 8 * 1024 * 1024, rest: 256 * 1024 };
/** Code has room of its own, because handlers and imports are looked at again and may come last in the tree. */
function memory() {
    const left = { ...room };
    return {
        keeps({ path: name, size }) {
            const kind = /\.(?:py|[cm]?[jt]s|json)$/.test(name) ? 'code' : 'rest';
            if (size > largest[kind] || size > left[kind])
                return false;
            left[kind] -= size;
            return true;
        },
    };
}

;// CONCATENATED MODULE: ./src/package/index.ts








/***/ })

};

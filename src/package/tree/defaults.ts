/**
 * What never belongs into a package although it lies in the app's folder. For the app's own source alone: a dependency's folders are
 * its own business (an `env` or `tests` folder inside a library is code). `.lambdaignore`, `exclude` and `include` come after it.
 */
export const defaultExcludes: readonly string[] = [
  '.git', '.github', '.gitignore', '.gitattributes', '.gitlab-ci.yml', '.hg', '.svn',
  '.venv', 'venv', '__pycache__', '*.pyc', '*.pyo', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.tox', '.nox', '.hypothesis',
  'htmlcov', '.coverage', '.coverage.*', '*.egg-info',
  '.idea', '.vscode', '.DS_Store', 'Thumbs.db', '*.swp',
  // Settings of tools that often hold tokens.
  '.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml', '.bunfig.toml', '.pypirc', '.netrc', 'pip.conf', 'uv.toml', '.git-credentials',
  '.aws-sam', '.serverless', '.chalice', '.terraform', '*.tfstate', '*.tfstate.*', '.pre-commit-config.yaml',
  '/.lambdaignore', '/lambda-api.yml', '/lambda-api.yaml', '/*.zip',
]

/** Out of the app's source for Python: the dependencies that a browser part or a tool of the repository has. */
export const pythonExcludes: readonly string[] = ['node_modules']

/** Out of the app's source for Node: its `node_modules` are installed anew from the lock, for the target and without the tools. */
export const nodeExcludes: readonly string[] = [
  '/node_modules', '.pnpm-store',
  // Yarn's own releases, its cache of packages, and what it plugs and plays with.
  '/.yarn', '/.pnp.*', '/.pnpmfile.cjs',
]

/** Files that list or lock dependencies at the root: what they ask for is installed, they themselves are of no use on Lambda. */
export const pythonLists: readonly string[] = [
  '/requirements*.txt', '/constraints*.txt', '/uv.lock', '/pylock.toml', '/pylock.*.toml', '/poetry.lock', '/poetry.toml', '/pdm.lock',
  '/Pipfile', '/Pipfile.lock',
]
export const nodeLists: readonly string[] = [
  '/package-lock.json', '/npm-shrinkwrap.json', '/pnpm-lock.yaml', '/pnpm-workspace.yaml', '/yarn.lock', '/bun.lock',
  '/bun.lockb',
]

/** Secrets by name. Finding one is an error, unless an `include` line spells its path. */
export const secretNames: readonly string[] = [
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
]

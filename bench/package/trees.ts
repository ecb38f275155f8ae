import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A tree of installed packages: what a zip is made from. */
export interface Tree {
  readonly name: 'S' | 'L' | 'N' | 'V'
  readonly about: string
  readonly python: readonly string[]
  readonly node: readonly string[]
}

/** Pinned, so that numbers of different days speak of the same trees. */
const small = ['numpy==2.2.6', 'requests==2.32.3']
const pythonLarge = ['pandas==2.3.3', 'scipy==1.15.3', 'django==5.2.4']

export const trees: readonly Tree[] = [
  { name: 'S', about: 'numpy, requests, date-fns', python: small, node: ['date-fns@4.1.0'] },
  { name: 'L', about: 'numpy, pandas, scipy, django, requests', python: [...small, ...pythonLarge], node: [] },
  { name: 'N', about: 'node_modules: AWS SDK v3, date-fns, lodash, rxjs', python: [],
    node: [
      '@aws-sdk/client-s3@3.850.0', '@aws-sdk/client-api-gateway@3.1142.0', '@aws-sdk/client-cloudwatch-logs@3.1169.0',
      '@aws-sdk/client-iam@3.1169.0', 'date-fns@4.1.0', 'lodash@4.17.21', 'rxjs@7.8.2', 'zod@3.25.76',
    ] },
]

/** What somebody has who followed the tutorial: the packages lie beside the handler. */
export const vendored: Tree = {
  name: 'V', about: 'numpy, scipy, django, requests, boto3 beside a handler',
  python: [...small, 'scipy==1.15.3', 'django==5.2.4', 'boto3==1.40.0'], node: [],
}

/** Installs a tree below `folder`, once; answers its place. Needs the package indexes and Python with pip. */
export function rebuild(tree: Tree, folder: string): string {
  const place = path.join(folder, tree.name)
  if (existsSync(place)) return place
  process.stderr.write(`Installing tree ${tree.name} (${tree.about})\n`)
  const fresh = `${place}.fresh`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  if (tree.python.length > 0) {
    execFileSync('python3', [
      '-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', '--root-user-action', 'ignore',
      '--only-binary=:all:', '--target', fresh, ...tree.python,
    ], { stdio: 'inherit' })
  }
  if (tree.node.length > 0) {
    writeFileSync(path.join(fresh, 'package.json'), '{"private":true}')
    execFileSync('npm', [
      'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', ...tree.node,
    ], { cwd: fresh, stdio: 'inherit' })
  }
  renameSync(fresh, place)
  return place
}

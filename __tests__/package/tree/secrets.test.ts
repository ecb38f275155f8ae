import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { codeOf, findings, removeFolders, write } from '../support.ts'

afterAll(removeFolders)

const app = 'def handler(event, context):\n    return 1\n'
const body = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n'
const pem = (label: string): string => `-----BEGIN ${label}-----\n${body}-----END ${label}-----\n`

async function said(name: string, content: string | Buffer): Promise<readonly string[]> {
  return (await findings(codeOf(write({ 'app.py': app, [name]: content })))).map(({ what }) => what)
}

describe('packaging 14: a file that is named like a key', () => {
  test.each([
    ['PKCS#1 public key', 'keys/jwt.pem', pem('RSA PUBLIC KEY')],
    ['PGP public key', 'keys/vendor.key', '-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: 2\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n'],
    ['SSH public key, RFC 4716', 'keys/host.key', '---- BEGIN SSH2 PUBLIC KEY ----\nComment: "x"\nAAAAB3NzaC1yc2E\n---- END SSH2 PUBLIC KEY ----\n'],
    ['SSH public key, one line', 'keys/host.pem', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me@example\n'],
    ['certificate request', 'req.pem', pem('CERTIFICATE REQUEST')],
    ['PKCS#7 bundle', 'bundle.pem', pem('PKCS7')],
    ['curve parameters', 'ec.pem', pem('EC PARAMETERS')],
    ['text before the certificate', 'chain.pem', `subject=/CN=ca\n${pem('CERTIFICATE')}${pem('X509 CRL')}`],
    ['Windows line ends', 'win.pem', pem('PUBLIC KEY').replaceAll('\n', '\r\n')],
    ['slides of Keynote', 'talk.key', Buffer.from('PK\x03\x04 and so on', 'latin1')],
  ])('%s is public and ships', async (_what, name, content) => {
    expect(await said(name, content)).toEqual([])
  })

  test.each([
    ['private key', 'jwt.pem', pem('PRIVATE KEY')],
    ['encrypted private key', 'jwt.pem', pem('ENCRYPTED PRIVATE KEY')],
    ['private key behind its public half', 'pair.key', pem('RSA PUBLIC KEY') + pem('RSA PRIVATE KEY')],
    ['private key behind its parameters', 'ec.pem', pem('EC PARAMETERS') + pem('EC PRIVATE KEY')],
    ['PGP private key', 'me.key', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n-----END PGP PRIVATE KEY BLOCK-----\n'],
    ['SSH private key, SSH.com\'s form', 'host.key', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAA\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n'],
    ['OpenVPN\'s static key', 'ta.key', '-----BEGIN OpenVPN Static key V1-----\n0123456789abcdef\n-----END OpenVPN Static key V1-----\n'],
    ['bytes that say nothing', 'der.key', Buffer.from([0x30, 0x82, 0x04, 0xa4])],
  ])('%s is an error', async (_what, name, content) => {
    expect(await said(name, content)).toEqual([`The package would hold ${name}.`])
  })
})

test('packaging 15: pointers of Git LFS in place of the files are a warning that names them', async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 132735004\n`
  const found = await findings(codeOf(write({ 'app.py': app, 'model.onnx': pointer, 'data/words.bin': pointer, 'README.md': `We use Git LFS.\n${pointer}` })))
  expect(found).toMatchObject([{ severity: 'warning', what: 'data/words.bin, model.onnx: only the pointer of Git LFS is there, not the file.' }])
  expect(found[0]?.cure).toMatch(/`lfs: true`/)
})

describe('break 26: a link shows what it leads to', () => {
  const linked = (files: Parameters<typeof write>[0]): Promise<readonly string[]> => {
    const folder = write({ '.git/config': '[http]\n\textraheader = AUTHORIZATION: basic eA==\n', 'app/app.py': app, ...files })
    return findings(codeOf(path.join(folder, 'app'))).then((found) => found.map(({ what }) => what))
  }

  test('into .git, where the token of the checkout may be', async () => {
    expect(await linked({ 'app/settings.txt': { link: '../.git/config' } })).toEqual([expect.stringMatching(/settings\.txt is a link to \.\.\/\.git\/config, into the repository's \.git\.$/)])
    expect(await linked({ 'app/tools': { link: '../.git' } })).toEqual([expect.stringMatching(/into the repository's \.git\.$/)])
  })

  test('to a file whose own name is a secret\'s', async () => {
    expect(await linked({ '.env': 'TOKEN=1\n', 'app/settings.txt': { link: '../.env' } })).toEqual(['The package would hold settings.txt.'])
  })

  test('to a shared file, and it ships', async () => {
    expect(await linked({ 'shared/names.txt': 'Ada\n', 'app/names.txt': { link: '../shared/names.txt' } })).toEqual([])
  })
})

test('break 20: links that fan out are told, and not followed for ever', async () => {
  const levels = Array.from({ length: 24 }, (_, level) => level)
  const files = Object.fromEntries(levels.flatMap((level) => ['a', 'b'].map((name) => [`l${level}/${name}`, level === 23 ? '' : { link: `../l${level + 1}` }])))
  const found = await findings(codeOf(write({ 'app.py': app, ...files })))
  expect(found.map(({ what }) => what)).toEqual([expect.stringMatching(/is one of more than 1000 links to folders\.$/)])
})

test('break 20: pipes in the place of files that are read by name are told, and not waited for', async () => {
  const folder = write({ 'app.py': app })
  for (const name of ['.lambdaignore', 'requirements.txt', 'uv.lock']) execFileSync('mkfifo', [path.join(folder, name)])
  const found = await findings(codeOf(folder))
  expect(found.map(({ what }) => what)).toEqual(['.lambdaignore', 'requirements.txt', 'uv.lock'].map((name) => `${path.join(folder, name)} is no file.`))
})

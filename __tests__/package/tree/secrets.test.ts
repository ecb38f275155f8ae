import { afterAll, describe, expect, test } from '@jest/globals'
import { codeOf, findings, removeFolders, write } from '../support.ts'

afterAll(removeFolders)

const app = 'def handler(event, context):\n    return 1\n'
const body = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n'
const pem = (label: string): string => `-----BEGIN ${label}-----\n${body}-----END ${label}-----\n`

async function said(name: string, content: string | Buffer): Promise<readonly string[]> {
  return (await findings(codeOf(write({ 'app.py': app, [name]: content })))).map(({ what }) => what)
}

describe('a file that is named like a key', () => {
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

test('pointers of Git LFS in place of the files are a warning that names them', async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 132735004\n`
  const found = await findings(codeOf(write({ 'app.py': app, 'model.onnx': pointer, 'data/words.bin': pointer, 'README.md': `We use Git LFS.\n${pointer}` })))
  expect(found).toMatchObject([{ severity: 'warning', what: 'data/words.bin, model.onnx: only the pointer of Git LFS is there, not the file.' }])
  expect(found[0]?.cure).toMatch(/`lfs: true`/)
})

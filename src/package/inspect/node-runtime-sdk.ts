/**
 * The parts of the SDK for JavaScript v3 that Lambda's Node runtimes carry
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html):
 * the clients and what they stand on. Some packages of the same scopes are not among them: a false error is worse than a missed one, so
 * only those are left out that reports name, or that left the SDK before the runtimes of today.
 */
export function isInRuntime(name: string): boolean {
  const [scope = '', part = ''] = name.split('/')
  switch (scope) {
    case '@smithy': return true
    case '@aws-sdk': return !moved.has(part)
    // The Encryption SDK has the same scope and must be shipped (aws-encryption-sdk-javascript issue 1103).
    case '@aws-crypto': return hashes.has(part)
    case '@aws': return part === 'lambda-invoke-store'
    default: return false
  }
}

/** What the SDK's clients depend on of `@aws-crypto`. */
const hashes = new Set(['crc32', 'crc32c', 'sha1-browser', 'sha256-browser', 'sha256-js', 'supports-web-crypto', 'ie11-detection', 'util'])

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
])

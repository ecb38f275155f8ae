import { oneOf } from '../kinds/basic.ts'

const yes = ['true', 'yes', 'on', 'enabled', 'enable']
const no = ['false', 'no', 'off', 'disabled', 'disable', 'none']

/** Settings that take one of a few words, each with what other tools call the same. */
export const architecture = oneOf(['x86_64', 'arm64'], {
  x86_64: ['x86', 'x64', 'x86-64', 'amd64', 'amd', 'intel', 'i386', 'linux/amd64'],
  arm64: ['arm', 'aarch64', 'arm-64', 'armv8', 'graviton', 'graviton2', 'linux/arm64'],
})

export const tracing = oneOf(['active', 'pass-through'], { active: [...yes, 'x-ray', 'xray'], 'pass-through': [...no, 'passive'] })

export const logFormat = oneOf(['json', 'text'], { json: ['structured'], text: ['plain', 'txt', 'plain-text', 'plaintext'] })

export const endpointType = oneOf(['REGIONAL', 'EDGE'], { EDGE: ['edge-optimized', 'cloudfront', 'global'] })

export const command = oneOf(['deploy', 'plan', 'promote', 'rollback', 'destroy', 'sweep'], {
  deploy: ['up', 'apply', 'create', 'update', 'publish', 'release', 'run'],
  plan: ['diff', 'dry-run', 'preview', 'check', 'validate', 'what-if'],
  rollback: ['revert', 'undo', 'back', 'restore'],
  destroy: ['delete', 'remove', 'teardown', 'down', 'undeploy', 'uninstall', 'clean'],
})

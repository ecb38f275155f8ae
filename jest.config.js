// jest 30 strips the types itself on Node 24 (no transformer); tests are type-checked by `tsc -p tsconfig.check.json`.
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  roots: ['<rootDir>/__tests__'],
  globalSetup: './__tests__/support/global-setup.js',
  globalTeardown: './__tests__/support/global-teardown.js',
  testMatch: ['**/*.test.ts'],
  testTimeout: 120_000,
}

// jest 30 strips the types itself on Node 24 (no transformer); tests are type-checked by `tsc -p tsconfig.check.json`.
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  // One configuration for the workspaces, too: their tests share the local AWS of a run.
  roots: ['<rootDir>/__tests__', '<rootDir>/local-aws/__tests__'],
  globalSetup: './scripts/test/global-setup.js',
  globalTeardown: './scripts/test/global-teardown.js',
  setupFilesAfterEnv: ['./scripts/test/note-evidence.mjs'],
  testMatch: ['**/*.test.ts'],
  // Ends what hangs; a busy machine is no failure.
  testTimeout: 900_000,
}

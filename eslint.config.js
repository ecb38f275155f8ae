import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import ts from 'typescript-eslint'

/** What the compiler cannot see. Layout is left to the eye, imports between rooms to scripts/house. */
export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.cache/', 'examples/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // An async function that fits an interface or keeps a thrown error inside its promise needs no await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'max-params': ['error', 3],
    },
  },
  {
    // A table of cases has as many columns as it needs.
    files: ['**/__tests__/**/*.ts'],
    rules: { 'max-params': 'off' },
  },
  {
    // Members of parsed requests are `unknown` until the service model has refused what is no string.
    files: ['local-aws/**/*.ts', '__tests__/**/*.ts'],
    rules: { '@typescript-eslint/no-base-to-string': 'off' },
  },
  {
    // What the action says goes through its progress, which masks, groups and escapes.
    files: ['src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(['process', 'console', 'URL', 'setTimeout', 'clearTimeout', 'setInterval', 'fetch', 'Buffer', 'AbortController', 'AbortSignal', 'DOMException'].map((name) => [name, 'readonly'])),
    },
  },
)

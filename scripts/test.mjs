import { runTypeScript } from './lib/typescript.mjs'

await runTypeScript('scripts/test/main.ts')

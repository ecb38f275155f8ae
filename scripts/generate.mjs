import { runTypeScript } from './lib/typescript.mjs'

await runTypeScript('scripts/generate/main.ts')

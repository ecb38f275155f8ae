import { runTypeScript } from './lib/typescript.mjs'

await runTypeScript('scripts/demo/main.ts')

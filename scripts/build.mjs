import { runTypeScript } from './lib/typescript.mjs'

await runTypeScript('scripts/build/main.ts')

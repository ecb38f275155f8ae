import { runTypeScript } from './lib/typescript.mjs'

await runTypeScript('local-aws/main.ts')

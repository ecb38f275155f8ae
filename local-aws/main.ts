import { parseArgs } from 'node:util'
import { startLocalAws } from './server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4566' },
    engine: { type: 'string' },
    'clock-rate': { type: 'string', default: '1' },
    'until-stdin-ends': { type: 'boolean', default: false },
  },
})

try {
  const local = await startLocalAws({ port: Number(values.port), clockRate: Number(values['clock-rate']), ...(values.engine === undefined ? {} : { engine: values.engine }) })
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void local.stop().then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  // Whoever starts us as a child hands us a pipe: its end means that the parent is gone, however it died.
  if (values['until-stdin-ends']) process.stdin.on('end', stop).on('error', stop).resume()
  console.log(`Local AWS serves on ${local.url}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

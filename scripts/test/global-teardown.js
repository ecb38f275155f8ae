import { rmSync } from 'node:fs'

export default async function tearDown() {
  if (process.env.TEST_PACKAGE_CACHE !== undefined) rmSync(process.env.TEST_PACKAGE_CACHE, { recursive: true, force: true })
  const child = globalThis.localAws
  if (child === undefined || child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(force)
}

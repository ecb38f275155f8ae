// Loaded into a child process with `node --import`: its timers and dates run at the rate of local AWS's virtual clock, so that no test waits in real time.
// LOCAL_AWS_CLOCK_RATE and LOCAL_AWS_CLOCK_EPOCH come from `clockEnvironment`; without them, or at rate 1, nothing changes.
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { performance } from 'node:perf_hooks'

const rate = Number(process.env.LOCAL_AWS_CLOCK_RATE ?? 1)
const epoch = Number(process.env.LOCAL_AWS_CLOCK_EPOCH ?? 0)
if (rate !== 1) scale()

function scale() {
  const require = createRequire(import.meta.url)
  const timers = require('node:timers')
  const promises = require('node:timers/promises')
  const perf = require('node:perf_hooks')
  const shorter = (ms) => (Number.isFinite(Number(ms)) ? Number(ms) / rate : ms)

  for (const name of ['setTimeout', 'setInterval']) {
    const real = timers[name]
    const scaled = (callback, ms, ...args) => real(callback, shorter(ms), ...args)
    // util.promisify goes by this symbol, whose value is the promises' own function: scaled below.
    Object.defineProperty(scaled, Symbol.for('nodejs.util.promisify.custom'), { get: () => promises[name] })
    timers[name] = globalThis[name] = scaled
  }
  const { setTimeout: wait, setInterval: every, scheduler } = promises
  promises.setTimeout = (ms, ...args) => wait(shorter(ms), ...args)
  promises.setInterval = (ms, ...args) => every(shorter(ms), ...args)
  // A scheduler may only be called on itself, so that one method of it is replaced.
  Object.defineProperty(scheduler, 'wait', { configurable: true, value: (ms, options) => wait(shorter(ms), undefined, options) })
  // AbortSignal.timeout stands on timers.setTimeout and needs nothing of its own.

  const RealDate = Date
  const now = () => Math.floor(epoch + (RealDate.now() - epoch) * rate)
  // A proxy and no subclass: Date is also called without `new`, and existing dates stay instances of it.
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  })
  const realNow = performance.now.bind(performance)
  const start = realNow()
  perf.performance.now = () => start + (realNow() - start) * rate
  syncBuiltinESMExports()
}

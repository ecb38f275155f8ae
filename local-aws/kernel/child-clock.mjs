// Loaded into a child process with `node --import`: it then lives by the clock of an account of local AWS, and what it waits for costs no
// real time.
// `childClock` of client.ts makes LOCAL_AWS_CLOCK (where the clock is asked and told) and LOCAL_AWS_PACE; without them nothing changes.
//
// Where the account's clock stands, only waiting moves it: a timer fires when nothing else is left to do in the process, and the clock of
// the account
// is first moved on to the timer's moment. So nothing depends on how fast the machine is: a request, an installation or a hash takes no
// virtual time
// at all, however slow it is. A time-out of something that hangs fires after its real time, since the process has work until then, and
// moves nothing.
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { performance } from 'node:perf_hooks'

// Not imported: to give a module of Node's own its exports as an ES module, Node reads each of them, and `http.WebSocket` loads all of
// undici.
const { request, Agent } = createRequire(import.meta.url)('node:http')
const realSetTimeout = setTimeout
const realNow = performance.now.bind(performance)
const RealDate = Date
/** How often a waiting process looks whether it has anything else to do, in real milliseconds. */
const tickMs = 2
/**
 * What keeps the event loop alive without being work: timers, and the process's own output. A child's pipes stand beside its ProcessWrap.
 */
const noWork = new Set(['Timeout', 'PipeWrap', 'TTYWrap'])
const isQuiet = () => process.getActiveResourcesInfo().every((resource) => noWork.has(resource))

const { LOCAL_AWS_CLOCK: url, LOCAL_AWS_PACE: pace } = process.env
const agent = new Agent({ keepAlive: true })
if (url !== undefined) liveBy(await ask('GET'), Number(pace))

function liveBy({ now: startsAt, rate }, pace) {
  let moved = startsAt
  let movedAt = realNow()
  const now = () => moved + (realNow() - movedAt) * rate
  const timers = new Set()
  let watching
  let quietTicks = 0

  class Timer {
    constructor(work, ms, { repeats = false } = {}) {
      const wanted = Number(ms)
      Object.assign(this, { work, repeats, ms: wanted >= 1 && wanted <= 2 ** 31 - 1 ? wanted : 1, isRef: true })
      this.refresh()
    }
    refresh() {
      Object.assign(this, { due: now() + this.ms, since: realNow() })
      timers.add(this)
      watch()
      return this
    }
    ref() {
      this.isRef = true
      watch()
      return this
    }
    unref() {
      this.isRef = false
      watch()
      return this
    }
    hasRef() {
      return this.isRef
    }
    close() {
      timers.delete(this)
      return this
    }
    [Symbol.toPrimitive]() {
      return numberOf(this)
    }
    [Symbol.dispose]() {
      this.close()
    }
  }

  const numbers = new Map()
  const numberOf = (timer) => {
    timer.number ??= numbers.size + 1
    numbers.set(timer.number, timer)
    return timer.number
  }

  /** One real timer stands for all virtual ones, and keeps the process alive where one of them does. */
  function watch() {
    if (timers.size === 0) return
    watching ??= realSetTimeout(() => void tick(), tickMs)
    if ([...timers].some(({ isRef }) => isRef)) watching.ref()
    else watching.unref()
  }

  async function tick() {
    quietTicks = isQuiet() ? quietTicks + 1 : 0
    const inOrder = [...timers].sort((a, b) => a.due - b.due)
    const [first] = inOrder
    const waited = ({ since }) => realNow() - since
    const isIdle = rate === 0 && quietTicks > 1 && inOrder.some(({ isRef }) => isRef) && waited(first) >= first.ms / pace
    if (isIdle && first.due > now()) await moveTo(first.due)
    const next = first?.due <= now() ? first : rate === 0 ? inOrder.find((timer) => waited(timer) >= timer.ms) : undefined
    if (next !== undefined) quietTicks = 0
    // Others may have stopped it while the clock was moved.
    if (timers.has(next)) fire(next)
    watching = undefined
    watch()
  }

  function fire(timer) {
    timers.delete(timer)
    if (timer.repeats) timer.refresh()
    timer.work()
  }

  /** Tells the account's clock, and takes over what it says: somebody else may have moved it further. */
  async function moveTo(moment) {
    moved = Math.max(moment, (await ask('POST', { to: moment })).now)
    movedAt = realNow()
  }

  install({ Timer, numbers, now })
}

/** The account's clock; a local AWS that is gone is the product's to report, and a clock of its own goes on. */
function ask(method, body) {
  return new Promise((resolve) => {
    const gone = () => resolve({ now: RealDate.now(), rate: 0 })
    const sent = request(url, { method, agent }, (answer) => {
      let text = ''
      answer
        .setEncoding('utf8')
        .on('data', (piece) => (text += piece))
        .on('end', () => (answer.statusCode === 200 ? resolve(JSON.parse(text)) : gone()))
    })
    sent.on('error', gone).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

function install({ Timer, numbers, now }) {
  const require = createRequire(import.meta.url)
  const timers = require('node:timers')
  const promises = require('node:timers/promises')
  const perf = require('node:perf_hooks')
  const real = { clearTimeout: timers.clearTimeout, clearInterval: timers.clearInterval }

  for (const [name, repeats] of [['setTimeout', false], ['setInterval', true]]) {
    const virtual = (callback, ms, ...args) => {
      if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.')
      return new Timer(() => callback(...args), ms, { repeats })
    }
    // util.promisify goes by this symbol, whose value is the promises' own function.
    Object.defineProperty(virtual, Symbol.for('nodejs.util.promisify.custom'), { get: () => promises[name] })
    timers[name] = globalThis[name] = virtual
  }
  for (const name of ['clearTimeout', 'clearInterval']) {
    timers[name] = globalThis[name] = (timer) => {
      const own = timer instanceof Timer ? timer : typeof timer === 'object' ? undefined : numbers.get(Number(timer))
      if (own === undefined) real[name](timer)
      else own.close()
    }
  }
  promises.setTimeout = (ms, value, options = {}) => wait(Timer, ms, options).then(() => value)
  promises.setInterval = async function* (ms, value, options = {}) {
    for (;;) {
      await wait(Timer, ms, options)
      yield value
    }
  }
  // A scheduler may only be called on itself, so that one method of it is replaced.
  Object.defineProperty(promises.scheduler, 'wait', { configurable: true, value: (ms, options = {}) => wait(Timer, ms, options) })

  AbortSignal.timeout = (ms) => {
    const controller = new AbortController()
    new Timer(() => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms).unref()
    return controller.signal
  }

  const date = () => Math.floor(now())
  // A proxy and no subclass: Date is also called without `new`, and existing dates stay instances of it.
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [date()] : args, newTarget),
    apply: () => new RealDate(date()).toString(),
    get: (target, key) => (key === 'now' ? date : Reflect.get(target, key)),
  })
  const [start, since] = [realNow(), now()]
  perf.performance.now = () => start + now() - since
  syncBuiltinESMExports()
}

function wait(Timer, ms, { signal, ref = true }) {
  return new Promise((resolve, reject) => {
    const abort = () => {
      timer.close()
      const error = new Error('The operation was aborted', { cause: signal.reason })
      reject(Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' }))
    }
    const timer = new Timer(() => {
      signal?.removeEventListener('abort', abort)
      resolve(undefined)
    }, ms)
    if (!ref) timer.unref()
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })
}

/** Measures the parts of a run. */
export class Stopwatch {
  readonly timings: { part: string; seconds: number }[] = []

  async time<T>(part: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now()
    try {
      return await work()
    } finally {
      this.timings.push({ part, seconds: Math.round(performance.now() - start) / 1000 })
    }
  }
}

import PQueue from 'p-queue'

const lanes = new Map<string, PQueue>()

/** Runs writes to one API one after another, in the order in which they come. */
export async function apiLane<T>(apiId: string, work: () => Promise<T>): Promise<T> {
  let lane = lanes.get(apiId)
  if (lane === undefined) lanes.set(apiId, (lane = new PQueue({ concurrency: 1 })))
  return lane.add(work)
}

import type { Context } from './kinds/kind.ts'
import { at, type Given, type Node } from './node.ts'

/**
 * Of the runtimes that a config takes, those whose versions can start from a snapshot. Lambda has it for Java 11, Python 3.12, .NET 8 and
 * later, and for no other managed runtime (developer guide, "Improving startup performance with Lambda SnapStart").
 */
const snapshotRuntimes = /^python3\.(?:1[2-9]|[2-9]\d)$/

/** MB of /tmp beside a snapshot (same source). */
const snapshotStorage = 512

/** What makes no sense together with `snap-start`. */
export function checkStart(given: Given, { findings }: Pick<Context, 'findings'>): void {
  const node = given.get('snap-start')
  if (node === undefined || valueOf(node) !== true) return
  const provisioned = given.get('provisioned-concurrency')
  if (provisioned !== undefined && valueOf(provisioned) !== 0) {
    const why = 'Lambda initializes environments ahead of requests, or starts them from a snapshot, and not both.'
    const what = `${node.label} makes no sense together with provisioned-concurrency.`
    findings.error({ what, why, cure: 'Take one of the two out.', ...at(node) })
  }
  const storage = given.get('ephemeral-storage')
  const size = storage === undefined ? undefined : valueOf(storage)
  if (typeof size === 'number' && size > snapshotStorage) {
    const why = `A snapshot takes no more than ${snapshotStorage} MB of /tmp.`
    const what = `${node.label} makes no sense together with ephemeral-storage: ${size}.`
    findings.error({ what, why, cure: `Set ephemeral-storage to ${snapshotStorage}, or take one of the two out.`, ...at(node) })
  }
  const runtime = given.get('runtime')
  const name = runtime === undefined ? undefined : valueOf(runtime)
  if (typeof name === 'string' && /^(?:python|nodejs)/.test(name) && !snapshotRuntimes.test(name)) {
    const why = 'Lambda has SnapStart for Python 3.12 and later, and none for Node.js.'
    const cure = name.startsWith('python') ? 'Write runtime: python3.13, or take snap-start out.' : 'Take snap-start out.'
    findings.error({ what: `${node.label} does not go with the runtime ${name}.`, why, cure, ...at(node) })
  }
}

function valueOf(node: Node): unknown {
  return node.kind === 'scalar' ? node.value : undefined
}

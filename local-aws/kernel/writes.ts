import type { Operation } from './model/service-model.ts'

/** POST operations of the REST services that only read or run, and change nothing. */
const reads: ReadonlySet<string> = new Set([
  'Invoke',
  'InvokeAsync',
  'InvokeWithResponseStream',
  'TestInvokeMethod',
  'TestInvokeAuthorizer',
])

const readPrefixes = [
  'Get',
  'List',
  'Describe',
  'Head',
  'Filter',
  'Test',
  'Simulate',
  'Assume',
  'Decode',
  'StartQuery',
  'StartLiveTail',
  'StopQuery',
  'Select',
  'BatchGet',
  'Query',
  'Scan',
  'GET ',
]

/** Whether an operation changes something: by its HTTP method where the protocol is REST, else by its name. */
export function isWrite(operation: Operation, protocol: string): boolean {
  if (reads.has(operation.name)) return false
  if (protocol === 'rest-json' || protocol === 'rest-xml') return !['GET', 'HEAD'].includes(operation.http.method)
  return !readPrefixes.some((prefix) => operation.name.startsWith(prefix))
}

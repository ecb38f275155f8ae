/**
 * What Lambda's Python runtimes have beside the standard library, by distribution with its modules: the SDK with what it needs, and the
 * runtime's own client (https://docs.aws.amazon.com/lambda/latest/dg/python-package.html; aws-lambda-base-images).
 */
const shipped: Readonly<Record<string, readonly string[]>> = {
  'boto3': ['boto3'],
  'botocore': ['botocore'],
  's3transfer': ['s3transfer'],
  'jmespath': ['jmespath'],
  'python-dateutil': ['dateutil'],
  'six': ['six'],
  'urllib3': ['urllib3'],
  'awslambdaric': ['awslambdaric', 'bootstrap'], 'snapshot-restore-py': ['snapshot_restore_py'], 'simplejson': ['simplejson'],
}

/** Names of distributions in PEP 503's spelling. */
export const shippedDistributions: ReadonlySet<string> = new Set(Object.keys(shipped))
/** Top-level modules. */
export const shippedModules: ReadonlySet<string> = new Set(Object.values(shipped).flat())

import { refused, type FailedCall, type Reading } from './reading.ts'

/** A domain leads there (terraform-provider-aws#41651, #28774; serverless#3638): the stage alone, or any stage of the API. */
const mapped = /remove all base path mappings related to the (stage|RestApi) in your domains?: (.+?)\.?$/

/** Whose word it is that holds a thing that is to go: what holds it is somebody's own, and he has to take it away. */
export const holderReadings: readonly Reading[] = [
  {
    fits: ({ detail }) => mapped.test(detail),
    text: (call) => {
      const [, what = '', domains = ''] = mapped.exec(call.detail) ?? []
      const domain = domains.split(/,\s*/)[0] ?? domains
      return {
        what: `${what === 'stage' ? 'The stage' : 'The API'} is still reached by the domain name ${domains}: ${refused(call)}`,
        why: 'A base path mapping of the domain leads there, which this service did not make.',
        cure: `Look for it with aws apigateway get-base-path-mappings --domain-name ${domain}, take it away with ` +
          `aws apigateway delete-base-path-mapping --domain-name ${domain} --base-path <its path>, then run the job again.`,
      }
    },
  },
  {
    // "Cannot delete API …, because it is associated with usage plan …" (the console's words); a stage of a plan holds its API.
    fits: ({ detail }) => /usage plan/i.test(detail),
    text: (call) => ({
      what: refused(call),
      why: 'A usage plan names the stage or the API.',
      cure: `Take the stage out of ${planIn(call)} (aws apigateway update-usage-plan), or delete the plan, then run the job again.`,
    }),
  },
]

function planIn({ detail }: FailedCall): string {
  const id = /usage plans? (\w+)/i.exec(detail)?.[1]
  return id === undefined ? 'the usage plan' : `usage plan ${id}`
}

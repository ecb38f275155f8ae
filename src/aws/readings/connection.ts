import { callName, type Reading } from './reading.ts'

/** What went wrong on the way to AWS, which has not been asked then. */
export const connectionReadings: readonly Reading[] = [
  {
    fits: ({ isUnanswered }) => isUnanswered,
    text: (call) => ({
      what: `AWS did not answer ${callName(call)}: ${call.detail || call.code}`,
      cure: 'Check the Region and AWS_ENDPOINT_URL, if it is set, and whether the runner reaches the internet; then run the job again.',
    }),
  },
  {
    fits: ({ transport }) => /CERT|UNABLE_TO|SELF_SIGNED|ERR_TLS|ERR_PROXY|ERR_SSL/.test(transport),
    text: (call) => ({
      what: `There is no safe connection to AWS for ${callName(call)}: ${call.detail}`,
      why: `Node says ${call.transport}: most likely a proxy or a certificate on the way from the runner.`,
      cure: 'Check HTTPS_PROXY and NO_PROXY, and let NODE_EXTRA_CA_CERTS name the certificate of a proxy that opens connections.',
    }),
  },
]

/** Whatever else was thrown before an answer came: of the SDK or of Node, and never AWS's word. */
export const unsentReading: Reading = {
  fits: ({ status }) => status === undefined,
  text: (call) => ({
    what: `AWS was not asked for ${callName(call)}: ${call.detail || call.code}`,
    why: `The error is the SDK's or Node's own (${call.transport || call.code}); no request was sent.`,
    cure: 'Check the step\'s environment variables that begin with AWS_, and the files that they name.',
  }),
}

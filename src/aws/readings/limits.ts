import { refused, type Reading } from './reading.ts'

const askForMore = 'ask AWS for a higher quota in Service Quotas'

/** A limit of the account, or of a setting. */
export const limitReadings: readonly Reading[] = [
  {
    fits: ({ code }) => /LimitExceeded|CodeStorageExceeded|PolicyLengthExceeded/.test(code),
    text: (call) => ({
      what: refused(call),
      why: `A quota of the account is used up (${call.code}); trying again cannot help.`,
      cure: `Remove what is not needed, or ${askForMore}.`,
    }),
  },
  {
    fits: ({ status, code }) => status === 429 || /Throttl|TooManyRequests/.test(code),
    text: (call) => ({
      what: refused(call),
      why: 'The account was throttled for longer than this run waits; the limits are shared by everything in the account and Region.',
      cure: 'Run the job again; several deploys at once are best put into one `concurrency` group.',
    }),
  },
  {
    // Of a role that this action has made, too, which Lambda may not have heard of for longer than the run waited.
    fits: ({ detail }) => /role defined for the function cannot be assumed/.test(detail),
    text: (call) => ({
      what: refused(call),
      why: 'Lambda does not know the role yet, or the role does not trust Lambda.',
      cure: "Run the job again. Where that does not help, check `role`, and that its trust policy lets lambda.amazonaws.com assume it.",
    }),
  },
]

import type { Result } from '../service/result.ts'

/** Pages of the console for one account's Region; undefined where the account is an emulator's, or of a partition with another console. */
export interface ConsolePages {
  readonly ofFunction: (name: string) => string
  readonly ofLogGroup: (name: string) => string
}

/**
 * Where things stand in the AWS console. The addresses are those that the console shows itself; AWS documents no form of them. It encodes a
 * log group's name twice, with `$` in place of `%`.
 */
export function consolePages({ account, invokeUrl = '' }: Result): ConsolePages | undefined {
  if (account?.partition !== 'aws' || !/^https:\/\/[^/]+\.amazonaws\.com\//.test(invokeUrl)) return undefined
  const { region } = account
  const home = `https://${region}.console.aws.amazon.com`
  const page = (service: string, rest: string): string => `${home}/${service}/home?region=${region}#${rest}`
  return {
    ofFunction: (name) => page('lambda', `/functions/${encodeURIComponent(name)}`),
    ofLogGroup: (name) =>
      page('cloudwatch', `logsV2:log-groups/log-group/${encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$')}`),
  }
}

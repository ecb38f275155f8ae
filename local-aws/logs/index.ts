import { reword, type Rewording } from '../kernel/reword.ts'
import type { Service } from '../kernel/service.ts'
import { dumpGroups, tagsOfGroup, wipeGroups } from './groups.ts'
import { checkGroupName, checkOrder, checkPrefixOrPattern, checkRetention, checkTagArn, shownGroups } from './rules.ts'

export { putLogEvents, type LogEvent, type LogStreamName } from './put-log-events.ts'

/**
 * Recordings test_logs_groups (error-duplicate-log-group) and test_logs_events (error-log-group-does-not-exist,
 * error-log-stream-does-not-exist): AWS does not repeat the name.
 */
const rewordings: readonly Rewording[] = [
  [/The specified log group already exists: [^"]*/, 'The specified log group already exists'],
  [/The specified log stream already exists: [^"]*/, 'The specified log stream already exists'],
  [/The specified log group does not exist: [^"]*/, 'The specified log group does not exist.'],
  [/The specified log stream does not exist: [^"]*/, 'The specified log stream does not exist.'],
]

export const service: Service = {
  handlers: {},
  forwards: true,
  rules: {
    CreateLogGroup: { before: checkGroupName },
    PutRetentionPolicy: { before: checkRetention },
    PutLogEvents: { before: checkOrder },
    DescribeLogGroups: { before: checkPrefixOrPattern, after: shownGroups },
    TagResource: { before: checkTagArn },
    UntagResource: { before: checkTagArn },
    ListTagsForResource: { before: checkTagArn },
  },
  mend: (_call, answer) => reword(answer, rewordings),
  dump: dumpGroups,
  tagsOf: tagsOfGroup,
  wipe: wipeGroups,
}

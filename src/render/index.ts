export { cancelledText } from './cancelled.ts'
export {
  deployingComment, failureComment, goneComment, planMarkdown, resultComment, saysTheSame, tellsLive, type CommentHead,
} from './comment.ts'
export { visible, visibleLines } from './escape.ts'
export { failureLines, failureMarkdown } from './failure.ts'
export { cappedJson } from './json.ts'
export { inReadingOrder } from './order.ts'
export { planLines } from './plan.ts'
export { smokePlanLines } from './smoke.ts'
export { resultLines, resultMarkdown } from './result.ts'

import { BlockList, isIPv4 } from 'node:net'
import type { PolicyStatement } from '../settings.ts'
import { arnFits, fits, lookUp, plainText, type Context, type Wanted } from './patterns.ts'

type Compare = (wanted: Wanted, given: string) => boolean

const equal: Compare = (wanted, given) => plainText(wanted) === given
const equalIgnoringCase: Compare = (wanted, given) => plainText(wanted)?.toLowerCase() === given.toLowerCase()
const numbers =
  (holds: (given: number, wanted: number) => boolean): Compare =>
  (wanted, given) =>
    holds(Number(given), Number(plainText(wanted)))
const dates =
  (holds: (given: number, wanted: number) => boolean): Compare =>
  (wanted, given) =>
    holds(moment(given), moment(plainText(wanted) ?? ''))

/** ISO 8601, or epoch seconds. */
const moment = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text))

/** IAM user guide, "IAM JSON policy elements: Condition operators"; each `Not…` is the negation of the one without. */
const operators: Readonly<Record<string, Compare>> = {
  StringEquals: equal,
  StringEqualsIgnoreCase: equalIgnoringCase,
  StringLike: fits,
  ArnEquals: arnFits,
  ArnLike: arnFits,
  Bool: equalIgnoringCase,
  IpAddress: isInRange,
  NumericEquals: numbers((given, wanted) => given === wanted),
  NumericLessThan: numbers((given, wanted) => given < wanted),
  NumericLessThanEquals: numbers((given, wanted) => given <= wanted),
  NumericGreaterThan: numbers((given, wanted) => given > wanted),
  NumericGreaterThanEquals: numbers((given, wanted) => given >= wanted),
  DateEquals: dates((given, wanted) => given === wanted),
  DateLessThan: dates((given, wanted) => given < wanted),
  DateLessThanEquals: dates((given, wanted) => given <= wanted),
  DateGreaterThan: dates((given, wanted) => given > wanted),
  DateGreaterThanEquals: dates((given, wanted) => given >= wanted),
}

interface Operator {
  readonly set: string | undefined
  readonly compare: Compare | 'Null'
  readonly isNegated: boolean
  readonly isOptional: boolean
}

/** An operator of a Condition, as `ForAnyValue:StringNotLikeIfExists`; undefined for one that IAM or this check does not have. */
export function operatorOf(text: string): Operator | undefined {
  const [, set, name = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(.+?)(IfExists)?$/.exec(text) ?? []
  const isNegated = /^(String|Arn|Numeric|Date)Not|^NotIpAddress$/.test(name)
  const compare = name === 'Null' ? name : operators[name.replace('Not', '')]
  return compare === undefined ? undefined : { set, compare, isNegated, isOptional: ifExists !== undefined }
}

/** Whether every condition of a statement holds. */
export function conditionsHold(conditions: NonNullable<PolicyStatement['Condition']>, context: Context, hasVariables: boolean): boolean {
  return Object.entries(conditions).every(([name, keys]) => {
    const operator = operatorOf(name)
    if (operator === undefined) throw new RangeError(`Local AWS does not evaluate the condition operator "${name}".`)
    return Object.entries(keys).every(([key, wanted]) => {
      const texts = [wanted].flat().map((text) => ({ text: String(text), context, hasVariables }))
      return conditionHolds(operator, texts, lookUp(context, key))
    })
  })
}

/**
 * A key that the request does not have makes a condition fail, unless its operator is a negation or ends in IfExists, or takes all of no
 * values
 * (IAM user guide, "…IfExists condition operators" and "Set operators for multivalued context keys").
 */
function conditionHolds(
  { set, compare, isNegated, isOptional }: Operator,
  wanted: readonly Wanted[],
  given: string | readonly string[] | undefined,
): boolean {
  if (compare === 'Null') return wanted[0]?.text.toLowerCase() === String(given === undefined)
  const values = given === undefined ? [] : [given].flat()
  if (values.length === 0) return isOptional || set === 'ForAllValues:' || (isNegated && set === undefined)
  const verdicts = values.map((value) => wanted.some((each) => compare(each, value)) !== isNegated)
  return set === 'ForAllValues:' || (isNegated && set === undefined) ? verdicts.every(Boolean) : verdicts.some(Boolean)
}

function isInRange(wanted: Wanted, given: string): boolean {
  const [address = '', prefix = isIPv4(address) ? '32' : '128'] = (plainText(wanted) ?? '').split('/')
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  const range = new BlockList()
  range.addSubnet(address, Number(prefix), family)
  return range.check(given, isIPv4(given) ? 'ipv4' : 'ipv6')
}

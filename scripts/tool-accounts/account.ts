/** A request that makes something, as `local-aws/__tests__/conformance/rows.ts` has them: `{{0.id}}` is a member of an earlier answer. */
export interface Call {
  readonly call: string
  readonly with: Readonly<Record<string, unknown>>
}

/** What a tool has made of a small app in an empty account, as calls that make it again. */
export interface ToolAccount {
  /** With its version. */
  readonly tool: string
  /** How the account was made, in the words of docs/moving.md. */
  readonly madeBy: string
  /** The function, as the tool names it, and what it runs. */
  readonly functionName: string
  readonly handler: string
  readonly runtime: string
  /** The tool's stage, and a path of it that answers GET. */
  readonly stage: string
  readonly path: string
  /** In place of the tool's package: a handler of the same name, by file. What the account holds besides is the tool's. */
  readonly standIn: Readonly<Record<string, string>>
  readonly calls: readonly Call[]
}

/** What is known of a tool before it runs. */
export type ToolDescription = Omit<ToolAccount, 'calls'>

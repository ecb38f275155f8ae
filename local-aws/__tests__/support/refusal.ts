/** What a call was refused with; a call that succeeds fails the test. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown> & { readonly name: string; readonly status: number | undefined; readonly message: string }> {
  let answer: unknown
  try {
    answer = await call
  } catch (error) {
    const { name, message, $metadata, ...members } = error as Error & { $metadata?: { httpStatusCode?: number } }
    return { ...members, name, message, status: $metadata?.httpStatusCode }
  }
  throw new Error(`The call should have been refused, but was answered: ${JSON.stringify(answer)}`)
}

// Runs in every test file of a lane that is to be run once more by documented rules (see evidence.ts).
import { appendFileSync } from 'node:fs'
import { afterAll, expect } from '@jest/globals'

const notes = process.env.TEST_EVIDENCE_NOTES
if (notes !== undefined) {
  const { accountsOfThisFile, localAwsUrl } = await import('../../local-aws/testing.ts')
  const { connect } = await import('../../local-aws/client.ts')
  afterAll(async () => {
    const met = await Promise.all(accountsOfThisFile.map((id) => connect(localAwsUrl(), id).metUnverified()))
    appendFileSync(notes, `${JSON.stringify({ file: expect.getState().testPath, accounts: met.length, met: met.includes(true) })}\n`)
  })
}

import { PutRestApiCommand } from '@aws-sdk/client-api-gateway'
import { isRefusal } from '../../../aws/refusal.ts'
import { known, type ApplyContext } from '../../step.ts'
import type { OpenApiMembers } from './part.ts'

/** What a document says of the API itself. */
export interface DocumentInfo {
  readonly title: string
  readonly version: string
}

/**
 * Many edits as one OpenAPI document for PutRestApi, in the mode `merge`: what the document does not name stays as it is, and a method
 * that it names is replaced whole (developer guide, "Updating APIs"), so that it adopts and corrects as single calls do. `operationId`
 * becomes the method's `operationName` (recorded, test_import_swagger_api), which bears our mark.
 */
export class DefinitionDocument {
  readonly #info: DocumentInfo
  readonly #members: readonly OpenApiMembers[]
  #sent: Promise<boolean> | undefined

  constructor(info: DocumentInfo, members: readonly OpenApiMembers[]) {
    this.#info = info
    this.#members = members
  }

  /** Sends the document once, whichever edit asks first. False where AWS refuses it as such, and has changed nothing. */
  send(context: ApplyContext): Promise<boolean> {
    return (this.#sent ??= this.#put(context))
  }

  async #put({ aws, ids, progress }: ApplyContext): Promise<boolean> {
    const restApiId = known(ids.apiId, 'the API')
    const body = Buffer.from(JSON.stringify(openApi(this.#info, this.#members)))
    try {
      // With a warning AWS would leave something out; so a warning is to change nothing (API reference, PutRestApi: failonwarnings).
      // Without `ignore` the descriptions of a document become documentation parts (API reference, PutRestApi: parameters).
      const parameters = { ignore: 'documentation' }
      await aws.api(new PutRestApiCommand({ restApiId, mode: 'merge', failOnWarnings: true, parameters, body }))
      ids.isImported = true
      return true
    } catch (error) {
      if (!isRefusal(error, 'BadRequestException')) throw error
      progress.info(`AWS does not take the routes as one document (${error.detail}); they are made one by one.`)
      return false
    }
  }
}

/** The document. Title and version become the API's, in both modes (recorded, test_put_rest_api_mode_binary_media_types). */
export function openApi(info: DocumentInfo, members: readonly OpenApiMembers[]): OpenApiMembers {
  const document: Record<string, unknown> = { openapi: '3.0.1', info, paths: {} }
  for (const each of members) merge(document, each)
  return document
}

/** Puts members into others, and where both have members of one name, those of the one into those of the other. */
function merge(target: Record<string, unknown>, members: OpenApiMembers): void {
  for (const [name, value] of Object.entries(members)) {
    const before = target[name]
    if (hasMembers(before) && hasMembers(value)) merge(before, value)
    else target[name] = hasMembers(value) ? { ...value } : value
  }
}

function hasMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

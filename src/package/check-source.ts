import { statSync } from 'node:fs'
import type { Diagnostics } from '../diagnostics.ts'
import type { CodeSpec } from '../service/service.ts'

/** Cheap checks before anything else runs; every finding is an error in `diagnostics` with its place. */
export async function checkSource(code: CodeSpec, functionName: string, diagnostics: Diagnostics): Promise<void> {
  const place = (name: keyof CodeSpec['places']): object => code.places[name] === undefined ? {} : { place: code.places[name] }
  if (code.package !== undefined) {
    if (!isFile(code.package)) diagnostics.error({ what: `The package ${code.package} of ${functionName} does not exist.`, cure: 'Name the zip that an earlier step made, or take the setting out.', ...place('package') })
    return
  }
  if (!isFolder(code.source)) {
    diagnostics.error({ what: `The source folder ${code.source} of ${functionName} does not exist.`, cure: 'Name the folder that holds the handler\'s module.', ...place('source') })
    return
  }
  if (code.requirements !== undefined && !isFile(code.requirements)) {
    diagnostics.error({ what: `The requirements file ${code.requirements} of ${functionName} does not exist.`, cure: 'Mend the path, or take the setting out: the source folder is searched then.', ...place('requirements') })
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/**
 * The first line of what a checkout without `lfs: true` holds in a large file's place
 * (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
 */
const firstLine = Buffer.from('version https://git-lfs.github.com/spec/')
/** "A pointer file must be less than 1024 bytes" (the same page). */
const longest = 1024

/** Whether a file's bytes are a pointer of Git LFS. */
export function isPointer(bytes: Buffer): boolean {
  return bytes.length < longest && bytes.subarray(0, firstLine.length).equals(firstLine)
}

export { buildPackage } from './build.ts'
export { checkSource } from './check-source.ts'
export { digestInputs } from './digest.ts'
export type { DependencyKind, DependencySource, InputDigest, Package, PackageOptions, SizedName } from './types.ts'

import { UserError } from '../../../errors.ts'
import { methodName, type MethodSpec } from './method.ts'
import { isVariable, parentOf, prefixes, treeMethods, type Tree, type TreeMethod } from './tree.ts'

/** What goes before anything is made. */
interface Gone {
  /** Each with all that is below it. */
  readonly paths: readonly string[]
  readonly methods: readonly TreeMethod[]
}

/** A path that is wanted, and what stands in its way. */
interface Clash {
  readonly spec: MethodSpec
  readonly standing: string
}

/**
 * Refuses a plan that API Gateway could never carry out: "A sibling ({id}) of this resource already has a variable path part -- only one is
 * allowed" (recorded). What the config itself says is checked before; here it is what stays in the API because this service did not make
 * it.
 * @throws UserError
 */
export function refuseTakenLevels(tree: Tree, specs: readonly MethodSpec[], { paths, methods }: Gone): void {
  const stays = [...tree.keys()].filter((path) => !paths.some((root) => isBelow(path, root)))
  const taken = new Map(stays.filter((path) => isVariable(path)).map((path) => [parentOf(path), path]))
  const clashes = specs.flatMap((spec): Clash[] => {
    const standing = prefixes(spec.path).filter(isVariable).flatMap((path) => {
      const other = taken.get(parentOf(path))
      return other === undefined || other === path ? [] : [other]
    })
    return standing.slice(0, 1).map((path) => ({ spec, standing: path }))
  })
  if (clashes.length === 0) return
  const left = treeMethods(tree).filter((each) => !methods.some((one) => methodName(one) === methodName(each)))
  throw new UserError({
    what: ['Routes name a variable otherwise than what stands in the API.', ...clashes.map((each) => clashText(left, each))].join('\n'),
    why: 'API Gateway takes one variable a level, and this service did not make what is there.',
    cure: 'Use the name that stands there, or remove what holds it from the API by hand.',
    docs: 'ownership.md',
  })
}

function clashText(left: readonly TreeMethod[], { spec, standing }: Clash): string {
  const holders = left.filter(({ path }) => isBelow(path, standing)).map(methodName)
  return `${methodName(spec)}: on its level stands ${standing}, with ${holders.join(', ')}.`
}

const isBelow = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`)

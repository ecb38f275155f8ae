import ts from 'typescript'

/** A place in the code of local AWS where a refusal is made. */
export interface Site {
  /** Path relative to the project. */
  readonly path: string
  /** Counted from 1. */
  readonly line: number
  /** UTF-16 units from the file's start, as V8 counts them; types are blanked out when Node runs the file, so places stay. */
  readonly offset: number
  /** The first line of the expression. */
  readonly text: string
}

interface Source {
  readonly path: string
  readonly text: string
}

/** Error values that answer a caller; a plain Error is a mistake of our own and no refusal. */
const classes = new Set(['AwsError', 'GatewayFailure'])
const makes = new Set([...classes, 'Error', 'never'])

/** Names that AWS does not give: with them local AWS says that it has a fault, or lacks something. */
const ownNames = /^new AwsError\('(InternalFailure|NotImplementedException)'/

/** Every place of `sources` that makes a refusal: `new AwsError`, `new GatewayFailure`, a call of a function that makes one, and the throw of one made before. */
export function refusalSites(sources: readonly Source[]): Site[] {
  const parsed = sources.map(({ path, text }) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))
  const makers = new Set(parsed.flatMap((file) => nodesOf(file).flatMap(makerName)))
  return parsed.flatMap((file) => nodesOf(file).filter((node) => isRefusal(node, makers)).map((node) => siteOf(file, node)))
}

function nodesOf(root: ts.Node): ts.Node[] {
  const below: ts.Node[] = []
  ts.forEachChild(root, (child) => void below.push(child, ...nodesOf(child)))
  return below
}

/** The name of a function that says it makes a refusal, by its declared return type. */
function makerName(node: ts.Node): string[] {
  if (!ts.isFunctionDeclaration(node) || node.name === undefined || node.type === undefined) return []
  return makes.has(node.type.getText()) ? [node.name.text] : []
}

function isRefusal(node: ts.Node, makers: ReadonlySet<string>): boolean {
  if (ts.isNewExpression(node)) return classes.has(node.expression.getText()) && !ownNames.test(node.getText())
  if (ts.isCallExpression(node)) return makers.has(node.expression.getText()) || node.expression.getText() === 'refusals.push'
  return ts.isThrowStatement(node) && ts.isIdentifier(node.expression) && !isCaught(node, node.expression.text)
}

/** Whether the name is that of a catch clause around the node: what is thrown on was made elsewhere. */
function isCaught(node: ts.Node, name: string): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isCatchClause(at) && at.variableDeclaration?.name.getText() === name) return true
    if (ts.isFunctionLike(at) && at.parameters.some((parameter) => parameter.name.getText() === name)) return true
  }
  return false
}

function siteOf(file: ts.SourceFile, node: ts.Node): Site {
  const offset = node.getStart()
  const line = file.getLineAndCharacterOfPosition(offset).line + 1
  return { path: file.fileName, line, offset, text: node.getText().split('\n')[0] ?? '' }
}

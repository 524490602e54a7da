import ts from 'typescript'

/** A name that is used, and another of the same list of parameters or of the same `const { … }`. */
export interface WrongName {
  readonly node: ts.Identifier
  readonly becomes: string
}

/** Each use of a parameter or of a part of an object is mistaken for the next of its list. */
export function wrongNames(file: ts.SourceFile): readonly WrongName[] {
  const found: WrongName[] = []
  const visit = (node: ts.Node, next: ReadonlyMap<string, string>): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return
    const inner = new Map([...next, ...bound(node)])
    if (ts.isIdentifier(node) && inner.has(node.text) && isUse(node))
      found.push({ node, becomes: inner.get(node.text)! })
    ts.forEachChild(node, (child) => visit(child, inner))
  }
  visit(file, new Map())
  return found
}

/** Of each name that this node's children may use, the one that follows in its list. */
function bound(node: ts.Node): readonly (readonly [string, string])[] {
  if (ts.isFunctionLike(node)) return listsOf(node.parameters).flatMap(pairs)
  if (!ts.isBlock(node)) return []
  const declared = node.statements.flatMap((statement) =>
    ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [],
  )
  return declared.flatMap(({ name }) =>
    ts.isIdentifier(name) ? [] : listsOf(name.elements).flatMap(pairs),
  )
}

type Bound = { readonly name?: ts.Node }

/** The plain names of a list, and those of each pattern in it. */
function listsOf(elements: readonly (Bound & ts.Node)[]): readonly (readonly string[])[] {
  const plain = elements.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []))
  const patterns = elements.flatMap(({ name }) =>
    name && ts.isObjectBindingPattern(name) ? listsOf(name.elements) : [],
  )
  return [plain, ...patterns]
}

const pairs = (names: readonly string[]) =>
  names.length < 2
    ? []
    : names.map((name, place) => [name, names[(place + 1) % names.length]!] as const)

/** Read, not declared; and no key of an object, nor what stands behind a dot. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isBindingElement(parent) || ts.isParameter(parent)) return parent.initializer === node
  return !ts.isShorthandPropertyAssignment(parent)
}

import ts from 'typescript'
import type { Wrong } from './expressions.ts'

/** Where a request's method or path is at hand, what is done only for GET, or for the front page. */
export function onlyForSome(node: ts.Node, file: ts.SourceFile): readonly Wrong[] {
  if (!ts.isIfStatement(node)) return []
  const condition = node.expression.getText(file)
  const known = namesAround(node)
  const and = (kind: Wrong['kind'], more: string): Wrong => ({
    kind,
    node: node.expression,
    becomes: `(${condition}) && ${more}`,
  })
  return [
    ...(known.has('method') ? [and('only-get', "method === 'GET'")] : []),
    ...(known.has('path') ? [and('only-front-page', "path === '/'")] : []),
  ]
}

/** The names that the functions around this node have been given, or have taken from an object. */
function namesAround(node: ts.Node): ReadonlySet<string> {
  const names = new Set<string>()
  const take = (part: ts.Node): void => {
    if (ts.isBindingElement(part) || ts.isParameter(part))
      if (ts.isIdentifier(part.name)) names.add(part.name.text)
    if (!ts.isBlock(part) && !ts.isIfStatement(part)) ts.forEachChild(part, take)
  }
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at)) at.parameters.forEach(take)
    if (ts.isBlock(at)) at.statements.filter(ts.isVariableStatement).forEach(take)
  }
  return names
}

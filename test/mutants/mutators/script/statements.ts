import ts from 'typescript'
import type { Wrong } from './expressions.ts'

/** What can be left out: a statement, a case, an element, a part of an object, a function's body. */
export function leftOut(node: ts.Node): readonly Wrong[] {
  const without = (becomes: string, at: ts.Node = node): Wrong => ({
    kind: 'leave-out',
    node: at,
    becomes,
  })
  if (isDeed(node)) return [without(ts.isBlock(node.parent) || isList(node.parent) ? '' : ';')]
  if (ts.isCaseOrDefaultClause(node)) return [without('')]
  if (ts.isArrayLiteralExpression(node) && node.elements.length === 1) return [without('[]')]
  if (isMember(node)) return [without('')]
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return [without('undefined', node.body)]
  return []
}

/** Which condition holds always, or never. */
export function fixedConditions(node: ts.Node): readonly Wrong[] {
  const condition =
    ts.isIfStatement(node) || ts.isWhileStatement(node)
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : undefined
  if (!condition) return []
  return ['true', 'false'].map((becomes): Wrong => ({ kind: 'flag', node: condition, becomes }))
}

const isDeed = (node: ts.Node): node is ts.Statement =>
  ts.isExpressionStatement(node) ||
  ts.isIfStatement(node) ||
  ts.isReturnStatement(node) ||
  ts.isThrowStatement(node) ||
  ts.isIterationStatement(node, false) ||
  ts.isBreakStatement(node) ||
  ts.isContinueStatement(node)

const isList = (node: ts.Node) => ts.isSourceFile(node) || ts.isCaseOrDefaultClause(node)

/** With the comma behind it: see `script.ts`. */
export const isMember = (node: ts.Node): boolean =>
  (ts.isArrayLiteralExpression(node.parent) && node.parent.elements.length > 1) ||
  (ts.isObjectLiteralExpression(node.parent) &&
    (ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isSpreadAssignment(node)))

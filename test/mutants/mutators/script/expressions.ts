import ts from 'typescript'
import type { Kind } from '../../mutation.ts'
import { wrongPatterns } from '../patterns.ts'
import { wrongMethods, wrongOperators } from './operators.ts'

/** A node, and what is written in its place. */
export interface Wrong {
  readonly kind: Kind
  readonly node: ts.Node
  readonly becomes: string
}

/** The mistakes that can be made with this one expression, not with its parts. */
export function wrongExpressions(node: ts.Node, file: ts.SourceFile): readonly Wrong[] {
  const say = (part: ts.Node) => part.getText(file)
  const wrong = (kind: Kind, becomes: string, at: ts.Node = node): Wrong => ({
    kind,
    node: at,
    becomes,
  })
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken } = node
    const others = wrongOperators[say(operatorToken)] ?? []
    const isChoice = ['&&', '||', '??'].includes(say(operatorToken))
    return [
      ...others.map((other) => wrong('operator', other, operatorToken)),
      ...(isChoice ? [left, right].map((side) => wrong('leave-out', say(side))) : []),
    ]
  }
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.ExclamationToken
      ? [wrong('operator', say(node.operand))]
      : []
  if (ts.isAwaitExpression(node)) return [wrong('leave-out', say(node.expression))]
  if (ts.isCallExpression(node)) return wrongCalls(node, say, wrong)
  if (ts.isPropertyAccessExpression(node) && node.questionDotToken)
    return [wrong('operator', '.', node.questionDotToken)]
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].map((side) => wrong('leave-out', say(side)))
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [wrong('flag', 'false')]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [wrong('flag', 'true')]
  if (ts.isNumericLiteral(node))
    return wrongNumbers(node.text).map((other) => wrong('number', other))
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return [wrong('text', node.text === '' ? "'other'" : "''")]
  if (ts.isRegularExpressionLiteral(node))
    return wrongRegExps(node.text).map((other) => wrong('pattern', other))
  return []
}

function wrongCalls(
  node: ts.CallExpression,
  say: (part: ts.Node) => string,
  wrong: (kind: Kind, becomes: string, at?: ts.Node) => Wrong,
): readonly Wrong[] {
  const { expression: callee, arguments: given } = node
  const found: Wrong[] = []
  if (ts.isPropertyAccessExpression(callee)) {
    const other = wrongMethods.get(callee.name.text)
    if (other) found.push(wrong('operator', other, callee.name))
    // `a.trim()` becomes `a`; a statement of its own is left out whole, elsewhere.
    if (!ts.isExpressionStatement(node.parent))
      found.push(wrong('leave-out', say(callee.expression)))
  }
  const but = (place: number) => given.filter((_, other) => other !== place).map(say)
  if (given.length > 1)
    for (const place of given.keys())
      found.push(wrong('leave-out', `${say(callee)}(${but(place).join(', ')})`))
  return found
}

export function wrongNumbers(text: string): readonly string[] {
  const value = Number(text.replaceAll('_', ''))
  const others = [value + 1, value - 1, value * 10, 0].filter((other) => other >= 0)
  return [...new Set(others)].filter((other) => other !== value).map(String)
}

function wrongRegExps(text: string): readonly string[] {
  const end = text.lastIndexOf('/')
  const [pattern, flags] = [text.slice(1, end), text.slice(end)]
  const others = wrongPatterns(pattern).map((other) => `/${other}${flags}`)
  return flags.includes('i') ? [...others, text.slice(0, end) + flags.replace('i', '')] : others
}

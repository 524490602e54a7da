import ts from 'typescript'
import { type Mutation, type Mutator, replaced } from '../../mutation.ts'
import { type Wrong, wrongExpressions } from './expressions.ts'
import { wrongNames } from './names.ts'
import { onlyForSome } from './requests.ts'
import { fixedConditions, isMember, leftOut } from './statements.ts'

/** TypeScript and JavaScript, over TypeScript's own tree. Types are not touched: nothing runs them. */
export const mutateScript: Mutator = (text) => {
  const file = ts.createSourceFile('answer.ts', text, ts.ScriptTarget.Latest, true)
  const found: Wrong[] = []
  const visit = (node: ts.Node): void => {
    if (isOnlyTold(node)) return
    found.push(
      ...leftOut(node),
      ...fixedConditions(node),
      ...onlyForSome(node, file),
      ...wrongExpressions(node, file),
    )
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(file, visit)
  for (const { node, becomes } of wrongNames(file)) found.push({ kind: 'name', node, becomes })
  return found.map((wrong) => mutationOf(text, file, wrong))
}

/** Types, imports and names that only an outside reader knows. */
const isOnlyTold = (node: ts.Node) =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  (ts.isStringLiteral(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node)

function mutationOf(text: string, file: ts.SourceFile, { kind, node, becomes }: Wrong): Mutation {
  const start = node.getStart(file)
  const comma = kind === 'leave-out' && becomes === '' && isMember(node)
  const end = node.getEnd() + (comma ? /^\s*,?/.exec(text.slice(node.getEnd()))![0].length : 0)
  const statement = statementOf(node)
  return replaced(text, { start, end }, becomes, {
    kind,
    scope: scopeOf(node),
    statement: headOf(statement, file),
  })
}

/** Without what it encloses: an edit in there makes no other statement of it. */
function headOf(statement: ts.Node, file: ts.SourceFile): string {
  const whole = statement.getText(file)
  const brace = whole.indexOf('{\n')
  return brace < 0 ? whole : whole.slice(0, brace)
}

function statementOf(node: ts.Node): ts.Node {
  for (let at = node; at.parent; at = at.parent)
    if (ts.isStatement(at) && !ts.isBlock(at)) return at
  return node
}

/** The functions and variables that it is part of, from the outside. */
function scopeOf(node: ts.Node): string {
  const names: string[] = []
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    const { name } = at as { readonly name?: ts.Node }
    if ((ts.isFunctionLike(at) || ts.isVariableDeclaration(at)) && name && ts.isIdentifier(name))
      names.unshift(name.text)
  }
  return names.join(' > ')
}

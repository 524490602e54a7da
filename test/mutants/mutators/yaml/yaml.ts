import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
} from 'yaml'
import { lineAt, type Kind, type Mutation, type Mutator } from '../../mutation.ts'
import { wrongWords } from '../values.ts'
import { lineOfWords, spelt } from './words.ts'

type Path = readonly unknown[]

/** Compose files: each key and each element is left out, each value is another, two change places. */
export const mutateYaml: Mutator = (text) => {
  const original = parseDocument(text)
  const found: Mutation[] = []
  const add = (
    kind: Kind,
    path: Path,
    change: readonly [string, string],
    deed: (copy: Document) => void,
  ) => {
    const copy = parseDocument(text)
    deed(copy)
    const changed = written(copy)
    const node = original.getIn(path, true) as Node | undefined
    const [was, becomes] = change
    if (changed !== undefined)
      found.push({
        ...{ kind, was, becomes, text: changed },
        scope: path.slice(0, -1).join(' > '),
        statement: String(path.at(-1)),
        line: lineAt(text, node?.range?.[0] ?? 0),
      })
  }
  for (const path of pathsIn(original)) {
    const node = original.getIn(path, true)
    const said = `${path.join('.')}: ${spelt(text, node)}`
    add('leave-out', path, [said, ''], (copy) => copy.deleteIn(path))
    if (isScalar(node) && typeof node.value !== 'object')
      for (const { kind, becomes } of lineOfWords(String(node.value), wrongWords))
        add(kind, path, [said, `${path.join('.')}: ${becomes}`], (copy) =>
          copy.setIn(path, valueOf(becomes, node.value)),
        )
    const next = [...path.slice(0, -1), Number(path.at(-1)) + 1]
    if (typeof path.at(-1) === 'number' && original.hasIn(next))
      add(
        'swap',
        path,
        [said, `${path.join('.')}: ${spelt(text, original.getIn(next, true))}`],
        (copy) => {
          const [one, other] = [copy.getIn(path, true), copy.getIn(next, true)]
          copy.setIn(path, other)
          copy.setIn(next, one)
        },
      )
  }
  return found
}

/** A value stays what it was: a number a number, a text a text. */
const valueOf = (text: string, was: unknown): unknown =>
  typeof was === 'number' ? Number(text) : typeof was === 'boolean' ? text === 'true' : text

/** None, where an alias has lost what it stands for. */
function written(document: Document): string | undefined {
  try {
    const text = document.toString()
    return parseDocument(text).errors.length === 0 ? (parseDocument(text).toJS(), text) : undefined
  } catch {
    return undefined
  }
}

function pathsIn(document: Document): readonly Path[] {
  const paths: Path[] = []
  visit(document, {
    Node(key, _, ancestors) {
      const path = ancestors.flatMap((one, place): Path => {
        const child: unknown = ancestors[place + 1] ?? _
        if (isPair(one) || !isMap(one)) return isSeq(one) ? [one.items.indexOf(child)] : []
        return isPair(child) && isScalar(child.key) ? [child.key.value] : []
      })
      if (key !== 'key' && path.length > 0) paths.push(path)
    },
  })
  return paths
}

import {
  CREATE_STATIC,
  createCallExpression,
  ElementTypes,
  type NodeTransform,
  NodeTypes,
  type PlainElementNode,
  type TemplateChildNode,
  type TransformContext,
} from '@vue/compiler-dom'

/**
 * What stands on a page and never changes becomes HTML in one string, as Vue's own `stringifyStatic` does
 * with twenty elements in a row. VitePress leaves such strings out of the script of a first visit: their
 * elements have come with the page. In a chapter few rows are so long, for something to press comes between.
 *
 * Only what lies open on the page: what a component shows later has not come with it.
 */
export const staticRuns: NodeTransform = (node, context) => {
  if (context.inSSR || !context.filename.endsWith('.md')) return
  if (node.type !== NodeTypes.ELEMENT || context.parent !== context.root) return
  return () => {
    node.children = runsOf(node.children).map((run) =>
      isStatic(run[0]) ? inOneString(run as PlainElementNode[], context) : run[0],
    )
  }
}

type Run = [TemplateChildNode, ...TemplateChildNode[]]

/** Static elements that are neighbours, and everything else alone. */
function runsOf(children: readonly TemplateChildNode[]): Run[] {
  const runs: Run[] = []
  for (const child of children) {
    const last = runs.at(-1)
    if (last && isStatic(last[0]) && isStatic(child)) last.push(child)
    else runs.push([child])
  }
  return runs
}

function isStatic(node: TemplateChildNode): node is PlainElementNode {
  return (
    node.type === NodeTypes.ELEMENT &&
    node.tagType === ElementTypes.ELEMENT &&
    node.props.every(({ type }) => type === NodeTypes.ATTRIBUTE) &&
    node.children.every((child) => isText(child) || isStatic(child))
  )
}

/** A text among elements has been wrapped into a call by now. */
const isText = (node: TemplateChildNode): boolean =>
  node.type === NodeTypes.TEXT ||
  (node.type === NodeTypes.TEXT_CALL && node.content.type === NodeTypes.TEXT)

function inOneString(run: readonly PlainElementNode[], context: TransformContext) {
  const html = run.map(({ loc }) => loc.source.replaceAll(verbatim, '$1')).join('')
  const call = createCallExpression(context.helper(CREATE_STATIC), [
    JSON.stringify(html),
    String(run.length),
  ])
  // Code may stand where a node does: the types of Vue's own `stringifyStatic` lie here, too.
  return context.cache(call) as unknown as TemplateChildNode
}

/** A word for Vue alone: what is in there is taken as it stands. */
const verbatim = /(<[a-z][^<>]*) v-pre(?:="")?(?=[\s>])/g

import { highlightCode, tagHighlighter, tags } from '@lezer/highlight'
import { parser } from '@lezer/javascript'

const typescript = parser.configure({ dialect: 'ts' })

/** The classes that Sandpack's editor gives, so that nothing changes colour when it opens. */
const classes = tagHighlighter([
  { tag: tags.keyword, class: 'sp-syntax-keyword' },
  { tag: [tags.atom, tags.number, tags.bool], class: 'sp-syntax-static' },
  {
    tag: [tags.function(tags.variableName), tags.definition(tags.function(tags.variableName))],
    class: 'sp-syntax-definition',
  },
  { tag: tags.propertyName, class: 'sp-syntax-property' },
  { tag: tags.literal, class: 'sp-syntax-string' },
  { tag: tags.punctuation, class: 'sp-syntax-punctuation' },
  { tag: tags.comment, class: 'sp-syntax-comment' },
])

/** TypeScript as HTML, one `<span class="line">` a line. */
export function highlight(source: string): string {
  const lines = ['']
  highlightCode(
    source.trimEnd(),
    typescript.parse(source.trimEnd()),
    classes,
    (text, names) => {
      const escaped = escape(text)
      lines[lines.length - 1] += names ? `<span class="${names}">${escaped}</span>` : escaped
    },
    () => lines.push(''),
  )
  return lines.map((line) => `<span class="line">${line}</span>`).join('\n')
}

const escape = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!)

import type { MarkdownEnv, MarkdownRenderer } from 'vitepress'
import { readCatalog } from '../../labs/catalog/catalog.ts'
import type { Text } from '../../labs/language.ts'
import { labsFolder } from '../../labs/session/folders.ts'
import { languageOfPage } from '../book/page-language.ts'

const messages = { en: 'In the lab: ', zh: '实验里：' }

/** Where a task stands in its lab's box; see theme/reading/LabBox.vue. */
export const taskAnchor = (task: string) => `task-${task}`

export interface TaughtTask {
  readonly id: string
  readonly title: Text
  /** By their headings' ids. */
  readonly sections: readonly string[]
}

/** The tasks of a page's lab, as its frontmatter has them. */
export function taughtOn({ frontmatter = {} }: Partial<MarkdownEnv>): readonly TaughtTask[] {
  const { lab, tasks } = frontmatter as { lab?: string; tasks?: Record<string, string[]> }
  if (!lab || !tasks) return []
  const own = readCatalog(labsFolder).find(({ slug }) => slug === lab)?.tasks ?? []
  return own.map(({ id, title }) => ({ id, title, sections: tasks[id] ?? [] }))
}

/** Writes under a section which tasks of the lab it teaches. After the headings have their ids. */
export function taskLinks(md: MarkdownRenderer, taught = taughtOn): void {
  md.core.ruler.push('task_links', (state) => {
    const env = state.env as Partial<MarkdownEnv> & { forSearch?: boolean }
    const all = env.forSearch ? [] : taught(env)
    if (all.length === 0) return
    const language = languageOfPage(env.relativePath)
    const said = (section: string): string => {
      const links = all
        .filter(({ sections }) => sections.includes(section))
        .map(
          ({ id, title }) =>
            `<a href="#${taskAnchor(id)}">${md.utils.escapeHtml(title[language])}</a>`,
        )
      const between = language === 'zh' ? '；' : '; '
      return links.length === 0
        ? ''
        : `<p class="in-the-lab">${messages[language]}${links.join(between)}</p>\n`
    }
    let open = ''
    const end = () => {
      const token = new state.Token('html_block', '', 0)
      token.content = said(open)
      return token.content ? [token] : []
    }
    state.tokens = state.tokens.flatMap((token) => {
      if (token.type !== 'heading_open') return [token]
      const before = end()
      open = token.attrGet('id') ?? ''
      return [...before, token]
    })
    state.tokens.push(...end())
  })
}

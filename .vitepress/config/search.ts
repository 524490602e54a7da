import type { DefaultTheme, MarkdownEnv, MarkdownRenderer } from 'vitepress'
import { miniSearch } from '../book/search-words.ts'

type Search = NonNullable<DefaultTheme.Config['search']> & { provider: 'local' }

const options: NonNullable<Search['options']> = {
  locales: {
    root: {
      translations: { button: { buttonText: 'Search', buttonAriaLabel: 'Search' } },
    },
    zh: {
      translations: {
        button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
        modal: {
          displayDetails: '显示详情',
          resetButtonTitle: '清除',
          backButtonTitle: '关闭',
          noResultsText: '没有找到：',
          footer: {
            selectText: '打开',
            selectKeyAriaLabel: '回车键',
            navigateText: '选择',
            navigateUpKeyAriaLabel: '上箭头',
            navigateDownKeyAriaLabel: '下箭头',
            closeText: '关闭',
            closeKeyAriaLabel: 'Esc 键',
          },
        },
      },
    },
  },
}

/** The page without what stands behind its claims. */
function words(page: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  const own = { ...env, forSearch: true }
  const html = md.render(page, own)
  return own.frontmatter?.search === false ? '' : html
}

// Not enumerable, so that VitePress indexes by it and does not write it into the page: it would send
// the functions as source text, and the page may not evaluate any. The theme brings them there.
for (const [name, value] of Object.entries({ miniSearch, _render: words }))
  Object.defineProperty(options, name, { value, enumerable: false })

export const search: Search = { provider: 'local', options }

import type { DefaultTheme, UserConfig } from 'vitepress'
import { codeTheme } from './code-theme.ts'
import { withPolicy } from './content-security-policy.ts'
import { grammars } from './grammars/index.ts'
import { labBox } from '../book/lab-boxes.ts'
import { longDate } from '../book/long-date.ts'
import { languageOfPage } from '../book/page-language.ts'
import { base, head, headOfPage, site } from './head.ts'
import { ownMarkdown } from './own-markdown.ts'
import { writeServiceWorker } from './offline/write-service-worker.ts'
import { search } from './search.ts'
import { staticRuns } from './static-runs.ts'
import { viteOptions } from './vite-options.ts'

/** What a chapter says of itself to the build alone: no reader has to load it. */
const forTheBuild = new Set(['tasks', 'covers', 'parts'])

/** What both languages share. The base path comes from the place that hosts the site. */
export const shared: UserConfig<DefaultTheme.Config> = {
  title: 'Four Tiers',
  srcDir: 'docs',
  base,
  head,
  cleanUrls: true,
  lastUpdated: true,
  // Else VueUse has every page's style computed twice at the start, to switch transitions off and on.
  appearance: { disableTransition: false },
  // One small file that every page shares, instead of an inline script in each.
  metaChunk: true,
  // The service worker fetches every page anyway, and later.
  router: { prefetchLinks: false },
  markdown: { theme: codeTheme, languages: grammars, config: ownMarkdown },
  themeConfig: { search },
  ...(site && { sitemap: { hostname: `${site}/` } }),
  transformPageData({ lastUpdated, relativePath, frontmatter }) {
    const { lab } = frontmatter as { readonly lab?: string }
    const language = languageOfPage(relativePath)
    return {
      frontmatter: Object.fromEntries(
        Object.entries(frontmatter).filter(([name]) => !forTheBuild.has(name)),
      ),
      ...(lab && { lab: labBox(lab, language) }),
      ...(lastUpdated && { lastUpdatedInWords: longDate(new Date(lastUpdated), language) }),
    }
  },
  transformHead: headOfPage,
  transformHtml: withPolicy,
  buildEnd: ({ outDir }) => writeServiceWorker(outDir),
  // No component of ours, of VitePress's or of VueUse's is written with options.
  vue: {
    features: { optionsAPI: false },
    template: { compilerOptions: { nodeTransforms: [staticRuns] } },
  },
  vite: viteOptions,
}

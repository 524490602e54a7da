import type { HeadConfig, TransformContext } from 'vitepress'
import { languageOfPage, rootOf } from '../book/page-language.ts'
import { manifest } from './manifest.ts'

export const base = process.env.FOUR_TIERS_BASE ?? '/'

/** Where the site is published, without a slash at its end. Sitemap and social cards need it. */
export const site = (process.env.FOUR_TIERS_SITE ?? manifest.homepage)?.replace(/\/$/, '')

export const head: HeadConfig[] = [
  ['link', { rel: 'icon', href: `${base}mark.svg`, type: 'image/svg+xml' }],
  ['link', { rel: 'icon', href: `${base}favicon.png`, type: 'image/png', sizes: '32x32' }],
  ['link', { rel: 'apple-touch-icon', href: `${base}touch-icon.png` }],
  ['meta', { name: 'theme-color', content: '#faf6ec', media: '(prefers-color-scheme: light)' }],
  ['meta', { name: 'theme-color', content: '#14171c', media: '(prefers-color-scheme: dark)' }],
]

/** What a page shows when its address is shared, and where it stands in the other language. */
export function headOfPage({ pageData, title, description }: TransformContext): HeadConfig[] {
  const { relativePath } = pageData
  if (relativePath === '404.md') return [['meta', { name: 'robots', content: 'noindex' }]]
  const language = languageOfPage(relativePath)
  const english = relativePath.replace(/^zh\//, '').replace(/(?:index)?\.md$/, '')
  const address = { en: `${rootOf('en')}/${english}`, zh: `${rootOf('zh')}/${english}` }
  const own = address[language]
  const card = `${site ?? base.slice(0, -1)}/social-card.png`
  const social = {
    'og:type': 'article',
    'og:title': title,
    'og:description': description,
    'og:site_name': 'Four Tiers',
    'og:locale': language === 'zh' ? 'zh_CN' : 'en_GB',
    'og:image': card,
    'og:image:width': '1200',
    'og:image:height': '630',
    ...(site && { 'og:url': site + own }),
  }
  const links: HeadConfig[] = site
    ? [
        ['link', { rel: 'canonical', href: site + own }],
        ['link', { rel: 'alternate', hreflang: 'en', href: site + address.en }],
        ['link', { rel: 'alternate', hreflang: 'zh-CN', href: site + address.zh }],
      ]
    : []
  return [
    ...Object.entries(social).map(([property, content]): HeadConfig => [
      'meta',
      { property, content },
    ]),
    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
    ...links,
  ]
}

export const editLink = (text: string) => ({
  pattern: `${manifest.repository}/edit/main/docs/:path`,
  text,
})

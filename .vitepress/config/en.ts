import type { DefaultTheme, LocaleSpecificConfig } from 'vitepress'
import { editLink } from './head.ts'
import { sidebar } from './sidebar.ts'

export const en: LocaleSpecificConfig<DefaultTheme.Config> & { label: string } = {
  label: 'English',
  lang: 'en-GB',
  title: 'Four Tiers',
  description: 'Take one web application from a single server to four tiers, by running it.',
  themeConfig: {
    sidebar: sidebar('en'),
    outline: { level: [2, 3], label: 'On this page' },
    lastUpdated: { text: 'Last updated:' },
    editLink: editLink('Improve this page'),
    docFooter: { prev: 'Before', next: 'Next' },
    notFound: {
      title: 'No server answers here',
      quote: 'The address leads to no page of this book.',
      linkLabel: 'to the first page',
      linkText: 'To the first page',
    },
  },
}

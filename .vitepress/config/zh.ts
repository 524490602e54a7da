import type { DefaultTheme, LocaleSpecificConfig } from 'vitepress'
import { editLink } from './head.ts'
import { sidebar } from './sidebar.ts'

export const zh: LocaleSpecificConfig<DefaultTheme.Config> & { label: string } = {
  label: '简体中文',
  lang: 'zh-CN',
  title: '四层架构',
  description: '把一个 Web 应用从一台服务器一步步搭到四层架构，每一步都真的跑起来。',
  themeConfig: {
    sidebar: sidebar('zh'),
    outline: { level: [2, 3], label: '本页内容' },
    lastUpdated: { text: '最后更新：' },
    editLink: editLink('改进这一页'),
    docFooter: { prev: '上一篇', next: '下一篇' },
    notFound: {
      title: '这里没有服务器应答',
      quote: '这个地址不通向本书的任何一页。',
      linkLabel: '回到首页',
      linkText: '回到首页',
    },
    darkModeSwitchLabel: '外观',
    lightModeSwitchTitle: '切换到浅色',
    darkModeSwitchTitle: '切换到深色',
    sidebarMenuLabel: '目录',
    returnToTopLabel: '回到页首',
    langMenuLabel: '切换语言',
    skipToContentLabel: '跳到正文',
  },
}

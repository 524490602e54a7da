import type { DefaultTheme } from 'vitepress'
import type { Language } from '../../labs/language.ts'
import { writtenChapters } from '../book/chapters.ts'
import { rootOf } from '../book/page-language.ts'

const messages = {
  en: {
    begin: 'Begin here',
    howItWorks: 'How this book works',
    chapters: 'Chapters',
    beside: 'Beside the book',
    glossary: 'Glossary',
    mistakes: 'Mistakes',
    progress: 'Progress',
  },
  zh: {
    begin: '从这里开始',
    howItWorks: '这本书怎么用',
    chapters: '章节',
    beside: '书的旁边',
    glossary: '术语表',
    mistakes: '错误陈列馆',
    progress: '学习进度',
  },
}

/** How to use the book, the chapters that are written, then what stands beside them. */
export function sidebar(language: Language): DefaultTheme.SidebarItem[] {
  const root = rootOf(language)
  const say = messages[language]
  return [
    { text: say.begin, items: [{ text: say.howItWorks, link: `${root}/how-it-works` }] },
    {
      text: say.chapters,
      items: writtenChapters().map(({ number, slug, title }) => ({
        text: `${number}. ${title[language]}`,
        link: `${root}/${slug}`,
      })),
    },
    {
      text: say.beside,
      items: [
        { text: say.glossary, link: `${root}/glossary` },
        { text: say.mistakes, link: `${root}/mistakes` },
        { text: say.progress, link: `${root}/progress` },
      ],
    },
  ]
}

import type { Language } from '../language.ts'

interface Words {
  readonly fullName: string
  readonly motto: string
  readonly skip: string
  readonly you: string
  readonly signIn: string
  readonly signOut: string
  readonly servedBy: string
  readonly cache: string
}

/** What stands around every page. */
const words: Readonly<Record<Language, Words>> = {
  en: {
    fullName: 'Teahouse, a forum about tea',
    motto: 'a forum about tea',
    skip: 'Skip to the content',
    you: 'You',
    signIn: 'Sign in',
    signOut: 'Sign out',
    servedBy: 'served by',
    cache: 'cache',
  },
  zh: {
    fullName: 'Teahouse 茶馆论坛',
    motto: '聊茶的论坛',
    skip: '跳到正文',
    you: '你',
    signIn: '登录',
    signOut: '退出',
    servedBy: '响应的服务器：',
    cache: '缓存',
  },
}

export const wordsIn = (language: Language): Words => words[language]

import type { Text } from '../language.ts'

interface Option {
  readonly type: 'boolean' | 'string'
  readonly short?: string
  /** A value, as the help shows it. */
  readonly sample?: string
  readonly does: Text
  /** `npm run lab 1 --check`: npm takes it for its own option and tells only in the environment. */
  readonly npmKeeps: boolean
}

/** Every option, once: the parser, the help and the word about npm go by it. */
export const optionTable = {
  check: { type: 'boolean', npmKeeps: true, does: { en: 'check once', zh: '检查一次' } },
  json: { type: 'boolean', npmKeeps: true, does: { en: 'for programs', zh: '供程序读取' } },
  poll: {
    type: 'boolean',
    npmKeeps: true,
    does: { en: "where file events don't come", zh: '收不到文件事件时用' },
  },
  // npm has a --yes, a --help and a --version of its own.
  yes: { type: 'boolean', npmKeeps: false, does: { en: "don't ask", zh: '不再询问' } },
  apply: {
    type: 'boolean',
    npmKeeps: true,
    does: { en: 'solution: put it in place', zh: 'solution：换上答案' },
  },
  data: {
    type: 'boolean',
    npmKeeps: true,
    does: { en: 'down: the database too', zh: 'down：连数据库一起' },
  },
  help: {
    type: 'boolean',
    short: 'h',
    npmKeeps: false,
    does: { en: 'this page', zh: '本页' },
  },
  version: {
    type: 'boolean',
    npmKeeps: false,
    does: { en: 'which version this is', zh: '版本号' },
  },
  port: {
    type: 'string',
    sample: '8090',
    npmKeeps: true,
    does: { en: 'publish the site there', zh: '把网站发布在这个端口' },
  },
  lang: {
    type: 'string',
    sample: 'zh',
    npmKeeps: true,
    does: { en: 'English (en) or Chinese (zh)', zh: '英文（en）或中文（zh）' },
  },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof optionTable
export const optionNames = Object.keys(optionTable) as OptionName[]

/** The same, for those who only read it. */
export const optionRows: readonly (readonly [OptionName, Option])[] = optionNames.map((name) => [
  name,
  optionTable[name],
])

import { disturbances as ways } from '../runtime/disturbances.ts'
import type { Language, Text } from '../language.ts'

/** A line of the help. A command that is used in two ways has two. */
interface Usage {
  /** `project`: the word stands alone. `lab`: it stands after the lab's number or slug. */
  readonly of: 'project' | 'lab'
  /** None: it is said by what stands, or by an option. */
  readonly word?: string
  /** What is typed after `npm run lab`. */
  readonly typed: string
  readonly does: Text
}

/** Every command, once: the parser, the help and the READMEs go by it. */
export const commandTable = [
  {
    of: 'project',
    word: 'list',
    typed: '',
    does: { en: 'the labs, and how far you are', zh: '有哪些实验，你做到了哪里' },
  },
  {
    of: 'lab',
    typed: '1',
    does: {
      en: 'start lab 1 and watch: every save is checked at once',
      zh: '启动实验 1 并监视：每次保存都会立刻检查',
    },
  },
  {
    of: 'lab',
    typed: '1 -- --check [task]',
    does: { en: 'check once, then stop', zh: '检查一次就结束' },
  },
  {
    of: 'lab',
    word: 'hint',
    typed: '1 hint [task]',
    does: {
      en: 'the next hint for a task, from a nudge to nearly the answer',
      zh: '某个任务的下一条提示，从轻轻一推到几乎就是答案',
    },
  },
  {
    of: 'lab',
    word: 'solution',
    typed: '1 solution [task]',
    does: { en: 'how our answer differs from yours', zh: '我们的答案和你的有什么不同' },
  },
  {
    of: 'lab',
    word: 'solution',
    typed: '1 solution -- --apply',
    does: {
      en: 'put our answer in place (yours is kept, dated)',
      zh: '换上我们的答案（你的会按日期保留）',
    },
  },
  {
    of: 'lab',
    word: 'reset',
    typed: '1 reset',
    does: { en: 'start afresh (yours is kept, dated)', zh: '重新开始（你的会按日期保留）' },
  },
  {
    of: 'lab',
    word: 'open',
    typed: '1 open',
    does: { en: 'open the site in your browser', zh: '在浏览器里打开网站' },
  },
  {
    of: 'lab',
    word: 'load',
    typed: '1 load',
    does: {
      en: 'requests per second with more servers, or more readers',
      zh: '服务器更多、或读者更多时每秒的请求数',
    },
  },
  {
    of: 'lab',
    word: 'break',
    typed: '1 break web1 [how]',
    does: {
      en: `break it: ${ways.join(', ').replace('kill', 'kill (default)')}`,
      zh: `弄坏它：${ways.join('、').replace('kill', 'kill（默认）')}`,
    },
  },
  {
    of: 'lab',
    word: 'mend',
    typed: '1 mend [web1]',
    does: { en: 'put it back', zh: '恢复' },
  },
  {
    of: 'lab',
    word: 'logs',
    typed: '1 logs [web1]',
    does: { en: 'what the servers say', zh: '服务器的日志' },
  },
  {
    of: 'lab',
    word: 'exec',
    typed: '1 exec web1 -- ps ax',
    does: { en: 'run a program in a server', zh: '在某台服务器里运行一个程序' },
  },
  {
    of: 'lab',
    word: 'down',
    typed: '1 down [-- --data]',
    does: {
      en: 'end the lab (and throw its database away)',
      zh: '结束实验（加 --data 会删除它的数据库）',
    },
  },
  {
    of: 'project',
    word: 'doctor',
    typed: 'doctor',
    does: {
      en: 'what this machine has, and what to do about what it lacks',
      zh: '这台机器有什么、缺什么、怎么办',
    },
  },
  {
    of: 'project',
    word: 'clean',
    typed: 'clean',
    does: {
      en: 'give the disk back: an engine of the project’s own, with what is in it, and its browser',
      zh: '腾出磁盘：项目自带的引擎（连同里面的一切）和浏览器',
    },
  },
  {
    of: 'project',
    word: 'help',
    typed: '-- --help',
    does: { en: 'this list, and every option', zh: '这份清单，以及所有选项' },
  },
] as const satisfies readonly Usage[]

type WordOf<Of> = Extract<(typeof commandTable)[number], { of: Of; word: string }>['word']
export type LabWord = WordOf<'lab'>

/** Each once, in the order of the help. */
const wordsOf = <Of extends 'project' | 'lab'>(of: Of) =>
  [
    ...new Set(commandTable.flatMap((row) => (row.of === of && 'word' in row ? [row.word] : []))),
  ] as readonly string[] as readonly WordOf<Of>[]
/** What may stand after `npm run lab`, besides a lab. */
export const projectWords = wordsOf('project')
/** What may stand after a lab. */
export const labWords = wordsOf('lab')

/** The lines of a list, `npm run lab …` on the left. */
export const commandLines = (language: Language) =>
  commandTable.map(({ typed, does }) => ({
    typed: `npm run lab ${inLanguage(typed, language)}`.trimEnd(),
    does: does[language],
  }))

/** What stands in brackets is the reader's to fill in. */
const chinese = { '[task]': '[任务]', '[how]': '[方式]' }
const inLanguage = (typed: string, language: Language) =>
  language === 'en'
    ? typed
    : Object.entries(chinese).reduce((text, [en, zh]) => text.replace(en, zh), typed)

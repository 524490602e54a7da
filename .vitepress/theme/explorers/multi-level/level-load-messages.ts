import type { Messages } from '../../messages.ts'
import type { Kind } from './level-load-session.ts'
import { joined } from '../parts/sentences.ts'

export interface LevelLoadTexts {
  readonly title: string
  readonly lead: string
  readonly groups: string
  readonly groupsAre: (count: number) => string
  readonly hot: string
  readonly hotIs: (percent: number) => string
  readonly size: string
  readonly pages: (count: number) => string
  readonly process: string
  readonly withProcess: Readonly<Record<'off' | 'on', string>>
  readonly kinds: Readonly<Record<Kind, string>>
  readonly percent: (figure: string) => string
  readonly found: (percent: string) => string
  readonly of100: (figure: string) => string
  readonly words: (parts: {
    readonly near: string
    readonly main: string
    readonly database: string
    readonly ms: string
  }) => string
  readonly ceiling: (perSecond: number, by: string) => string
  readonly full: Readonly<Record<Kind, string>>
  readonly join: (sentences: readonly string[]) => string
  readonly table: string
  readonly columns: readonly [string, string, string, string]
  readonly note: string
}

export const messages: Messages<LevelLoadTexts> = {
  en: {
    title: 'What each level has to do',
    lead: 'Each of two web servers asks one of the groups, by chance, then the main level, then the database, and fills what it has passed. Move a slider, and guess first whose bar gets shorter.',
    groups: 'Groups of the near level',
    groupsAre: (count) => (count === 1 ? '1 group' : `${count} groups`),
    hot: 'Readings for the one hot topic',
    hotIs: (percent) => `${percent} % of all`,
    size: 'One group keeps',
    pages: (count) => `${count} pages`,
    process: 'In the process',
    withProcess: { off: 'nothing', on: '200 pages, 2 s' },
    kinds: {
      servers: 'Web servers',
      process: 'In the process',
      near: 'Near level',
      main: 'Main level',
      database: 'Database',
    },
    percent: (figure) => `${figure} %`,
    found: (percent) => `finds ${percent} of what it is asked`,
    of100: (figure) => `${figure} of 100`,
    words: ({ near, main, database, ms }) =>
      `Of 100 readings the busiest group is asked ${near}, the main level ${main}, the database ${database}. The questions of a reading take ${ms} ms on average.`,
    ceiling: (perSecond, by) => `At ${perSecond} readings a second ${by}.`,
    full: {
      servers: 'the web servers are full',
      process: 'the process is full',
      near: 'the groups are full',
      main: 'the main level is full',
      database: 'the database is full',
    },
    join: joined.en,
    table: 'All figures in a table',
    columns: ['Level', 'Server', 'Asked, of 100 readings', 'Found'],
    note: 'A model: 2,000 pages, popular by Zipf’s law (0.9), beside the hot topic; the main level keeps 1,500. A question takes 0.5 ms to a Redis, 16 ms to the database, and nobody waits for another. Taken for full: a web server at 600 pages a second, a group at 300 questions and fills, the main level at 1,000, the database at 100. Your machines have other figures.',
  },
  zh: {
    title: '每一级要干多少活',
    lead: '两台 Web 服务器，每次读都随机问一组，再问主缓存，最后问数据库，回来的路上把扑空的几处填上。先猜猜谁的横条会变短，再拖动滑块。',
    groups: '一级缓存的组数',
    groupsAre: (count) => `${count} 组`,
    hot: '读那个热点话题的',
    hotIs: (percent) => `占全部的 ${percent}%`,
    size: '一组存得下',
    pages: (count) => `${count} 页`,
    process: '进程内',
    withProcess: { off: '不存', on: '200 页，2 秒' },
    kinds: {
      servers: 'Web 服务器',
      process: '进程内缓存',
      near: '一级缓存',
      main: '主缓存',
      database: '数据库',
    },
    percent: (figure) => `${figure}%`,
    found: (percent) => `问到它的，${percent} 找得到`,
    of100: (figure) => `100 次里 ${figure} 次`,
    words: ({ near, main, database, ms }) =>
      `每读 100 次，最忙的一组被问 ${near} 次，主缓存 ${main} 次，数据库 ${database} 次。一次读一路问下来，平均花 ${ms} 毫秒。`,
    ceiling: (perSecond, by) => `每秒读到 ${perSecond} 次，${by}。`,
    full: {
      servers: 'Web 服务器就满了',
      process: '进程就满了',
      near: '各组就满了',
      main: '主缓存就满了',
      database: '数据库就满了',
    },
    join: joined.zh,
    table: '全部数字的表格',
    columns: ['级', '服务器', '每 100 次读被问几次', '找得到'],
    note: '这是一个模型：除了热点话题，另有 2,000 个页面，冷热合乎齐夫定律（0.9）；主缓存存得下 1,500 页。问一次 Redis 花 0.5 毫秒，问一次数据库花 16 毫秒，谁也不用排队。怎样算满：一台 Web 服务器每秒 600 页，一组每秒 300 次询问和回填，主缓存每秒 1,000 次，数据库每秒 100 次。你的机器会是别的数字。',
  },
}

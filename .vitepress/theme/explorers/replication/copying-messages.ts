import type { Resync } from '../../../../snippets/replication/replication.ts'
import type { Messages } from '../../messages.ts'
import type { StoryId } from './copying-session.ts'
import { joined } from '../parts/sentences.ts'

export type CopyingSign = 'stream' | 'backlog' | 'lacks' | 'other'

export interface CopyingTexts {
  readonly title: string
  readonly story: string
  readonly stories: Readonly<Record<StoryId, string>>
  readonly told: Readonly<Record<StoryId, string>>
  readonly free: string
  readonly backlog: string
  readonly step: string
  readonly play: string
  readonly pause: string
  readonly reset: string
  readonly nothingYet: string
  readonly full: Readonly<Record<Extract<Resync, { kind: 'full' }>['why'], string>>
  readonly partial: (size: string) => string
  readonly writes: (size: string) => string
  readonly sleeps: string
  readonly wakes: string
  readonly restarts: string
  readonly own: string
  readonly write: (size: string) => string
  readonly sleep: string
  readonly wake: string
  readonly restart: string
  readonly isFull: string
  readonly lanes: Readonly<Record<'master' | 'copy', string>>
  readonly legend: Readonly<Record<CopyingSign, string>>
  readonly columns: readonly [string, string, string, string, string]
  readonly transcript: string
  readonly none: string
  readonly join: (sentences: readonly string[]) => string
  readonly pictureWords: (parts: {
    readonly master: string
    readonly backlog: string
    readonly copy: string
    readonly lag: string
    readonly isAway: boolean
  }) => string
}

export const messages: Messages<CopyingTexts> = {
  en: {
    title: 'A copy, and who takes over',
    story: 'Stories',
    stories: { short: 'Away for a little', long: 'Away for longer', empty: 'An empty master' },
    told: {
      short: 'The copy is away while 12 kB are written. What does it need when it is back?',
      long: 'The same, but 24 kB are written meanwhile. Is the first of them still there?',
      empty: 'The master dies and is started again at once, with nothing on its disk.',
    },
    free: 'Your own moves. Write, send the copy to sleep, and guess before you wake it.',
    backlog: 'repl-backlog-size',
    step: 'Next step',
    play: 'Play',
    pause: 'Pause',
    reset: 'Start again',
    nothingYet:
      'Nothing has been written yet. Guess whether the copy will get the rest or everything, then press “Next step”.',
    partial: (size) => `It asks for what comes after its offset, and gets ${size}: partial.`,
    full: {
      'nothing-known': 'It knows nothing, and gets everything: full.',
      'another-stream':
        'Its offset is of another stream, so it forgets all it had and gets everything: full.',
      'too-late': 'What it lacks has left the backlog, so it gets everything anew: full.',
      ahead: 'It knows more than the master ever wrote, so it gets everything anew: full.',
    },
    writes: (size) => `${size} are written.`,
    sleeps: 'The copy falls asleep, for so long that the master hangs up.',
    wakes: 'The copy wakes and connects.',
    restarts: 'The master is killed and begins a new stream, with nothing in it.',
    own: 'Your own moves',
    write: (size) => `Write ${size}`,
    sleep: 'Send the copy to sleep',
    wake: 'Wake the copy',
    restart: 'Kill the master, and start it',
    isFull: 'The table is full. Start again.',
    lanes: { master: 'master', copy: 'copy' },
    legend: {
      stream: 'the stream, from its first byte',
      backlog: 'still in the backlog',
      lacks: 'what the copy lacks',
      other: 'of another stream',
    },
    columns: ['Step', 'What happens', 'Master', 'Backlog from', 'Copy'],
    transcript: 'All steps in words',
    none: 'not to be told',
    join: joined.en,
    pictureWords: ({ master, backlog, copy, lag, isAway }) =>
      `Two bars. Master: stream ${master}, the last ${backlog} of it in the backlog. Copy: stream ${copy}${isAway ? ', asleep' : ''}. Lag: ${lag}.`,
  },
  zh: {
    title: '副本，以及谁来接任',
    story: '情节',
    stories: { short: '离开一小会儿', long: '离开得久些', empty: '空的主' },
    told: {
      short: '副本不在时写了 12 kB。它回来要补什么？',
      long: '还是这样，可这段时间写了 24 kB。最早的那些还在吗？',
      empty: '主死了，马上又启动，磁盘上什么也没有。',
    },
    free: '自己动手。写一些，让副本睡下，先猜，再叫醒它。',
    backlog: 'repl-backlog-size',
    step: '下一步',
    play: '播放',
    pause: '暂停',
    reset: '重新开始',
    nothingYet: '还什么都没写。先猜猜副本是补一段，还是全部重来，再按“下一步”。',
    partial: (size) => `它要自己偏移量之后的部分，拿到 ${size}：部分重同步。`,
    full: {
      'nothing-known': '它什么也不知道，要来全部：全量重同步。',
      'another-stream': '它的偏移量属于另一条流，只好忘掉手里的，要来全部：全量重同步。',
      'too-late': '它缺的那段已经不在积压缓冲区里，只好全部重来：全量重同步。',
      ahead: '它知道的比主写过的还多，只好全部重来：全量重同步。',
    },
    writes: (size) => `写入 ${size}。`,
    sleeps: '副本睡着了，久到主断开了连接。',
    wakes: '副本醒来，重新连上。',
    restarts: '主被杀死，重新开始一条新的流，里面什么也没有。',
    own: '自己动手',
    write: (size) => `写 ${size}`,
    sleep: '让副本睡下',
    wake: '叫醒副本',
    restart: '杀死主，再启动',
    isFull: '表格满了，请重新开始。',
    lanes: { master: '主', copy: '副本' },
    legend: {
      stream: '整条流，从第一个字节起',
      backlog: '还在积压缓冲区里',
      lacks: '副本缺的',
      other: '属于另一条流',
    },
    columns: ['步骤', '发生了什么', '主', '积压起点', '副本'],
    transcript: '全部步骤的文字记录',
    none: '无从说起',
    join: joined.zh,
    pictureWords: ({ master, backlog, copy, lag, isAway }) =>
      `两条横条。主：流 ${master}，其中最后 ${backlog} 还在积压缓冲区里。副本：流 ${copy}${isAway ? '，睡着' : ''}。落后：${lag}。`,
  },
}

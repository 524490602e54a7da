import type { WindowEvent, WindowSettings } from '../../../../snippets/multi-level/stale-story.ts'
import type { Messages } from '../../messages.ts'
import type { Lane, ProcessChoice, RuleName, StoryId } from './stale-session.ts'
import { joined } from '../parts/sentences.ts'

type Names<Rule extends RuleName> = Readonly<Record<WindowSettings[Rule], string>>
export type StaleSign = 'old' | 'new' | 'stale' | 'filled' | 'deleted' | 'failed'

export interface StaleTexts {
  readonly title: string
  readonly story: string
  readonly stories: Readonly<Record<StoryId, string>>
  readonly told: Readonly<Record<StoryId, string>>
  readonly free: string
  readonly rules: Readonly<Record<RuleName | 'process', string>>
  readonly options: { readonly [Rule in RuleName]: Names<Rule> }
  readonly process: Readonly<Record<ProcessChoice, string>>
  readonly step: string
  readonly play: string
  readonly pause: string
  readonly reset: string
  readonly nothingYet: string
  readonly lanes: Readonly<Record<Lane, string>>
  readonly events: {
    readonly [Kind in Exclude<WindowEvent['kind'], 'slow-reads' | 'expired'>]: (
      place: string,
    ) => string
  } & {
    readonly 'slow-reads': (from: string) => string
    readonly expired: (places: string) => string
  }
  readonly refilled: (place: string, from: string, version: number) => string
  readonly oldIsBack: string
  readonly list: (places: readonly string[]) => string
  readonly join: (sentences: readonly string[]) => string
  readonly colon: string
  readonly legend: Readonly<Record<StaleSign, string>>
  readonly seen: string
  readonly forHowLong: (time: string) => string
  readonly never: string
  readonly notYet: string
  readonly transcript: string
  readonly columns: readonly [string, string, string, string, string]
  readonly pictureWords: (steps: number, shows: readonly string[]) => string
  readonly shows: (server: string, version: number) => string
  readonly note: string
}

export const messages: Messages<StaleTexts> = {
  en: {
    title: 'How long the old page is seen',
    story: 'Stories',
    stories: {
      calm: 'As it should be',
      'near-first': 'Nearby deleted first',
      lost: 'A lost message',
      missed: 'A group that missed it',
      slow: 'A slow reader',
      fenced: '… who is refused',
      nobody: 'Nobody is told',
      sum: '… and times add up',
    },
    told: {
      calm: 'A reply is written on web1: first the database, then the main level, both groups, the processes. Who still sees the old topic, and for how long?',
      'near-first':
        'The writer deletes what is near first, so that readers see nothing old. What do the groups do then?',
      lost: 'The message to web2’s process never arrives. Its process keeps a page for 2 s.',
      missed: 'near2 cannot be told, and the writer goes on without it. It keeps a page for 6 s.',
      slow: 'A reader on web2 has asked the database just before the reply, and fills all levels half a second later.',
      fenced: 'The same slow reader; but what was read before a delete is not taken any more.',
      nobody:
        'Somebody changes the database by hand, and no cache is told. No level keeps a page for longer than is left of it farther off.',
      sum: 'The same, but each level begins its own time anew when it is filled: 2 s, 6 s, 12 s.',
    },
    free: 'Your own rules. Guess who sees the old page, and for how long, before you press “Next step”.',
    rules: {
      order: 'The writer',
      message: 'The message to web2',
      group: 'The group near2',
      slow: 'A slow reader',
      fill: 'A late fill',
      ttl: 'A nearer level keeps',
      process: 'In the process',
    },
    options: {
      order: {
        'far-first': 'deletes far first',
        'near-first': 'deletes near first',
        nobody: 'tells nobody',
      },
      message: { 'in-time': 'in time', late: '0.4 s late', lost: 'lost' },
      group: { told: 'is told', missed: 'misses it' },
      slow: {
        none: 'none',
        'from-main': 'has asked the main level',
        'from-database': 'has asked the database',
      },
      fill: { plain: 'is taken', fenced: 'is refused' },
      ttl: { own: 'for its own time', rest: 'never longer than farther off' },
    },
    process: { on: 'the page, 2 s', off: 'nothing' },
    step: 'Next step',
    play: 'Play',
    pause: 'Pause',
    reset: 'Start again',
    nothingYet:
      'The old page lies everywhere, and everybody reads it. Guess how long it will be seen, then press “Next step”.',
    lanes: {
      web1: 'web1',
      web2: 'web2',
      near1: 'near1',
      near2: 'near2',
      main: 'main',
      database: 'database',
    },
    events: {
      'slow-reads': (from) => `A slow reader on web2 gets the old page from ${from}.`,
      written: () => 'The new page is in the database.',
      answered: () => 'The writer is told: written. From here on the old page should not be seen.',
      deleted: (place) => `${place} deletes the page.`,
      missed: (place) => `${place} cannot be told.`,
      lost: (place) => `The message to ${place} is lost.`,
      'filled-late': (place) => `The slow reader fills the old page into ${place}.`,
      refused: (place) => `${place} refuses what the slow reader brings.`,
      expired: (places) => `The time to live is over: ${places}.`,
    },
    refilled: (place, from, version) => `${place} is filled from ${from}: v${version}.`,
    oldIsBack: 'The old page is back.',
    list: (places) => places.join(', '),
    join: joined.en,
    colon: ': ',
    legend: {
      old: 'v1, the old page',
      new: 'v2, the new one',
      stale: 'old is shown, though “written” was said',
      filled: 'filled, from where to where',
      deleted: 'deleted',
      failed: 'not told; refused',
    },
    seen: 'After “written” the old page could be seen',
    forHowLong: (time) => `for ${time}`,
    never: 'not at all',
    notYet: 'guess',
    transcript: 'All steps in words',
    columns: ['Step', 'Time', 'What happens', 'web1 shows', 'web2 shows'],
    pictureWords: (steps, shows) => `Time line of ${steps} steps. ${shows.join(', ')}.`,
    shows: (server, version) => `${server} shows v${version}`,
    note: 'The page is read all the time, on both servers and by way of both groups; where a reader may find the one or the other, the picture shows the old. web1 and web2: what a reader there is shown. Times to live: process 2 s, group 6 s, main level 12 s.',
  },
  zh: {
    title: '旧页面还能看到多久',
    story: '情节',
    stories: {
      calm: '一切照规矩',
      'near-first': '先删近处',
      lost: '消息丢了',
      missed: '有一组没通知到',
      slow: '手慢的读者',
      fenced: '……被拒绝',
      nobody: '谁也没通知',
      sum: '……有效期相加',
    },
    told: {
      calm: 'web1 上写入一条回复：先写数据库，再删主缓存、两组一级缓存、进程内的。谁还看得到旧话题，看多久？',
      'near-first': '写的人先删近处，免得读者看到旧的。接下来，那两组里会怎样？',
      lost: '发给 web2 进程的消息没有送到。进程内一页留 2 秒。',
      missed: '通知不到 near2，写的人就不管它了。它那里，一页留 6 秒。',
      slow: 'web2 上有位读者，回复之前刚问过数据库，回复之后半秒才回填各级。',
      fenced: '还是这位手慢的读者，不过删除之前读到的，一律不收。',
      nobody: '有人直接改了数据库，谁也没通知。哪一级都不比远处剩下的时间留得更久。',
      sum: '还是这样，但每一级一填上就从头算自己的有效期：2 秒、6 秒、12 秒。',
    },
    free: '你自己的规则。先猜谁会看到旧页面、看多久，再按“下一步”。',
    rules: {
      order: '写的人',
      message: '发给 web2 的消息',
      group: 'near2 这一组',
      slow: '手慢的读者',
      fill: '迟到的回填',
      ttl: '近处的一级',
      process: '进程内',
    },
    options: {
      order: { 'far-first': '先删远处', 'near-first': '先删近处', nobody: '谁也不通知' },
      message: { 'in-time': '及时', late: '晚 0.4 秒', lost: '丢了' },
      group: { told: '通知到了', missed: '没通知到' },
      slow: { none: '没有', 'from-main': '问过主缓存', 'from-database': '问过数据库' },
      fill: { plain: '收下', fenced: '拒绝' },
      ttl: { own: '各按自己的有效期', rest: '不比远处留得久' },
    },
    process: { on: '存这一页，2 秒', off: '不存' },
    step: '下一步',
    play: '播放',
    pause: '暂停',
    reset: '重新开始',
    nothingYet: '到处都是旧页面，大家都在读它。先猜猜它还会被看到多久，再按“下一步”。',
    lanes: {
      web1: 'web1',
      web2: 'web2',
      near1: 'near1',
      near2: 'near2',
      main: '主缓存',
      database: '数据库',
    },
    events: {
      'slow-reads': (from) => `web2 上手慢的读者，从${from}拿到旧页面。`,
      written: () => '数据库里有了新页面。',
      answered: () => '告诉写的人：写好了。从这一刻起，不该再看到旧页面。',
      deleted: (place) => `${place}：删掉这一页。`,
      missed: (place) => `${place} 通知不到。`,
      lost: (place) => `发给 ${place} 的消息丢了。`,
      'filled-late': (place) => `手慢的读者回填旧页面：${place}。`,
      refused: (place) => `${place}：手慢的读者送来的，不收。`,
      expired: (places) => `有效期到了：${places}。`,
    },
    refilled: (place, from, version) => `回填 v${version}：${from} → ${place}。`,
    oldIsBack: '旧页面又回来了。',
    list: (places) => places.join('、'),
    join: joined.zh,
    colon: '：',
    legend: {
      old: 'v1，旧页面',
      new: 'v2，新页面',
      stale: '已经说“写好了”，给的还是旧的',
      filled: '回填：从哪里到哪里',
      deleted: '删除',
      failed: '没通知到；被拒绝',
    },
    seen: '说了“写好了”之后，旧页面还能看到多久',
    forHowLong: (time) => time,
    never: '再也看不到',
    notYet: '猜一猜',
    transcript: '全部步骤的文字记录',
    columns: ['步骤', '时刻', '发生了什么', 'web1 给出', 'web2 给出'],
    pictureWords: (steps, shows) => `${steps} 步的时间线。${shows.join('，')}。`,
    shows: (server, version) => `${server} 给出 v${version}`,
    note: '两台服务器上、两组里，这一页一直有人在读；新旧都可能读到的时候，图上按旧的算。web1、web2 两行是那里的读者会看到的版本。有效期：进程内 2 秒，一组 6 秒，主缓存 12 秒。',
  },
}

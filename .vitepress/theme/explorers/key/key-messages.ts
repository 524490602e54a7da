import type { Act, Filling, Outcome, Writing } from '../../../../snippets/cache/key-life.ts'
import type { Messages } from '../../messages.ts'
import type { StoryId } from './key-session.ts'
import { joined } from '../parts/sentences.ts'

export interface KeyTexts {
  readonly title: string
  readonly story: string
  readonly stories: Readonly<Record<StoryId, string>>
  readonly told: Readonly<Record<StoryId, string>>
  readonly free: string
  readonly writing: string
  readonly writings: Readonly<Record<Writing, string>>
  readonly filling: string
  readonly fillings: Readonly<Record<Filling, string>>
  readonly step: string
  readonly play: string
  readonly pause: string
  readonly reset: string
  readonly nothingYet: string
  readonly full: string
  readonly own: string
  readonly enter: Readonly<Record<'reader' | 'writer', (server: string) => string>>
  readonly go: (name: string, act: string) => string
  readonly expire: string
  readonly lanes: Readonly<Record<'web1' | 'web2' | 'redis' | 'database', string>>
  readonly legend: Readonly<Record<'version' | 'lease' | 'stuck' | 'deceived', string>>
  readonly acts: Readonly<Record<Act, string>>
  readonly who: (name: string, server: string) => string
  readonly outcomes: Readonly<Record<Outcome, (version: number) => string>>
  readonly dies: (who: string) => string
  readonly expires: string
  readonly deceived: (knew: number) => string
  readonly stuck: (redis: number, database: number) => string
  readonly colon: string
  readonly join: (sentences: readonly string[]) => string
  readonly transcript: string
  readonly columns: readonly [string, string, string, string]
  readonly nothing: string
  readonly pictureWords: (moves: number, redis: string, database: number) => string
}

export const messages: Messages<KeyTexts> = {
  en: {
    title: 'A key’s life',
    story: 'Stories',
    stories: {
      life: 'An ordinary day',
      'late-fill': 'The late fill',
      'delete-first': 'Deleted first',
      crossing: 'Two who update',
      'writer-dies': 'The writer dies',
      'asker-dies': 'The asker dies',
    },
    told: {
      life: 'A miss, a hit, a reply, a miss. Nobody comes at the wrong moment.',
      'late-fill': 'A reader has asked the database, and is slow. Meanwhile somebody replies.',
      'delete-first':
        'The writer throws the old topic away first, so that nobody sees it. Then he writes.',
      crossing:
        'Nobody deletes: each writer puts the new topic into Redis. Two of them come at once.',
      'writer-dies': 'Written, and not yet deleted: there the writer’s server loses its power.',
      'asker-dies': 'The one who has the lease dies. Who waits for him, and how long?',
    },
    free: 'Your own story. Send readers and writers, and decide whose step is next.',
    writing: 'A writer',
    writings: {
      'delete-after': 'writes, then deletes',
      'delete-before': 'deletes, then writes',
      update: 'writes, then updates Redis',
    },
    filling: 'A reader',
    fillings: { plain: 'fills as he likes', lease: 'fills by a lease' },
    step: 'Next step',
    play: 'Play',
    pause: 'Pause',
    reset: 'Start again',
    nothingYet:
      'Nothing has happened yet. Guess what the last reader will see, then press “Next step”.',
    full: 'The picture is full. Start again.',
    own: 'Your own moves',
    enter: {
      reader: (server) => `New reader at ${server}`,
      writer: (server) => `New writer at ${server}`,
    },
    go: (name, act) => `${name}: ${act}`,
    expire: 'Time passes: TTL and lease are over',
    lanes: { web1: 'web1', web2: 'web2', redis: 'Redis', database: 'database' },
    legend: {
      version: 'has this version',
      lease: 'lease is taken',
      stuck: 'old, and nobody will put it right',
      deceived: 'was shown something too old',
    },
    acts: {
      look: 'look in Redis',
      ask: 'ask the database',
      fill: 'fill Redis',
      write: 'write to the database',
      delete: 'delete from Redis',
      update: 'update Redis',
    },
    who: (name, server) => `${name} at ${server}`,
    outcomes: {
      hit: (version) => `looks in Redis, finds v${version}, and shows it.`,
      miss: () => 'looks in Redis, and finds nothing.',
      leased: () => 'looks in Redis, finds nothing, and is given the lease.',
      waits: () =>
        'looks in Redis: nothing, and the lease is somebody else’s. It waits and looks again.',
      read: (version) => `asks the database, and holds v${version} in its hands.`,
      filled: (version) => `fills Redis with v${version}, and shows it.`,
      refused: (version) =>
        `wants to fill Redis with v${version}, and is refused: its lease is gone. It shows v${version} and leaves nothing behind.`,
      written: (version) => `writes v${version} to the database.`,
      deleted: () => 'deletes the key from Redis, and whatever lease there is.',
      updated: (version) => `puts v${version} into Redis.`,
    },
    dies: (who) => `${who} dies. What it still had to do is not done.`,
    expires: 'Time passes. What Redis had is gone, and so is any lease.',
    deceived: (knew) => `Too old: v${knew} had been acknowledged before it came.`,
    stuck: (redis, database) =>
      `Redis has v${redis}, the database v${database}, and nobody is on the way to put that right.`,
    colon: ': ',
    join: joined.en,
    transcript: 'All steps in words',
    columns: ['Step', 'What happens', 'Redis', 'Database'],
    nothing: 'nothing',
    pictureWords: (moves, redis, database) =>
      `Time line of ${moves} steps. Redis has ${redis}, the database v${database}.`,
  },
  zh: {
    title: '一个键的一生',
    story: '情节',
    stories: {
      life: '平常的一天',
      'late-fill': '迟到的回填',
      'delete-first': '先删后写',
      crossing: '两个都来更新',
      'writer-dies': '写的人死了',
      'asker-dies': '去问的人死了',
    },
    told: {
      life: '未命中，命中，一条回复，再未命中。谁都没赶上不巧的时候。',
      'late-fill': '一位读者问过了数据库，手脚慢。这当口有人回复了。',
      'delete-first': '写的人先把旧话题删掉，免得有人看到，然后才写。',
      crossing: '谁也不删：每个写的人都把新话题放进 Redis。两个人同时来。',
      'writer-dies': '写完了，还没删，写的那台服务器断电了。',
      'asker-dies': '拿着租约的人死了。谁在等他，要等多久？',
    },
    free: '你自己的情节。派读者和写的人来，下一步轮到谁由你定。',
    writing: '写的人',
    writings: {
      'delete-after': '先写库，再删缓存',
      'delete-before': '先删缓存，再写库',
      update: '先写库，再更新缓存',
    },
    filling: '读者',
    fillings: { plain: '随意回填', lease: '凭租约回填' },
    step: '下一步',
    play: '播放',
    pause: '暂停',
    reset: '重新开始',
    nothingYet: '还什么都没发生。先猜猜最后一位读者会看到什么，再按“下一步”。',
    full: '图画满了，请重新开始。',
    own: '自己走',
    enter: {
      reader: (server) => `${server} 来一位读者`,
      writer: (server) => `${server} 来一个写的人`,
    },
    go: (name, act) => `${name}：${act}`,
    expire: '时间流逝：有效期和租约都到了',
    lanes: { web1: 'web1', web2: 'web2', redis: 'Redis', database: '数据库' },
    legend: {
      version: '手里是这一版',
      lease: '租约在某人手里',
      stuck: '旧的，而且没有人会来改正',
      deceived: '看到的太旧',
    },
    acts: {
      look: '查 Redis',
      ask: '问数据库',
      fill: '回填 Redis',
      write: '写数据库',
      delete: '从 Redis 删除',
      update: '更新 Redis',
    },
    who: (name, server) => `${server} 上的 ${name}`,
    outcomes: {
      hit: (version) => `查 Redis，看到 v${version}，给出去。`,
      miss: () => '查 Redis，什么也没有。',
      leased: () => '查 Redis，什么也没有，领到了租约。',
      waits: () => '查 Redis：没有，租约在别人手里。等一等再查。',
      read: (version) => `问数据库，手里拿着 v${version}。`,
      filled: (version) => `把 v${version} 回填到 Redis，并给出去。`,
      refused: (version) =>
        `想回填 v${version}，被拒绝了：租约已经作废。它给出 v${version}，什么也没留下。`,
      written: (version) => `把 v${version} 写进数据库。`,
      deleted: () => '从 Redis 删掉这个键，连同可能存在的租约。',
      updated: (version) => `把 v${version} 放进 Redis。`,
    },
    dies: (who) => `${who} 死了，没做完的事就没人做了。`,
    expires: '时间流逝。Redis 里的过期了，租约也到期了。',
    deceived: (knew) => `太旧了：它来之前，v${knew} 就已经确认写好了。`,
    stuck: (redis, database) =>
      `Redis 里是 v${redis}，数据库里是 v${database}，而且没有人会来改正。`,
    colon: '：',
    join: joined.zh,
    transcript: '全部步骤的文字记录',
    columns: ['步骤', '发生了什么', 'Redis', '数据库'],
    nothing: '无',
    pictureWords: (moves, redis, database) =>
      `${moves} 步的时间线。Redis 里是 ${redis}，数据库里是 v${database}。`,
  },
}

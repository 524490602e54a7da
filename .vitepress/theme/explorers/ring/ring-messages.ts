import type { Way } from '../../../../snippets/hashing/placement.ts'
import type { Messages } from '../../messages.ts'
import type { Move } from './ring-session.ts'
import type { StoryId } from './ring-stories.ts'
import { joined } from '../parts/sentences.ts'

export type Sign = 'point' | 'band' | 'key' | 'moved'

export interface RingTexts {
  readonly title: string
  readonly story: string
  readonly stories: Readonly<Record<StoryId, string>>
  readonly told: Readonly<Record<StoryId, string>>
  readonly free: string
  readonly way: string
  readonly ways: Readonly<Record<Way, string>>
  readonly explained: Readonly<Record<Way, string>>
  readonly points: string
  readonly onlyOnTheRing: string
  readonly step: string
  readonly play: string
  readonly pause: string
  readonly reset: string
  readonly nothingYet: string
  readonly legend: Readonly<Record<Sign, string>>
  /** In the middle of the picture. */
  readonly middle: string
  readonly moves: Readonly<Record<Move['kind'], (name: string, weight: number) => string>>
  readonly moved: (figures: readonly string[], of: number) => string
  readonly ofMany: (share: string, fewest: string) => string
  readonly join: (sentences: readonly string[]) => string
  readonly own: string
  readonly add: string
  readonly remove: (name: string) => string
  readonly reverse: string
  readonly weightOf: (name: string) => string
  readonly servers: string
  readonly columns: readonly [string, string, string, string, string]
  readonly noKeys: string
  readonly list: (items: readonly string[]) => string
  readonly compared: string
  readonly comparedColumns: readonly [string, string, string]
  readonly fewest: string
  readonly transcript: string
  readonly transcriptColumns: readonly [string, string, string]
  readonly pictureWords: (
    way: string,
    shares: readonly string[],
    homes: readonly string[],
  ) => string
  readonly shareOf: (name: string, share: string) => string
  readonly homeOf: (name: string, keys: string) => string
}

export const messages: Messages<RingTexts> = {
  en: {
    title: 'Where does a key live?',
    story: 'Stories',
    stories: {
      joins: 'One joins',
      dies: 'One dies and returns',
      alone: 'One point each',
      twice: 'Twice as large',
      order: 'The list turned round',
      crowd: 'Twenty-five',
    },
    told: {
      joins:
        'Three Redis, then four, five, six. How many keys have to move each time, and to whom?',
      dies: 'One of four dies, and comes back. Whose keys move, and where do they go?',
      alone: 'One point for each server. When one dies, who gets its keys?',
      twice: 'One of three gets a bigger machine: a weight of 2, of 4, and of 1 again.',
      order: 'The same four servers, and somebody lists them the other way round. Then one dies.',
      crowd: 'Twenty-four servers with 160 points each. One joins, one dies.',
    },
    free: 'Your own servers. Add, remove, give weights, and see what moves.',
    way: 'Where a key lives is said by',
    ways: {
      ring: 'the ring',
      modulo: 'modulo',
      jump: 'jump hash',
      rendezvous: 'rendezvous',
      slots: 'Redis Cluster’s slots',
    },
    explained: {
      ring: 'From the key’s place go clockwise: the first point’s server has it.',
      modulo:
        'The key’s hash is divided by the length of the list: the remainder is the place in it.',
      jump: 'The key’s hash jumps to a number below the number of servers. Names and weights don’t count.',
      rendezvous: 'Each server makes a bid for the key, from both names. The highest has it.',
      slots:
        'The key’s CRC16 names one of 16,384 slots, and a table says whose each slot is. A step moves slots by resharding.',
    },
    points: 'Points for a weight of 1',
    onlyOnTheRing: 'Only the ring has points.',
    step: 'Next step',
    play: 'Play',
    pause: 'Pause',
    reset: 'Start again',
    nothingYet:
      'Nothing has happened yet. Guess how many of the 24 keys will move, then press “Next step”.',
    legend: {
      point: 'a server’s point, and what is its own before it',
      band: 'too many points to tell apart: the wider a band, the more of that stretch is its server’s',
      key: 'a key, in its home’s colour',
      moved: 'moved by the last step',
    },
    middle: 'moved',
    moves: {
      joins: (name) => `${name} joins.`,
      goes: (name) => `${name} is gone.`,
      weighs: (name, weight) => `${name} has a weight of ${weight} now.`,
      reverses: () => 'The list is turned round.',
    },
    moved: (figures, of) => {
      if (figures.length === 0) return `None of the ${of} keys moves.`
      return `${figures.length} of ${of} keys ${figures.length === 1 ? 'moves' : 'move'}: ${figures.join(', ')}.`
    },
    ofMany: (share, fewest) =>
      `Of 10,000 keys ${share} move; it can’t be done with less than ${fewest}.`,
    join: joined.en,
    own: 'Your own moves',
    add: 'Add a server',
    remove: (name) => `Remove ${name}`,
    reverse: 'Turn the list round',
    weightOf: (name) => `Weight of ${name}`,
    servers: 'The servers, their weights and shares',
    columns: ['Server', 'Weight', 'Share of 10,000 keys', 'Its keys of the 24', 'Remove'],
    noKeys: 'none',
    list: (items) => items.join(', '),
    compared: 'The last step, by each way',
    comparedColumns: ['Way', 'Moved of 24', 'Moved of 10,000'],
    fewest: 'the least possible',
    transcript: 'All steps in words',
    transcriptColumns: ['Step', 'What happens', 'Moved of 24'],
    pictureWords: (way, shares, homes) =>
      `Circle with 24 keys, by ${way}. Shares: ${shares.join(', ')}. Keys: ${homes.join('; ')}.`,
    shareOf: (name, share) => `${name} ${share}`,
    homeOf: (name, keys) => `${name} has ${keys}`,
  },
  zh: {
    title: '键住在哪里？',
    story: '情节',
    stories: {
      joins: '新来一台',
      dies: '死一台，又回来',
      alone: '每台一个点',
      twice: '大一倍',
      order: '名单倒过来',
      crowd: '二十五台',
    },
    told: {
      joins: '三台 Redis，变成四台、五台、六台。每次有多少键要搬，搬到谁那里？',
      dies: '四台里死了一台，后来又回来了。谁的键要搬，搬去哪里？',
      alone: '每台服务器只有一个点。死了一台，它的键归谁？',
      twice: '三台里有一台换了大机器：权重变成 2，再到 4，又回到 1。',
      order: '还是那四台，有人把名单倒着写了一遍。接着又死了一台。',
      crowd: '二十四台，每台 160 个点。来一台，死一台。',
    },
    free: '你自己的服务器。加一台、减一台、改权重，看看哪些键要搬。',
    way: '键住哪里，由谁说了算',
    ways: {
      ring: '哈希环',
      modulo: '取模',
      jump: '跳跃哈希',
      rendezvous: 'rendezvous 哈希',
      slots: 'Redis 集群的槽',
    },
    explained: {
      ring: '从键的位置顺时针走，先碰到谁的点，就归谁。',
      modulo: '键的哈希值除以名单的长度，余数是几，就归名单上的第几台。',
      jump: '键的哈希值跳到一个编号，小于服务器的台数。名字和权重都不算数。',
      rendezvous: '每台服务器拿自己的名字和键算出一个出价，谁高归谁。',
      slots:
        '键的 CRC16 对应 16,384 个槽中的一个，哪个槽归谁，写在一张表里。每一步都靠迁移槽来完成。',
    },
    points: '权重为 1 时的点数',
    onlyOnTheRing: '只有哈希环才有点。',
    step: '下一步',
    play: '播放',
    pause: '暂停',
    reset: '重新开始',
    nothingYet: '还什么都没发生。先猜猜 24 个键里有几个要搬，再按“下一步”。',
    legend: {
      point: '服务器的点，以及它之前归它的那一段',
      band: '点太多，分不清：带子越宽，那一段里归那台的就越多',
      key: '一个键，颜色随它的家',
      moved: '上一步搬了家',
    },
    middle: '个搬家',
    moves: {
      joins: (name) => `${name} 加入。`,
      goes: (name) => `${name} 没了。`,
      weighs: (name, weight) => `${name} 的权重现在是 ${weight}。`,
      reverses: () => '名单倒过来了。',
    },
    moved: (figures, of) =>
      figures.length === 0
        ? `${of} 个键一个也没搬。`
        : `${of} 个键里搬了 ${figures.length} 个：${figures.join('、')}。`,
    ofMany: (share, fewest) => `一万个键里搬了 ${share}；最少也得搬 ${fewest}。`,
    join: joined.zh,
    own: '自己动手',
    add: '加一台服务器',
    remove: (name) => `去掉 ${name}`,
    reverse: '把名单倒过来',
    weightOf: (name) => `${name} 的权重`,
    servers: '各台服务器的权重和份额',
    columns: ['服务器', '权重', '一万个键中的份额', '24 个键里归它的', '去掉'],
    noKeys: '无',
    list: (items) => items.join('、'),
    compared: '同样的上一步，换一种办法',
    comparedColumns: ['办法', '24 个里搬了', '一万个里搬了'],
    fewest: '最少要搬',
    transcript: '全部步骤的文字记录',
    transcriptColumns: ['步骤', '发生了什么', '24 个里搬了'],
    pictureWords: (way, shares, homes) =>
      `一个圆上有 24 个键，办法是${way}。份额：${shares.join('，')}。键：${homes.join('；')}。`,
    shareOf: (name, share) => `${name} 占 ${share}`,
    homeOf: (name, keys) => `${name} 有 ${keys}`,
  },
}

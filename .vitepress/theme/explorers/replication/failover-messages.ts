import type {
  FailoverSettings,
  RedisName,
  SentinelView,
  Tally,
} from '../../../../snippets/replication/failover-story.ts'
import type { Messages } from '../../messages.ts'
import type { Does, StoryId } from './failover-session.ts'

export type FailoverSign = 'redis1' | 'copy1' | 'doubted' | 'given-up' | 'split' | 'gone' | 'vote'

type OfSentinel = (sentinel: string, redis: string) => string
type OfEpoch = (sentinel: string, epoch: number) => string

export interface Events extends Readonly<Record<Does, (server: string) => string>> {
  readonly '+sdown': OfSentinel
  readonly '-sdown': OfSentinel
  readonly '-odown': OfSentinel
  readonly '+odown': (sentinel: string, redis: string, opinions: number) => string
  readonly '+try-failover': OfEpoch
  readonly '+vote-for-leader': (sentinel: string, leader: string, epoch: number) => string
  readonly '+elected-leader': OfEpoch
  readonly '-failover-abort-not-elected': OfEpoch
  readonly '-failover-abort-no-good-slave': (sentinel: string) => string
  readonly '+selected-slave': OfSentinel
  readonly '+promoted-slave': OfSentinel
  readonly '+switch-master': OfSentinel
  readonly '+convert-to-slave': OfSentinel
  readonly promoted: (redis: string) => string
  readonly partial: (redis: string, bytes: number) => string
  readonly full: (redis: string) => string
  readonly fails: (redis: string, gap: string) => string
  readonly succeeds: (redis: string, gap: string) => string
  readonly moves: (redis: string) => string
}

export interface FailoverTexts {
  readonly title: string
  readonly story: string
  readonly stories: Readonly<Record<StoryId, string>>
  readonly told: Readonly<Record<StoryId, string>>
  readonly free: string
  readonly downAfter: string
  readonly quorum: string
  readonly promise: string
  readonly promises: Readonly<Record<FailoverSettings['promise'], string>>
  readonly listening: string
  readonly listens: Readonly<Record<'told' | 'asks', string>>
  readonly step: string
  readonly play: string
  readonly pause: string
  readonly reset: string
  readonly nothingYet: string
  readonly quiet: string
  readonly over: string
  readonly own: string
  readonly target: string
  readonly acts: Readonly<Record<Does, (server: string) => string>>
  readonly lanes: Readonly<Record<'client', string>>
  readonly events: Events
  readonly legend: Readonly<Record<FailoverSign, string>>
  readonly sees: Readonly<Record<SentinelView['sees'], string>>
  readonly sentinels: string
  readonly columns: readonly [string, string, string, string, string]
  readonly nobody: string
  readonly dead: string
  readonly counted: Readonly<Record<keyof Tally, string>>
  readonly transcript: string
  readonly transcriptColumns: readonly [string, string, string, string]
  readonly join: (parts: readonly string[]) => string
  readonly holds: (sentinel: string, master: string, sees: string) => string
  readonly tally: (tally: Tally) => string
  readonly pictureWords: (parts: {
    readonly moments: number
    readonly masters: readonly RedisName[]
    readonly believed: readonly string[]
    readonly client: string
    readonly tally: string
  }) => string
}

export const messages: Messages<FailoverTexts> = {
  en: {
    title: 'A copy, and who takes over',
    story: 'Stories',
    stories: {
      dies: 'The master dies',
      stalls: 'It only stalls',
      split: 'Split off',
      careful: 'min-replicas',
      promised: 'WAIT',
      few: 'One Sentinel left',
      empty: 'Back too soon',
    },
    told: {
      dies: 'redis1 is killed at 3 s and comes back at 8 s. Who decides, how long does nobody take a write, and what does redis1 find?',
      stalls: 'redis1 answers nobody for 0.8 s. Does anybody take over?',
      split:
        'Only the client still reaches redis1. It answers as ever. What are its answers worth?',
      careful:
        'The same split with min-replicas-to-write 1. How much is lost now, and what does the promoted copy do alone?',
      promised:
        'The same split, and a write counts only when WAIT has counted a copy, or the Sentinels see none.',
      few: 'Two of three Sentinels are dead, and the quorum is 1. Then the master dies.',
      empty: 'redis1 is killed, and started again 0.3 s later, with nothing on its disk.',
    },
    free: 'Your own story. Choose a server, do something to it, and guess before each step.',
    downAfter: 'down-after',
    quorum: 'quorum',
    promise: 'The client says “kept”',
    promises: {
      'at-once': 'when the master answers',
      'min-replicas': 'the same, min-replicas 1',
      wait: 'after WAIT 1',
    },
    listening: 'The client',
    listens: { told: 'listens to the Sentinels', asks: 'asks when its connection fails' },
    step: 'Next step',
    play: 'Play',
    pause: 'Pause',
    reset: 'Start again',
    nothingYet:
      'All is well, and the client writes ten times a second. Guess who will be master at the end, then press “Next step”.',
    quiet: 'All is well, and the client writes ten times a second. Do something to a server.',
    over: 'Nothing more happens within 26 seconds.',
    own: 'Your own moves',
    target: 'Server',
    acts: {
      killed: (server) => `Kill ${server}`,
      frozen: (server) => `Freeze ${server}`,
      split: (server) => `Split ${server} off`,
      back: (server) => `Bring ${server} back`,
    },
    lanes: { client: 'client' },
    events: {
      killed: (server) => `${server} is killed.`,
      frozen: (server) => `${server} freezes: it answers nobody, and forgets nothing.`,
      split: (server) => `${server} is split off: only the client reaches it.`,
      back: (server) => `${server} is back.`,
      '+sdown': (sentinel, redis) =>
        `${sentinel} has had no answer from ${redis} for too long: down, in its opinion.`,
      '-sdown': (sentinel, redis) => `${sentinel} gets answers from ${redis} again.`,
      '-odown': (sentinel, redis) => `${sentinel} has no quorum against ${redis} any more.`,
      '+odown': (sentinel, redis, opinions) =>
        `${sentinel} has ${opinions} ${opinions === 1 ? 'opinion' : 'opinions'} against ${redis}: the quorum is there.`,
      '+try-failover': (sentinel, epoch) =>
        `${sentinel} wants to lead a failover, in epoch ${epoch}.`,
      '+vote-for-leader': (sentinel, leader, epoch) =>
        `${sentinel} gives its vote of epoch ${epoch} to ${sentinel === leader ? 'itself' : leader}.`,
      '+elected-leader': (sentinel, epoch) =>
        `${sentinel} has a majority of all three: it leads in epoch ${epoch}.`,
      '-failover-abort-not-elected': (sentinel, epoch) =>
        `${sentinel} has found no majority in epoch ${epoch}, and gives up.`,
      '-failover-abort-no-good-slave': (sentinel) =>
        `${sentinel} finds no copy that could be promoted, and gives up.`,
      '+selected-slave': (sentinel, redis) => `${sentinel} chooses ${redis}.`,
      '+promoted-slave': (sentinel, redis) => `${sentinel} sees that ${redis} says it is a master.`,
      '+switch-master': (sentinel, redis) => `${sentinel} names ${redis} as the master.`,
      '+convert-to-slave': (sentinel, redis) =>
        `${sentinel} makes ${redis}, which still thinks it is a master, a copy.`,
      promoted: (redis) => `${redis} is told REPLICAOF NO ONE: it is a master now.`,
      partial: (redis, bytes) => `${redis} gets the ${bytes} bytes that it lacks: partial resync.`,
      full: (redis) => `${redis} forgets all it had and gets everything: full resync.`,
      fails: (redis) => `The client’s write to ${redis} fails.`,
      succeeds: (redis, gap) => `The client’s write to ${redis} succeeds, the first for ${gap}.`,
      moves: (redis) => `The client turns to ${redis}.`,
    },
    legend: {
      redis1: 'redis1 is master, or held for it',
      copy1: 'copy1 is',
      doubted: 's_down',
      'given-up': 'o_down; the client’s writes fail',
      split: 'frozen or split off',
      gone: 'dead',
      vote: 'a vote, with the number of the Sentinel for which it is',
    },
    sees: { well: 'well', s_down: 's_down', o_down: 'o_down' },
    sentinels: 'What the Sentinels think',
    columns: ['Sentinel', 'master', 'sees', 'epoch', 'vote'],
    nobody: '–',
    dead: 'dead',
    counted: { acknowledged: 'acknowledged', refused: 'failed', lost: 'acknowledged, and lost' },
    transcript: 'All steps in words',
    transcriptColumns: ['Step', 'When', 'In the log', 'What happens'],
    join: (parts) => parts.join(': '),
    holds: (sentinel, master, sees) => `${sentinel} holds ${master} for the master (${sees})`,
    tally: ({ acknowledged, refused, lost }) =>
      `${acknowledged} writes acknowledged, ${refused} failed, ${lost} acknowledged and lost`,
    pictureWords: ({ moments, masters, believed, client, tally }) =>
      `Time line of ${moments} steps. Master: ${masters.join(' and ') || 'nobody'}. ${believed.join('; ')}. The client writes to ${client}: ${tally}.`,
  },
  zh: {
    title: '副本，以及谁来接任',
    story: '情节',
    stories: {
      dies: '主死了',
      stalls: '只是卡了一下',
      split: '被隔开',
      careful: 'min-replicas',
      promised: 'WAIT',
      few: '只剩一个哨兵',
      empty: '回来得太早',
    },
    told: {
      dies: 'redis1 在第 3 秒被杀死，第 8 秒回来。谁来决定，多久没人收写请求，redis1 回来看到什么？',
      stalls: 'redis1 有 0.8 秒谁也不理。会有人接任吗？',
      split: '只有客户端还连得上 redis1，它照常答复。这些答复算数吗？',
      careful:
        '同样被隔开，但设了 min-replicas-to-write 1。这次丢多少？提升上来的副本独自一个，又会怎样？',
      promised: '同样被隔开，但要等 WAIT 数到一个副本，或者哨兵说没有副本，写才算数。',
      few: '三个哨兵死了两个，quorum 是 1。然后主死了。',
      empty: 'redis1 被杀死，0.3 秒后又启动，磁盘上什么也没有。',
    },
    free: '你自己的情节。选一台服务器，对它做点什么，每一步之前先猜。',
    downAfter: 'down-after',
    quorum: 'quorum',
    promise: '客户端何时说“存好了”',
    promises: {
      'at-once': '主一答复就说',
      'min-replicas': '同上，min-replicas 1',
      wait: 'WAIT 1 之后',
    },
    listening: '客户端',
    listens: { told: '听哨兵的通知', asks: '连接断了才去问' },
    step: '下一步',
    play: '播放',
    pause: '暂停',
    reset: '重新开始',
    nothingYet: '一切正常，客户端每秒写十次。先猜猜最后谁是主，再按“下一步”。',
    quiet: '一切正常，客户端每秒写十次。对哪台服务器动个手吧。',
    over: '26 秒之内不再有事发生。',
    own: '自己动手',
    target: '服务器',
    acts: {
      killed: (server) => `杀死 ${server}`,
      frozen: (server) => `冻住 ${server}`,
      split: (server) => `隔开 ${server}`,
      back: (server) => `让 ${server} 回来`,
    },
    lanes: { client: '客户端' },
    events: {
      killed: (server) => `${server} 被杀死。`,
      frozen: (server) => `${server} 冻住了：谁也不理，什么也没忘。`,
      split: (server) => `${server} 被隔开：只有客户端连得上它。`,
      back: (server) => `${server} 回来了。`,
      '+sdown': (sentinel, redis) =>
        `${sentinel} 太久没等到 ${redis} 的答复：它认为 ${redis} 下线了。`,
      '-sdown': (sentinel, redis) => `${sentinel} 又等到了 ${redis} 的答复。`,
      '-odown': (sentinel, redis) => `${sentinel} 手里判定 ${redis} 下线的意见不够数了。`,
      '+odown': (sentinel, redis, opinions) =>
        `${sentinel} 手里有 ${opinions} 个意见说 ${redis} 下线：够 quorum 了。`,
      '+try-failover': (sentinel, epoch) => `${sentinel} 想在纪元 ${epoch} 主持故障转移。`,
      '+vote-for-leader': (sentinel, leader, epoch) =>
        `${sentinel} 把纪元 ${epoch} 的一票投给${sentinel === leader ? '自己' : ` ${leader}`}。`,
      '+elected-leader': (sentinel, epoch) =>
        `${sentinel} 得到全部三个的多数：纪元 ${epoch} 由它主持。`,
      '-failover-abort-not-elected': (sentinel, epoch) =>
        `${sentinel} 在纪元 ${epoch} 没拿到多数，放弃。`,
      '-failover-abort-no-good-slave': (sentinel) => `${sentinel} 找不到能提升的副本，放弃。`,
      '+selected-slave': (sentinel, redis) => `${sentinel} 选中 ${redis}。`,
      '+promoted-slave': (sentinel, redis) => `${sentinel} 看到 ${redis} 自称是主了。`,
      '+switch-master': (sentinel, redis) => `${sentinel} 宣布主是 ${redis}。`,
      '+convert-to-slave': (sentinel, redis) => `${redis} 还以为自己是主，${sentinel} 让它当副本。`,
      promoted: (redis) => `${redis} 收到 REPLICAOF NO ONE：它现在是主。`,
      partial: (redis, bytes) => `${redis} 补上缺的 ${bytes} 字节：部分重同步。`,
      full: (redis) => `${redis} 忘掉手里的，要来全部：全量重同步。`,
      fails: (redis) => `客户端写 ${redis} 失败。`,
      succeeds: (redis, gap) => `客户端写 ${redis} 成功，中间隔了 ${gap}。`,
      moves: (redis) => `客户端转向 ${redis}。`,
    },
    legend: {
      redis1: 'redis1 是主，或被当作主',
      copy1: '换成 copy1',
      doubted: 's_down（主观下线）',
      'given-up': 'o_down（客观下线）；客户端写不进去',
      split: '冻住或被隔开',
      gone: '死了',
      vote: '一票，数字是投给几号哨兵',
    },
    sees: { well: '正常', s_down: 's_down', o_down: 'o_down' },
    sentinels: '哨兵们怎么想',
    columns: ['哨兵', '主', '看到', '纪元', '票'],
    nobody: '–',
    dead: '死了',
    counted: { acknowledged: '已确认', refused: '失败', lost: '已确认却丢了' },
    transcript: '全部步骤的文字记录',
    transcriptColumns: ['步骤', '时刻', '日志里', '发生了什么'],
    join: (parts) => parts.join('：'),
    holds: (sentinel, master, sees) => `${sentinel} 认 ${master} 为主（${sees}）`,
    tally: ({ acknowledged, refused, lost }) =>
      `已确认 ${acknowledged} 次写，失败 ${refused} 次，确认了又丢 ${lost} 次`,
    pictureWords: ({ moments, masters, believed, client, tally }) =>
      `${moments} 步的时间线。主：${masters.join('和') || '没有'}。${believed.join('；')}。客户端写 ${client}：${tally}。`,
  },
}

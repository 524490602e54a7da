import type { ServerState, Tier } from '../../../snippets/sim/stage.ts'
import type { Messages } from '../messages.ts'

export interface Transcript extends Readonly<Record<ServerState, (name: string) => string>> {
  readonly leftOut: (name: string) => string
  readonly takenBack: (name: string) => string
  /** A spare that runs for the first time, and then counts. */
  readonly joins: (name: string) => string
  readonly getsShare: (name: string) => string
  /** The virtual IP: from whom has failed, and back to who is well again. */
  readonly movesTo: (name: string, heir: string) => string
  readonly movesBack: (name: string) => string
  /** By Sentinels: a copy for its master, and who has been a master as a copy. */
  readonly promoted: (name: string, before: string) => string
  readonly follows: (name: string, master: string) => string
  readonly full: (name: string) => string
  readonly error: (status: number) => string
  readonly noAnswer: string
  readonly summary: (answered: number, failed: number) => string
}

export interface Texts {
  readonly tiers: Readonly<Record<Tier, string>>
  readonly isNew: string
  readonly legend: Readonly<Record<'request' | 'answer' | 'cached' | 'error', string>>
  readonly states: Readonly<Record<ServerState, string>>
  readonly act: Readonly<Record<'killed' | 'cut' | 'up' | 'joins', (name: string) => string>>
  readonly play: string
  readonly pause: string
  readonly step: string
  readonly reset: string
  readonly speed: string
  readonly load: string
  readonly perSecond: (count: number) => string
  readonly tool: string
  readonly kill: string
  readonly cut: string
  readonly help: string
  readonly about: string
  readonly keys: readonly (readonly [string, string])[]
  readonly figures: Readonly<
    Record<'throughput' | 'errors' | 'p50' | 'p99' | 'hitRate' | 'latency', string>
  >
  readonly log: string
  readonly start: string
  readonly startBut: (spares: string) => string
  readonly table: string
  readonly columns: readonly string[]
  readonly live: string
  readonly simulated: string
  /** Of a small picture, which shows a part of the large one. */
  readonly moment: string
  readonly tryIt: string
  readonly transcript: Transcript
}

export const messages: Messages<Texts> = {
  en: {
    tiers: {
      client: '',
      edge: 'Edge',
      l4: 'Layer 4',
      l7: 'Layer 7',
      cache: 'Page cache',
      app: 'Application',
      near: 'Near level',
      data: 'Data',
      watch: 'Watch',
    },
    isNew: 'new',
    legend: {
      request: 'request',
      answer: 'answer',
      cached: 'answer from a cache',
      error: 'error',
    },
    states: { up: 'running', killed: 'killed', cut: 'unreachable', spare: 'spare' },
    act: {
      killed: (name) => `${name}: kill it`,
      cut: (name) => `${name}: pull its cable`,
      up: (name) => `${name}: bring it back`,
      joins: (name) => `${name}: let it join`,
    },
    play: 'Play',
    pause: 'Pause',
    step: 'Step',
    reset: 'Start again',
    speed: 'Speed',
    load: 'Load',
    perSecond: (count) => `${count.toLocaleString('en-GB')} requests/s`,
    tool: 'Click a server to',
    kill: 'kill it',
    cut: 'pull its cable',
    help: 'Keys, and what is simplified',
    about:
      'Slow motion, 50 times. A hop takes ten times as long here as between real servers, so that you can see it; time-outs are shortened.',
    keys: [
      ['P', 'play, pause'],
      ['S', 'one step'],
      ['R', 'start again'],
      ['+ −', 'more, less load'],
      ['K', 'kill the server in focus'],
      ['C', 'pull its cable'],
    ],
    figures: {
      throughput: 'answered',
      errors: 'errors',
      p50: 'half within',
      p99: '99 % within',
      hitRate: 'cache hits',
      latency: '99 % within, over time',
    },
    log: 'What happened',
    start: 'All servers are running.',
    startBut: (spares) => `All servers are running, but for ${spares}, which stands by.`,
    table: 'The servers, in a table',
    columns: ['Server', 'State', 'In its queue', 'At work'],
    live: 'Your lab',
    simulated: 'Simulation',
    moment: 'A part of the picture above, at this moment',
    tryIt: 'Try it in the picture',
    transcript: {
      up: (name) => `${name} is back.`,
      spare: (name) => `${name} stands by.`,
      joins: (name) => `${name} has joined.`,
      getsShare: (name) => `${name} gets its share of the requests.`,
      killed: (name) => `${name} was killed. It refuses connections.`,
      cut: (name) => `${name}’s cable was pulled. Nothing comes back from it.`,
      leftOut: (name) => `${name} has failed and is left out.`,
      takenBack: (name) => `${name} answers again and gets requests.`,
      movesTo: (name, heir) => `${name} has failed: ${heir} takes over the virtual IP.`,
      movesBack: (name) => `${name} is well again, and takes the virtual IP back.`,
      promoted: (name, before) => `The Sentinels have given ${before} up: ${name} is master now.`,
      follows: (name, master) => `${name} is a copy of ${master}, and has all that it has.`,
      full: (name) => `${name}’s queue is full: 503.`,
      error: (status) => `Readers see ${status}.`,
      noAnswer: 'Readers get no answer.',
      summary: (answered, failed) => `So far: ${answered} answered, ${failed} failed.`,
    },
  },
  zh: {
    tiers: {
      client: '',
      edge: '边缘',
      l4: '第四层',
      l7: '第七层',
      cache: '页面缓存',
      app: '应用',
      near: '一级缓存',
      data: '数据',
      watch: '看守',
    },
    isNew: '新',
    legend: { request: '请求', answer: '响应', cached: '缓存的响应', error: '出错' },
    states: { up: '运行中', killed: '已杀死', cut: '连不上', spare: '候补' },
    act: {
      killed: (name) => `${name}：杀死`,
      cut: (name) => `${name}：拔掉网线`,
      up: (name) => `${name}：恢复`,
      joins: (name) => `${name}：让它加入`,
    },
    play: '播放',
    pause: '暂停',
    step: '单步',
    reset: '重来',
    speed: '速度',
    load: '负载',
    perSecond: (count) => `每秒 ${count} 个请求`,
    tool: '点一台服务器',
    kill: '杀死它',
    cut: '拔网线',
    help: '快捷键，以及图中的简化',
    about: '这是放慢 50 倍的画面。为了看得清，每一跳的耗时是真实机房的十倍；超时则比真实的短。',
    keys: [
      ['P', '播放、暂停'],
      ['S', '走一步'],
      ['R', '重来'],
      ['+ −', '增减负载'],
      ['K', '杀死当前服务器'],
      ['C', '拔掉它的网线'],
    ],
    figures: {
      throughput: '响应',
      errors: '出错',
      p50: '半数快于',
      p99: '99% 快于',
      hitRate: '缓存命中',
      latency: '99% 快于，随时间',
    },
    log: '发生了什么',
    start: '所有服务器都在运行。',
    startBut: (spares) => `除了候补的 ${spares}，所有服务器都在运行。`,
    table: '用表格看每台服务器',
    columns: ['服务器', '状态', '排队', '处理中'],
    live: '你的实验',
    simulated: '模拟',
    moment: '上面那张图的一部分，此刻的样子',
    tryIt: '到图里试试',
    transcript: {
      up: (name) => `${name} 恢复了。`,
      spare: (name) => `${name} 候在一旁。`,
      joins: (name) => `${name} 加入了。`,
      getsShare: (name) => `${name} 开始分到它那一份请求。`,
      killed: (name) => `${name} 被杀死，拒绝连接。`,
      cut: (name) => `${name} 的网线被拔掉，音信全无。`,
      leftOut: (name) => `${name} 出了故障，不再分给它请求。`,
      takenBack: (name) => `${name} 又能响应了，重新分到请求。`,
      movesTo: (name, heir) => `${name} 出了故障，虚拟 IP 转到 ${heir}。`,
      movesBack: (name) => `${name} 好了，把虚拟 IP 拿了回来。`,
      promoted: (name, before) => `哨兵判定 ${before} 不行了，由 ${name} 当主。`,
      follows: (name, master) => `${name} 现在是 ${master} 的副本，数据已经跟上。`,
      full: (name) => `${name} 的队列满了：503。`,
      error: (status) => `读者看到 ${status}。`,
      noAnswer: '读者得不到响应。',
      summary: (answered, failed) => `到目前为止：响应 ${answered} 个，失败 ${failed} 个。`,
    },
  },
}

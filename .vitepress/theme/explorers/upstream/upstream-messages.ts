import type { Method } from '../../../../snippets/balancing/upstream.ts'
import type { Messages } from '../../messages.ts'
import type { Condition, Sent, Standing } from './upstream-session.ts'

export interface UpstreamTexts {
  readonly title: string
  readonly method: string
  readonly methods: Readonly<Record<Method, string>>
  readonly explained: Readonly<Record<Method, string>>
  readonly servers: string
  readonly add: string
  readonly remove: (name: string) => string
  readonly condition: string
  readonly conditions: Readonly<Record<Condition, string>>
  readonly standings: Readonly<Record<Standing, string>>
  readonly backupRefused: string
  readonly clients: string
  readonly everyone: string
  readonly step: string
  readonly ten: string
  readonly play: string
  readonly pause: string
  readonly reset: string
  readonly reload: string
  readonly oneAddress: string
  readonly nothingYet: string
  readonly requests: string
  readonly configuration: string
  readonly arithmetic: string
  readonly columns: readonly [string, string, string, string, string, string]
  readonly ring: string
  readonly ringWords: (shares: string, key: string, owner: string) => string
  readonly transcript: string
  readonly transcriptColumns: readonly [string, string, string]
  readonly underWay: (count: number) => string
  readonly failedTries: (count: number) => string
  readonly seconds: (count: number) => string
  readonly story: (sent: Sent, nameOf: (server: number) => string) => string
}

export const messages: Messages<UpstreamTexts> = {
  en: {
    title: 'Who gets the next request?',
    method: 'Method',
    methods: {
      'round-robin': 'round robin',
      'least-conn': 'least_conn',
      'ip-hash': 'ip_hash',
      hash: 'hash',
      'consistent-hash': 'hash … consistent',
      random: 'random',
      'random-two': 'random two',
    },
    explained: {
      'round-robin':
        'Everyone in turn. With weights: each earns its weight, the richest gets the request and pays the sum.',
      'least-conn': 'Whoever has the fewest requests under way for its weight.',
      'ip-hash': 'The first three numbers of the client’s address decide.',
      hash: 'The path decides. Add a server, and almost every path moves.',
      'consistent-hash': 'The path has a place on a ring; the next server clockwise gets it.',
      random: 'A draw; a server with twice the weight has two lots.',
      'random-two': 'Two are drawn, and the one with less to do gets the request.',
    },
    servers: 'Servers',
    add: 'Add a server',
    remove: (name) => `Remove ${name}`,
    condition: 'health',
    conditions: { well: 'alive', slow: 'slow', dead: 'dead' },
    standings: { asked: '', down: 'down', 'left-alone': 'left alone' },
    backupRefused: 'nginx refuses backup with this method.',
    clients: 'Requests from',
    everyone: 'everyone',
    step: 'One request',
    ten: 'Ten',
    play: 'Play',
    pause: 'Pause',
    reset: 'Start again',
    reload: 'New configuration, new start: a reload forgets what was counted.',
    oneAddress: 'Each name here has one address. To nginx, a name with two is two servers.',
    nothingYet: 'No request yet. Guess who gets the first, then press “One request”.',
    requests: 'Where each request went',
    configuration: 'The same for nginx',
    arithmetic: 'How the last pick was reckoned',
    columns: ['server', 'had', '+ weight', '=', '− sum', 'has'],
    ring: 'The ring',
    ringWords: (shares, key, owner) =>
      `Share of the ring: ${shares}.${key ? ` ${key} belongs to ${owner}.` : ''}`,
    transcript: 'All requests in words',
    transcriptColumns: ['request', 'from', 'what happened'],
    underWay: (count) => `${count} under way`,
    failedTries: (count) => (count === 1 ? '1 failed try' : `${count} failed tries`),
    seconds: (count) => `${count.toFixed(1)} s`,
    story: ({ attempts, outcome, server }, nameOf) => {
      const failed = attempts.filter(({ reaction }) => reaction !== 'ok')
      const first = failed.map((one) => `${nameOf(one.server)} refused. `).join('')
      if (outcome === 'no-live-servers') return `${first}Nobody is left to ask: 502.`
      if (outcome === 'gave-up') return `${first}502.`
      const verb = outcome === 'under-way' ? 'is at work on it' : 'answered'
      return `${first}${nameOf(server ?? 0)} ${verb}.`
    },
  },
  zh: {
    title: '下一个请求归谁？',
    method: '分配方式',
    methods: {
      'round-robin': '轮询',
      'least-conn': 'least_conn',
      'ip-hash': 'ip_hash',
      hash: 'hash',
      'consistent-hash': 'hash … consistent',
      random: 'random',
      'random-two': 'random two',
    },
    explained: {
      'round-robin': '轮流来。有权重时：每台先挣到自己的权重，最富的接下请求，再付出总和。',
      'least-conn': '按权重折算后，手头请求最少的那台接。',
      'ip-hash': '由客户端地址的前三段决定。',
      hash: '由路径决定。多加一台服务器，几乎所有路径都会换地方。',
      'consistent-hash': '路径落在环上的一点，顺时针遇到的第一台服务器接。',
      random: '抽签；权重加倍，签也加倍。',
      'random-two': '抽出两台，较闲的那台接。',
    },
    servers: '服务器',
    add: '加一台服务器',
    remove: (name) => `去掉 ${name}`,
    condition: '健康',
    conditions: { well: '正常', slow: '很慢', dead: '宕机' },
    standings: { asked: '', down: '停用', 'left-alone': '暂不分配' },
    backupRefused: '这种方式下，nginx 不接受 backup。',
    clients: '请求来自',
    everyone: '所有人',
    step: '发一个请求',
    ten: '发十个',
    play: '播放',
    pause: '暂停',
    reset: '重新开始',
    reload: '配置一变就从头开始：重新加载会忘掉之前的计数。',
    oneAddress: '这里每个名字只有一个地址。名字有两个地址时，nginx 把它当成两台服务器。',
    nothingYet: '还没有请求。先猜猜第一个归谁，再按“发一个请求”。',
    requests: '每个请求去了哪里',
    configuration: '写成 nginx 配置',
    arithmetic: '上一次是怎么算的',
    columns: ['服务器', '原有', '＋权重', '＝', '－总和', '现有'],
    ring: '哈希环',
    ringWords: (shares, key, owner) =>
      `各占环的比例：${shares}。${key ? `${key} 归 ${owner}。` : ''}`,
    transcript: '全部请求的文字记录',
    transcriptColumns: ['请求', '来自', '经过'],
    underWay: (count) => `${count} 个处理中`,
    failedTries: (count) => `失败 ${count} 次`,
    seconds: (count) => `${count.toFixed(1)} 秒`,
    story: ({ attempts, outcome, server }, nameOf) => {
      const failed = attempts.filter(({ reaction }) => reaction !== 'ok')
      const first = failed.map((one) => `${nameOf(one.server)} 拒绝连接。`).join('')
      if (outcome === 'no-live-servers') return `${first}没有可用的服务器：502。`
      if (outcome === 'gave-up') return `${first}502。`
      return `${first}${nameOf(server ?? 0)} ${outcome === 'under-way' ? '正在处理' : '作了应答'}。`
    },
  },
}

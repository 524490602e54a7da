import type { Outcome, Reason, Storing } from '../../../../snippets/http-cache/shared-cache.ts'
import type { Messages } from '../../messages.ts'
import type { Source } from './cache-picture.ts'
import type { Asked, Program, Reader, StoryId, Vary } from './cache-session.ts'
import { joined } from '../parts/sentences.ts'

export interface CacheTexts {
  readonly title: string
  readonly program: string
  readonly programs: Readonly<Record<Program, string>>
  readonly story: string
  readonly stories: Readonly<Record<StoryId, string>>
  readonly told: Readonly<Record<StoryId, string>>
  readonly free: string
  readonly settings: string
  readonly ttl: string
  readonly says: string
  readonly grace: string
  readonly keep: string
  readonly vary: string
  readonly varies: Readonly<Record<Vary, string>>
  readonly setsCookie: string
  readonly isPrivate: string
  readonly isDead: string
  readonly keepOfNginx: string
  readonly ask: string
  readonly readers: Readonly<Record<Reader, string>>
  readonly step: string
  readonly wait: (seconds: number) => string
  readonly unit: string
  readonly play: string
  readonly pause: string
  readonly reset: string
  readonly nothingYet: string
  readonly timeline: string
  readonly lanes: { readonly readers: string; readonly cache: string; readonly origin: string }
  readonly phases: Readonly<Record<'fresh' | 'grace' | 'kept' | 'uncacheable', string>>
  readonly outcomes: Readonly<Record<Outcome, string>>
  readonly reasons: Readonly<Record<Reason, string>>
  readonly storings: Readonly<Record<Storing, string>>
  readonly age: (seconds: number) => string
  readonly colon: string
  readonly stop: string
  readonly sentence: (reason: string, storing: string, notes: string) => string
  readonly sources: Readonly<Record<Source, string>>
  readonly behind: string
  readonly conditional: string
  readonly configuration: string
  readonly transcript: string
  readonly columns: readonly [string, string, string, string]
  /** `questions`: how often the origin was asked, in vain or not. */
  readonly tally: (asked: number, questions: number) => string
  readonly timelineWords: (asked: readonly Asked[], objects: number) => string
}

const outcomes: Messages<CacheTexts['outcomes']> = {
  en: {
    hit: 'hit',
    stale: 'stale',
    miss: 'miss',
    expired: 'expired',
    revalidated: 'revalidated',
    pass: 'pass',
    bypass: 'bypass',
    'hit-for-miss': 'hit-for-miss',
    waiting: 'waiting',
  },
  zh: {
    hit: '命中',
    stale: '给旧的',
    miss: '未命中',
    expired: '已过期',
    revalidated: '确认没变',
    pass: '放行',
    bypass: '绕过',
    'hit-for-miss': 'hit-for-miss',
    waiting: '等待',
  },
}

export const messages: Messages<CacheTexts> = {
  en: {
    title: 'Hit, miss, or stale?',
    program: 'Cache',
    programs: { varnish: 'Varnish', nginx: 'nginx proxy_cache' },
    story: 'Stories',
    stories: {
      life: 'A page’s life',
      grace: 'Grace and keep',
      cookie: 'A cookie',
      languages: 'Two languages',
      dead: 'The origin dies',
    },
    told: {
      life: 'One page, four readers. Who waits for the origin?',
      grace: 'The page grows old. Who gets the old one, and who fetches the new?',
      cookie: 'The origin sets a cookie, then stops. When does the cache begin to store?',
      languages: 'Vary: Accept-Language. How many copies lie in the cache?',
      dead: 'The origin is gone for a while. How long does nobody notice?',
    },
    free: 'Your own settings. Send requests, let time pass.',
    settings: 'What the origin says',
    ttl: 'fresh for',
    says: 'said by',
    grace: 'then stale for (grace)',
    keep: 'then kept for (keep)',
    vary: 'Vary',
    varies: { none: 'none', language: 'Accept-Language', browser: 'User-Agent' },
    setsCookie: 'Set-Cookie',
    isPrivate: 'private',
    isDead: 'origin dead',
    keepOfNginx: 'nginx keeps a file as long as somebody asks for it (inactive, 10 min).',
    ask: 'A request now from',
    readers: {
      english: 'an English reader',
      chinese: 'a Chinese reader',
      'signed-in': 'a signed-in reader',
      writer: 'a writer (POST)',
    },
    step: 'Next request',
    wait: (seconds) => `Wait ${seconds} s`,
    unit: 's',
    play: 'Play',
    pause: 'Pause',
    reset: 'Start again',
    nothingYet: 'Nobody has asked yet. Guess what each reader will get, then press “Next request”.',
    timeline: 'Time line',
    lanes: { readers: 'readers', cache: 'cache', origin: 'origin' },
    phases: {
      fresh: 'fresh',
      grace: 'stale, may be served',
      kept: 'kept',
      uncacheable: 'known as uncacheable',
    },
    outcomes: outcomes.en,
    reasons: {
      method: 'A request that is no GET or HEAD is not looked up.',
      cookie: 'The request has a cookie: Varnish does not even look.',
      authorization: 'The request has Authorization: Varnish does not even look.',
      bypass: 'The configuration says not to look.',
      fresh: 'A fresh copy is there.',
      'nothing-stored': 'Nothing is stored under this address.',
      'other-variant': 'What is stored belongs to readers with another header (Vary).',
      'in-grace': 'The copy is stale, but may be served; a new one is fetched behind it.',
      'being-fetched': 'Somebody is fetching it already.',
      'too-old': 'The copy is too old to be served: this reader waits.',
      'uncacheable-before':
        'The last answer was uncacheable, and the cache remembers: nobody waits for anybody.',
      'origin-failed': 'The origin does not answer.',
      'not-modified': 'The origin was asked whether it changed: no (304). The old body lives on.',
    },
    storings: {
      stored: 'Stored.',
      'stored-again': 'Stored again, with a new lifetime.',
      'hit-for-miss': 'Remembered as uncacheable.',
      passed: 'Not stored: it was only passed on.',
      'no-lifetime': 'Not stored: it has no lifetime left.',
      'set-cookie': 'Not stored: Set-Cookie is meant for one reader.',
      'cache-control': 'Not stored: Cache-Control forbids it.',
      'expired-already': 'Not stored: Expires lies in the past.',
      'x-accel-expires': 'Not stored: X-Accel-Expires says 0.',
      'surrogate-control': 'Not stored: Surrogate-Control forbids it.',
      'vary-star': 'Not stored: Vary allows no second use.',
      'request-says-no': 'Not stored: the request says so.',
      failed: 'The reader gets an error.',
      'stale-kept': 'The old copy stays.',
    },
    age: (seconds) => `Age ${seconds}\u00a0s`,
    colon: ': ',
    stop: '. ',
    sentence: (reason, storing, notes) =>
      `${joined.en([reason, storing].filter(Boolean))} (${notes})`,
    sources: {
      cache: 'out of the cache',
      origin: 'from the origin',
      itself: 'by the cache itself',
    },
    behind: 'in the background',
    conditional: 'only asked whether it changed',
    configuration: 'The same as configuration',
    transcript: 'All requests in words',
    columns: ['At', 'Reader', 'Outcome', 'Why'],
    tally: (asked, questions) => `${asked} requests, ${questions} questions to the origin`,
    timelineWords: (asked, objects) =>
      `Time line: ${asked.length} requests, ${objects} objects. ` +
      asked.map(({ atS, exchange }) => `${atS} s ${outcomes.en[exchange.outcome]}`).join(', '),
  },
  zh: {
    title: '命中、未命中，还是旧的？',
    program: '缓存',
    programs: { varnish: 'Varnish', nginx: 'nginx proxy_cache' },
    story: '情节',
    stories: {
      life: '一个页面的一生',
      grace: '宽限与保留',
      cookie: '一个 Cookie',
      languages: '两种语言',
      dead: '源站宕机',
    },
    told: {
      life: '一个页面，四位读者。谁要等源站？',
      grace: '页面渐渐变旧。谁拿到旧的，谁去取新的？',
      cookie: '源站先设 Cookie，后来不设了。缓存什么时候开始存？',
      languages: 'Vary: Accept-Language。缓存里会有几份？',
      dead: '源站消失了一阵子。多久之内没人察觉？',
    },
    free: '你自己的设置。发请求，让时间流逝。',
    settings: '源站怎么说',
    ttl: '新鲜期',
    says: '写在哪个响应头',
    grace: '之后可给旧的（grace）',
    keep: '之后还留着（keep）',
    vary: 'Vary',
    varies: { none: '无', language: 'Accept-Language', browser: 'User-Agent' },
    setsCookie: 'Set-Cookie',
    isPrivate: 'private',
    isDead: '源站宕机',
    keepOfNginx: 'nginx 的文件只要有人要就一直留着（inactive，10 分钟）。',
    ask: '现在来一个请求',
    readers: {
      english: '英文读者',
      chinese: '中文读者',
      'signed-in': '已登录的读者',
      writer: '发帖（POST）',
    },
    step: '下一个请求',
    wait: (seconds) => `等 ${seconds} 秒`,
    unit: '秒',
    play: '播放',
    pause: '暂停',
    reset: '重新开始',
    nothingYet: '还没有人来。先猜猜每位读者会得到什么，再按“下一个请求”。',
    timeline: '时间线',
    lanes: { readers: '读者', cache: '缓存', origin: '源站' },
    phases: { fresh: '新鲜', grace: '旧的，还能给', kept: '留着', uncacheable: '记为不可缓存' },
    outcomes: outcomes.zh,
    reasons: {
      method: '不是 GET 或 HEAD，缓存不查。',
      cookie: '请求带着 Cookie，Varnish 查都不查。',
      authorization: '请求带着 Authorization，Varnish 查都不查。',
      bypass: '配置要求不查缓存。',
      fresh: '有一份新鲜的。',
      'nothing-stored': '这个地址下什么也没存。',
      'other-variant': '存着的那份，属于请求头不同的读者（Vary）。',
      'in-grace': '这份旧了，但还可以给；新的在后台取。',
      'being-fetched': '已经有人在取了。',
      'too-old': '这份太旧，不能给：这位读者要等。',
      'uncacheable-before': '上一次的响应不可缓存，缓存记住了：谁也不用等谁。',
      'origin-failed': '源站没有响应。',
      'not-modified': '问源站变了没有，得到 304：没变，旧内容继续用。',
    },
    storings: {
      stored: '已存下。',
      'stored-again': '重新存下，寿命重新计算。',
      'hit-for-miss': '记为不可缓存。',
      passed: '没存：只是转交。',
      'no-lifetime': '没存：已经没有寿命了。',
      'set-cookie': '没存：Set-Cookie 只给一个人。',
      'cache-control': '没存：Cache-Control 不允许。',
      'expired-already': '没存：Expires 已经过了。',
      'x-accel-expires': '没存：X-Accel-Expires 是 0。',
      'surrogate-control': '没存：Surrogate-Control 不允许。',
      'vary-star': '没存：Vary 不允许再用。',
      'request-says-no': '没存：请求不让存。',
      failed: '读者看到错误。',
      'stale-kept': '旧的那份还在。',
    },
    age: (seconds) => `Age ${seconds}\u00a0秒`,
    colon: '：',
    stop: '。',
    sentence: (reason, storing, notes) => `${reason}${storing}（${notes}）`,
    sources: { cache: '来自缓存', origin: '来自源站', itself: '缓存自己答的' },
    behind: '在后台',
    conditional: '只问变了没有',
    configuration: '写成配置',
    transcript: '全部请求的文字记录',
    columns: ['时刻', '读者', '结果', '原因'],
    tally: (asked, questions) => `共 ${asked} 个请求，问了源站 ${questions} 次`,
    timelineWords: (asked, objects) =>
      `时间线：${asked.length} 个请求，${objects} 份对象。` +
      asked.map(({ atS, exchange }) => `第 ${atS} 秒${outcomes.zh[exchange.outcome]}`).join('，'),
  },
}

import type { WayRun } from '../../book/measured.ts'
import type { Messages } from '../messages.ts'

export type Measure = Exclude<keyof WayRun, 'way'>

interface BillTexts {
  readonly title: string
  readonly note: string
  readonly ways: Readonly<Record<string, string>>
  readonly measures: Readonly<Record<Measure, string>>
}

export type Locale = 'en-GB' | 'zh-CN'

interface MeasuredTexts {
  /** By the claim whose run is drawn. */
  readonly bills: Readonly<Record<string, BillTexts>>
  readonly outages: {
    readonly title: string
    readonly falls: Readonly<Record<string, string>>
    readonly words: (times: number, median: string, worst: string) => string
    readonly note: string
  }
  /** Stands right behind the note. */
  readonly ran: (versions: string, day: string) => string
  readonly locale: Locale
}

const measures = {
  p50Ms: 'p50, ms (less is better)',
  p99Ms: 'p99, ms (less is better)',
  cpuMs: 'CPU for each, ms (less is better)',
  megabytes: 'memory, MB (less is better)',
}
const measuresInChinese = {
  p50Ms: 'p50，毫秒（越少越好）',
  p99Ms: 'p99，毫秒（越少越好）',
  cpuMs: '每个用的 CPU，毫秒（越少越好）',
  megabytes: '内存，MB（越少越好）',
}

export const messages: Messages<MeasuredTexts> = {
  en: {
    bills: {
      'varnish-spares-the-application': {
        title: 'The front page, without and with the tier',
        note: 'CPU and memory are those of all the servers on the way together; memory without the programs’ own text, which is a file.',
        ways: {
          application: 'nginx → Teahouse',
          varnish: 'nginx → Varnish → Teahouse',
          edge: 'nginx with proxy_cache',
        },
        measures: { perSecond: 'requests a second (more is better)', ...measures },
      },
      'ipvs-costs-less-than-nginx': {
        title: 'A connection, without and with the tier',
        note: 'One connection after the other, on one processor: what it takes is what everybody on its way computes, the client and the server, too. Hence the CPU is that of the quickest tenth, and the pace that of the quicker half: the rest has waited for this machine’s other work. Memory: the director’s table or its nginx, and the server.',
        ways: {
          straight: 'straight to the server',
          ipvs: 'through IPVS',
          nginx: 'through nginx',
        },
        measures: {
          perSecond: 'connections a second, one after the other (more is better)',
          ...measures,
        },
      },
    },
    outages: {
      title: 'Without service, each time',
      falls: {
        'backup-takes-over': 'the cable is pulled out',
        'clean-stop-is-quicker': 'keepalived is stopped',
      },
      words: (times, median, worst) => `${times} times: median ${median} s, worst ${worst} s`,
      note: 'Each dot is one failover, from the last answer before it to the first one after it; at 0, no answer was missing.',
    },
    ran: (versions, day) => ` One run, on ${day}: ${versions}.`,
    locale: 'en-GB',
  },
  zh: {
    bills: {
      'varnish-spares-the-application': {
        title: '同样的首页，没有这一层，和有这一层',
        note: 'CPU 和内存都是沿途所有服务器加在一起的；内存不含程序本身的代码，那是文件。',
        ways: {
          application: 'nginx → Teahouse',
          varnish: 'nginx → Varnish → Teahouse',
          edge: 'nginx 用 proxy_cache',
        },
        measures: { perSecond: '每秒请求数（越多越好）', ...measuresInChinese },
      },
      'ipvs-costs-less-than-nginx': {
        title: '一条连接，没有这一层，和有这一层',
        note: '只有一个处理器，连接一条接一条地来：一条要多久，就是沿途各方一共算了多久，客户端和服务器也在内。所以 CPU 取最快的那十分之一，每秒连接数取较快的那一半：其余的等过这台机器去忙别的。内存：调度器的表（或者那里的 nginx），加上服务器。',
        ways: { straight: '直接连服务器', ipvs: '经过 IPVS', nginx: '经过 nginx' },
        measures: { perSecond: '每秒连接数，一条接一条（越多越好）', ...measuresInChinese },
      },
    },
    outages: {
      title: '每一次，无人服务的时间',
      falls: {
        'backup-takes-over': '拔掉网线',
        'clean-stop-is-quicker': '正常停止 keepalived',
      },
      words: (times, median, worst) => `${times} 次：中位数 ${median} 秒，最长 ${worst} 秒`,
      note: '一个点是一次切换，从切换前的最后一个响应，到切换后的第一个响应；在 0 处，一个响应也没有少。',
    },
    ran: (versions, day) => `同一次运行，${day}：${versions}。`,
    locale: 'zh-CN',
  },
}

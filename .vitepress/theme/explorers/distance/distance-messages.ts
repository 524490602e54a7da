import type { Protocol } from '../../../../snippets/network/distance.ts'
import type { Messages } from '../../messages.ts'

export type Way = 'direct' | 'cold' | 'warm'

export interface DistanceTexts {
  readonly title: string
  readonly lead: string
  readonly reader: string
  readonly edge: string
  readonly origin: string
  readonly edgeKm: string
  readonly originKm: string
  readonly protocol: string
  readonly protocols: Readonly<Record<Protocol, string>>
  readonly ways: Readonly<Record<Way, string>>
  readonly parts: Readonly<Record<'handshakeMs' | 'requestMs' | 'beyondMs' | 'workMs', string>>
  readonly columns: readonly [string, string, string, string, string, string]
  readonly table: string
  readonly note: string
  readonly words: (direct: number, warm: number) => string
  readonly ms: (ms: string) => string
  readonly trip: (km: number, ms: string) => string
}

export const messages: Messages<DistanceTexts> = {
  en: {
    title: 'What distance costs',
    lead: 'Light in fibre needs 1 ms for 100 km there and back. Nothing you can buy makes it faster: all you can do is go fewer times, or not so far.',
    reader: 'Reader',
    edge: 'Edge',
    origin: 'Origin',
    edgeKm: 'reader to edge',
    originKm: 'edge to origin',
    protocol: 'Protocol',
    protocols: {
      'tcp-tls13': 'TCP + TLS 1.3 + HTTP/2',
      quic: 'HTTP/3, first visit',
      'quic-0rtt': 'HTTP/3, again (0-RTT)',
    },
    ways: { direct: 'without an edge', cold: 'edge without the page', warm: 'edge with the page' },
    parts: {
      handshakeMs: 'handshakes',
      requestMs: 'the request',
      beyondMs: 'edge to origin',
      workMs: 'work',
    },
    columns: ['Way', 'Handshakes', 'Request', 'Edge to origin', 'Work', 'First byte'],
    table: 'As a table, in milliseconds',
    note: 'Straight lines, 200,000 km/s, and 20 ms of work at the origin. Real cables make detours, so this is the least. The edge keeps its connections to the origin open.',
    words: (direct, warm) =>
      `The first byte comes after ${direct} ms without an edge, after ${warm} ms from an edge that has the page.`,
    ms: (ms) => `${ms} ms`,
    trip: (km, ms) => `${km.toLocaleString('en')} km, ${ms} ms there and back`,
  },
  zh: {
    title: '距离的代价',
    lead: '光在光纤里往返 100 公里要 1 毫秒。花多少钱也快不了：只能少跑几趟，或者跑近一点。',
    reader: '读者',
    edge: '边缘',
    origin: '源站',
    edgeKm: '读者到边缘',
    originKm: '边缘到源站',
    protocol: '协议',
    protocols: {
      'tcp-tls13': 'TCP + TLS 1.3 + HTTP/2',
      quic: 'HTTP/3，第一次来',
      'quic-0rtt': 'HTTP/3，再来（0-RTT）',
    },
    ways: { direct: '没有边缘', cold: '边缘没有这页', warm: '边缘有这页' },
    parts: { handshakeMs: '握手', requestMs: '请求', beyondMs: '边缘到源站', workMs: '处理' },
    columns: ['路径', '握手', '请求', '边缘到源站', '处理', '首字节'],
    table: '用表格看（毫秒）',
    note: '按直线、每秒 20 万公里算，源站处理 20 毫秒。真实的光缆会绕路，所以这是下限。边缘与源站之间的连接一直开着。',
    words: (direct, warm) =>
      `没有边缘，首字节要等 ${direct} 毫秒；边缘有这一页，只要 ${warm} 毫秒。`,
    ms: (ms) => `${ms} 毫秒`,
    trip: (km, ms) => `${km.toLocaleString('en')} 公里，往返 ${ms} 毫秒`,
  },
}

import type { Frame } from '../../../../snippets/lvs/frame.ts'
import type { DirectorSees, Silence } from '../../../../snippets/lvs/journey.ts'
import type { Machine, Mode } from '../../../../snippets/lvs/network.ts'
import type { Messages } from '../../messages.ts'
import type { Question } from './packet-question.ts'

export type Fault = NonNullable<Question['fault']>
type Say = (from: string, to: string) => string

export interface PacketTexts {
  readonly title: string
  readonly mode: string
  readonly modes: Readonly<Record<Mode, string>>
  readonly explained: Readonly<Record<Mode, string>>
  readonly fault: string
  readonly noFault: string
  readonly faults: Readonly<Record<Fault, string>>
  readonly lacks: Readonly<Record<Fault, string>>
  readonly machines: Readonly<Record<'client' | 'router' | 'director' | 'server', string>>
  readonly everybody: string
  readonly wires: Readonly<Record<'internet' | 'lan' | 'far', string>>
  readonly virtual: string
  /** Who has the virtual IP: the director alone; or the servers, too, and what they do when asked. */
  readonly holders: Readonly<Record<'alone' | 'answers' | 'silent', string>>
  readonly step: (number: number, of: number) => string
  readonly connection: (number: number) => string
  readonly next: string
  readonly back: string
  readonly play: string
  readonly pause: string
  readonly again: string
  readonly layers: Readonly<
    Record<
      'mac' | 'outer' | 'ip' | 'port' | 'ttl' | 'outerTtl' | 'flags' | 'arp' | 'says' | 'asks',
      string
    >
  >
  readonly columns: readonly [string, string, string]
  readonly rewritten: (by: string) => string
  /** Before the old value, for those who don't see that it is crossed out. */
  readonly was: string
  readonly by: Readonly<Record<Frame['why'], Say>>
  readonly kinds: Readonly<
    Record<'SYN' | 'SYN ACK' | 'RST' | 'RST ACK' | 'request' | 'reply', string>
  >
  readonly connected: (at: string) => string
  readonly refused: (at: string) => string
  readonly sees: Readonly<Record<DirectorSees, string>>
  readonly silences: Readonly<Record<Silence, (at: string) => string>>
  readonly commands: string
  readonly transcript: string
  readonly transcriptColumns: readonly [string, string, string, string, string]
  readonly picture: (sentence: string) => string
}

export const nameOf = (texts: PacketTexts, machine: Machine | 'everybody'): string => {
  if (machine === 'everybody') return texts.everybody
  return machine.startsWith('server')
    ? `${texts.machines.server} ${machine.slice('server'.length)}`
    : texts.machines[machine as 'client' | 'router' | 'director']
}

export const messages: Messages<PacketTexts> = {
  en: {
    title: 'One packet there, one packet back',
    mode: 'How the director hands packets on',
    modes: { nat: 'NAT', 'direct-routing': 'Direct routing', tunnel: 'Tunnel' },
    explained: {
      nat: 'The director writes the server’s address on the packet. The answer must come back through it, to be given the virtual IP again.',
      'direct-routing':
        'The director changes nothing but the MAC address: the packet itself stays as the reader sent it. The server has the virtual IP, too, and answers the reader directly.',
      tunnel:
        'The director puts the whole packet into another one, addressed to the server, which may stand anywhere. The server unwraps it and answers the reader directly.',
    },
    fault: 'What is set up',
    noFault: 'all as it should be',
    faults: {
      'port-mapping': 'port 80 → 8080',
      'wrong-gateway': 'wrong gateway',
      'no-arp-ignore': 'no arp_ignore',
      'no-arp-announce': 'no arp_announce',
      'no-virtual-address': 'no virtual IP on nginx',
      'reverse-path-check': 'rp_filter on',
    },
    lacks: {
      'port-mapping': 'nginx listens on 8080, and the table says 8080.',
      'wrong-gateway': 'The servers’ default route leads to the router, not to the director.',
      'no-arp-ignore': 'The servers answer every ARP question for an address that they have.',
      'no-arp-announce': 'The servers may ask ARP questions in the name of the virtual IP.',
      'no-virtual-address': 'Nobody gave the virtual IP to the servers.',
      'reverse-path-check':
        'The servers check whether an answer would leave by the card through which a packet came.',
    },
    machines: { client: 'Reader', router: 'Router', director: 'LVS', server: 'nginx' },
    everybody: 'everybody',
    wires: { internet: 'internet', lan: 'one network', far: 'another site' },
    virtual: 'virtual IP',
    holders: {
      alone: 'LVS alone has the virtual IP.',
      answers: 'All three have the virtual IP, and each says so when asked.',
      silent: 'All three have the virtual IP; nginx keeps silent about it (dashed).',
    },
    step: (number, of) => `frame ${number} of ${of}`,
    connection: (number) => `connection ${number}`,
    next: 'Next frame',
    back: 'Back',
    play: 'Play',
    pause: 'Pause',
    again: 'From the start',
    layers: {
      mac: 'MAC',
      outer: 'outer IP',
      ip: 'IP',
      port: 'port',
      ttl: 'TTL',
      outerTtl: 'outer TTL',
      flags: 'TCP',
      arp: 'ARP',
      says: 'says',
      asks: 'asks for',
    },
    columns: ['layer', 'from', 'to'],
    rewritten: (by) => `Marked: what ${by === 'LVS' ? by : `the ${by.toLowerCase()}`} changed.`,
    was: 'was',
    by: {
      asks: (from) =>
        `The ${from.toLowerCase()} wants a connection to the virtual IP. It knows no other address, and gives the packet to its gateway.`,
      routes: (from, to) =>
        `The ${from.toLowerCase()} hands the packet on to the MAC that it believes to be right, ${to}’s. The packet stays as it was, with one hop less to live.`,
      'rewrites-destination': (from, to) =>
        `${from} chooses ${to} and writes its address and port where the virtual IP stood. It remembers what it did.`,
      readdresses: (from, to) =>
        `${from} chooses ${to} and puts the packet into a frame for its MAC. Addresses and ports stay as they were.`,
      wraps: (from, to) =>
        `${from} puts the packet, whole, into a second one, from itself to nginx. The first stop is the ${to.toLowerCase()}.`,
      carries: (from, to) =>
        `The ${from.toLowerCase()} reads the outer address only and takes the parcel to ${to}’s site. There the inner packet is taken out.`,
      answers: (from, to) =>
        `${from} answers: it turns addresses and ports round and sends the packet to its gateway, ${to === 'LVS' ? to : `the ${to.toLowerCase()}`}.`,
      refuses: (from) =>
        `The packet still says port 80, and nobody listens there: ${from} refuses. Only NAT rewrites ports.`,
      'rewrites-source': (from) =>
        `${from} remembers, and writes the virtual IP where the server’s address stood. The reader must see the answer come from where it asked.`,
      returns: (_, to) =>
        `The answer comes from the virtual IP, to which the ${to.toLowerCase()} had spoken. It fits.`,
      'returns-unchanged': (_, to) =>
        `The answer comes from the server’s own address. Nobody turned it back, and the ${to.toLowerCase()} has never spoken to this address.`,
      resets: () =>
        'So it says: I know of no such connection. It goes on waiting for an answer from the virtual IP.',
      seeks: (from) =>
        `The ${from.toLowerCase()} asks everybody on the wire: who has the virtual IP?`,
      claims: (from) =>
        `${from}: I have it, at this MAC. The router believes the first who says so.`,
      'seeks-as-virtual': (from) =>
        `${from} does not know its gateway’s MAC and asks for it; in the name of the virtual IP. Whoever hears the question learns: the virtual IP is at ${from}. So does the router.`,
      tells: (from) =>
        `The ${from.toLowerCase()} tells it. From now on it believes the wrong machine: even the rest of this connection goes there.`,
    },
    kinds: {
      SYN: 'SYN: may I?',
      'SYN ACK': 'SYN ACK: you may',
      RST: 'RST: I know of none',
      'RST ACK': 'RST: refused',
      request: 'who has it?',
      reply: 'I have',
    },
    connected: (at) => `Connected, with ${at}.`,
    refused: (at) => `Connection refused, by ${at}.`,
    sees: {
      'both-ways': 'All packets, there and back, pass the director.',
      requests: 'The answers go round the director: it sees half of the traffic, the small half.',
      nothing:
        'The director never saw it: no scheduler, no weights, no health check. It works, until this one server is full or dead.',
    },
    silences: {
      stranger: () =>
        'The reader waits, asks again, and gives up: the only answer came from a stranger.',
      'not-mine': (at) =>
        `${at} drops it without a word: the packet is for an address that it does not have. The reader waits.`,
      'reverse-path': (at) =>
        `${at} drops it without a word: it came out of the tunnel, but an answer would leave by eth0. The reader waits.`,
    },
    commands: 'What is typed for this',
    transcript: 'All frames as a table',
    transcriptColumns: ['', 'who', 'MAC', 'packet', 'what happens'],
    picture: (sentence) => `The way of the frame. ${sentence}`,
  },
  zh: {
    title: '一个包去，一个包回',
    mode: 'LVS 怎样转交数据包',
    modes: { nat: 'NAT', 'direct-routing': '直接路由（DR）', tunnel: '隧道（TUN）' },
    explained: {
      nat: 'LVS 把包上的目的地址改成真实服务器的地址。回包必须再经过它，才能把虚拟 IP 换回来。',
      'direct-routing':
        'LVS 只改 MAC 地址，包本身和读者发出时一样。真实服务器也配着虚拟 IP，直接回给读者。',
      tunnel:
        'LVS 把整个包装进另一个包里，寄给真实服务器，服务器可以在别的机房。它拆开后直接回给读者。',
    },
    fault: '怎样配置的',
    noFault: '一切正确',
    faults: {
      'port-mapping': '端口 80 → 8080',
      'wrong-gateway': '网关配错',
      'no-arp-ignore': '没设 arp_ignore',
      'no-arp-announce': '没设 arp_announce',
      'no-virtual-address': 'nginx 上没有虚拟 IP',
      'reverse-path-check': '开着 rp_filter',
    },
    lacks: {
      'port-mapping': 'nginx 监听 8080，转发表里写的也是 8080。',
      'wrong-gateway': '真实服务器的默认路由指向路由器，而不是 LVS。',
      'no-arp-ignore': '只要是自己有的地址，有人用 ARP 来问，真实服务器都会应答。',
      'no-arp-announce': '真实服务器用 ARP 问别人时，可能会以虚拟 IP 的名义。',
      'no-virtual-address': '真实服务器上没有配虚拟 IP。',
      'reverse-path-check': '真实服务器会检查：回包是不是从收到包的那块网卡出去。',
    },
    machines: { client: '读者', router: '路由器', director: 'LVS', server: 'nginx' },
    everybody: '所有人',
    wires: { internet: '互联网', lan: '同一个网络', far: '另一个机房' },
    virtual: '虚拟 IP',
    holders: {
      alone: '只有 LVS 有虚拟 IP。',
      answers: '三台都有虚拟 IP，被问到时都会答。',
      silent: '三台都有虚拟 IP；nginx 有而不作声（虚线）。',
    },
    step: (number, of) => `第 ${number} 帧，共 ${of} 帧`,
    connection: (number) => `第 ${number} 条连接`,
    next: '下一帧',
    back: '上一帧',
    play: '播放',
    pause: '暂停',
    again: '从头开始',
    layers: {
      mac: 'MAC',
      outer: '外层 IP',
      ip: 'IP',
      port: '端口',
      ttl: 'TTL',
      outerTtl: '外层 TTL',
      flags: 'TCP',
      arp: 'ARP',
      says: '声称',
      asks: '问的是',
    },
    columns: ['层', '从', '到'],
    rewritten: (by) => `标出的是${/^\w/.test(by) ? ` ${by} ` : by}改过的字段。`,
    was: '原为',
    by: {
      asks: (from) => `${from}要和虚拟 IP 建立连接。它不知道别的地址，把包交给自己的网关。`,
      routes: (from, to) =>
        `${from}把包转给它认为对的 MAC，也就是 ${to} 的。包的内容不变，只是还能走的跳数少了一。`,
      'rewrites-destination': (from, to) =>
        `${from} 选中 ${to}，把目的地址和端口由虚拟 IP 改成它的，并记下这次改动。`,
      readdresses: (from, to) =>
        `${from} 选中 ${to}，只是换一个帧，写上它的 MAC。包里的地址和端口都不动。`,
      wraps: (from, to) => `${from} 把整个包装进第二个包，从自己寄给 nginx。第一站是${to}。`,
      carries: (from, to) => `${from}只看外层地址，把它送到 ${to} 所在的机房，在那里取出里面的包。`,
      answers: (from, to) =>
        `${from} 响应：把地址和端口对调，发给自己的网关，也就是${to === 'LVS' ? ' LVS' : to}。`,
      refuses: (from) =>
        `包上写的还是 80 端口，那里没有程序在监听：${from} 拒绝了。会改端口的只有 NAT。`,
      'rewrites-source': (from) =>
        `${from} 记得这条连接，把来源由服务器的地址换回虚拟 IP。读者问的是谁，就得看到谁来响应。`,
      returns: (_, to) => `响应来自虚拟 IP，正是${to}问过的那个地址，对上了。`,
      'returns-unchanged': (_, to) =>
        `响应来自服务器自己的地址，没有人把它换回来；而${to}从没和这个地址说过话。`,
      resets: () => '于是它说：没有这条连接。它继续等虚拟 IP 的响应。',
      seeks: (from) => `${from}问这条线上的所有人：谁有虚拟 IP？`,
      claims: (from) => `${from}：我有，我的 MAC 是这个。路由器相信第一个开口的。`,
      'seeks-as-virtual': (from) =>
        `${from} 不知道网关的 MAC，要问一声，却用了虚拟 IP 的名义。听到的人就学会了：虚拟 IP 在 ${from} 那里。路由器也是。`,
      tells: (from) => `${from}应答了。从现在起它认错了机器，连这条连接剩下的包也会送错。`,
    },
    kinds: {
      SYN: 'SYN：可以连吗',
      'SYN ACK': 'SYN ACK：可以',
      RST: 'RST：没有这条连接',
      'RST ACK': 'RST：拒绝',
      request: '谁有？',
      reply: '我有',
    },
    connected: (at) => `连上了，对方是 ${at}。`,
    refused: (at) => `连接被 ${at} 拒绝。`,
    sees: {
      'both-ways': '去的包和回的包都经过 LVS。',
      requests: '回包绕过了 LVS：它只看到一半流量，而且是小的那一半。',
      nothing:
        'LVS 根本没有看到它：没有调度，没有权重，也没有健康检查。能用，直到这一台满了或者坏了。',
    },
    silences: {
      stranger: () => '读者一直等，再问，最后放弃：唯一的响应来自一个陌生的地址。',
      'not-mine': (at) => `${at} 一声不响地丢掉它：目的地址不是自己的。读者只能等。`,
      'reverse-path': (at) =>
        `${at} 一声不响地丢掉它：包从隧道里出来，回包却要走 eth0。读者只能等。`,
    },
    commands: '要敲的命令',
    transcript: '用表格看所有的帧',
    transcriptColumns: ['', '谁到谁', 'MAC', '包', '发生了什么'],
    picture: (sentence) => `帧走的路。${sentence}`,
  },
}

import type { Stage } from '../stage.ts'
import { byDirector, byProxy, byReader, toCache, toDatabase, toVirtualIp } from '../parts/calls.ts'
import {
  app,
  cache,
  contentNetwork,
  database,
  director,
  name,
  proxy,
  readers,
} from '../parts/nodes.ts'

const webServers = ['web1', 'web2', 'web3', 'web4'] as const
const primary = { en: 'primary', zh: '主库' }
const replica = { en: 'replica', zh: '从库' }
const calls = [
  toCache('redis1', 'redis2'),
  toDatabase('misses', 'db2', 'db1'),
  toDatabase('writes', 'db1'),
]

export const fourTiers: Stage = {
  slug: 'four-tiers',
  title: { en: 'The four tiers', zh: '四层架构' },
  summary: {
    en: 'Readers ask a CDN, which answers most of them itself. The rest pass one of two LVS directors that share a virtual IP, one of two nginx, and one of four web servers. Behind those are a Redis pair, and MariaDB with a replica.',
    zh: '读者的请求先到 CDN，大半在那里就得到响应；其余的依次经过：两台共用一个虚拟 IP 的 LVS、两台 nginx、四台 Web 服务器。最后面是一对 Redis，以及 MariaDB 主库和从库。',
  },
  load: { start: 900, max: 6000 },
  writes: 0.08,
  nodes: [
    readers(byReader('cdn')),
    contentNetwork(0.55, toVirtualIp('lvs1', 'lvs2')),
    ...['lvs1', 'lvs2'].map((id, index) =>
      director(id, name(`LVS ${index + 1}`), byDirector('nginx1', 'nginx2')),
    ),
    ...['nginx1', 'nginx2'].map((id, index) =>
      proxy(id, name(`nginx ${index + 1}`), byProxy(...webServers)),
    ),
    ...webServers.map((id, index) => app(id, name(`web ${index + 1}`), ...calls)),
    cache('redis1', name('Redis'), 0.8, primary),
    cache('redis2', name('Redis'), 0.8, replica),
    database('db1', name('MariaDB'), primary),
    database('db2', name('MariaDB'), replica),
  ],
  groups: [{ label: { en: 'one virtual IP', zh: '共用虚拟 IP' }, nodes: ['lvs1', 'lvs2'] }],
  copies: [
    { from: 'redis1', to: 'redis2' },
    { from: 'db1', to: 'db2' },
  ],
}

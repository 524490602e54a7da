import type { Stage } from '../stage.ts'
import { byDirector, byProxy, byReader, toCache, toDatabase, toVirtualIp } from '../parts/calls.ts'
import {
  app,
  cache,
  contentNetwork,
  database,
  director,
  name,
  pageCache,
  proxy,
  readers,
} from '../parts/nodes.ts'

const webServers = ['web1', 'web2', 'web3'] as const
const calls = [toCache('redis'), toDatabase('misses', 'db'), toDatabase('writes', 'db')]

export const cacheTier: Stage = {
  slug: 'cache-tier',
  title: { en: 'The cache tier', zh: '缓存层' },
  summary: {
    en: 'Readers ask a CDN edge near them, which answers half of them itself. The rest pass one of two LVS directors that share a virtual IP, and one of two nginx. These ask Varnish first, which has most pages already; only what it lacks, and every write, reaches one of three web servers, and behind them Redis and MariaDB.',
    zh: '读者的请求先到附近的 CDN 边缘节点，一半在那里就得到响应；其余的依次经过两台共用一个虚拟 IP 的 LVS、两台 nginx。nginx 先问 Varnish，大多数页面它早已存好；只有它没有的页面，以及所有写请求，才会到三台 Web 服务器，再到 Redis 和 MariaDB。',
  },
  load: { start: 700, max: 3600 },
  writes: 0.08,
  nodes: [
    readers(byReader('cdn')),
    { ...contentNetwork(0.5, toVirtualIp('lvs1', 'lvs2')), isNew: true },
    ...['lvs1', 'lvs2'].map((id, index) =>
      director(id, name(`LVS ${index + 1}`), byDirector('nginx1', 'nginx2')),
    ),
    ...['nginx1', 'nginx2'].map((id, index) =>
      proxy(id, name(`nginx ${index + 1}`), byProxy('varnish')),
    ),
    { ...pageCache('varnish', name('Varnish'), 0.7, byProxy(...webServers)), isNew: true },
    ...webServers.map((id, index) => app(id, name(`web ${index + 1}`), ...calls)),
    cache('redis', name('Redis'), 0.8),
    database('db', name('MariaDB')),
  ],
  groups: [{ label: { en: 'one virtual IP', zh: '共用虚拟 IP' }, nodes: ['lvs1', 'lvs2'] }],
  copies: [],
}

import type { Stage } from '../stage.ts'
import { byProxy, byReader, toCache, toDatabase } from '../parts/calls.ts'
import { app, cache, database, name, proxy, readers } from '../parts/nodes.ts'

const webServers = ['web1', 'web2', 'web3'] as const
const calls = [toCache('redis'), toDatabase('misses', 'db'), toDatabase('writes', 'db')]

export const loadBalancer: Stage = {
  slug: 'load-balancer',
  title: { en: 'One load balancer', zh: '一台负载均衡' },
  summary: {
    en: 'Readers ask nginx, which shares the requests between three web servers. These look in Redis first, and ask MariaDB for what is not there.',
    zh: '读者的请求先到 nginx，由它分给三台 Web 服务器；Web 服务器先查 Redis，查不到再问 MariaDB。',
  },
  load: { start: 400, max: 1600 },
  writes: 0.1,
  nodes: [
    readers(byReader('nginx')),
    { ...proxy('nginx', name('nginx'), byProxy(...webServers)), isNew: true },
    ...webServers.map((id) => ({ ...app(id, name(id), ...calls), isNew: id !== 'web1' })),
    { ...cache('redis', name('Redis'), 0.8), isNew: true },
    database('db', name('MariaDB')),
  ],
  groups: [],
  copies: [],
}

import type { Stage } from '../stage.ts'
import { byDirector, byProxy, toCache, toDatabase, toVirtualIp } from '../parts/calls.ts'
import { app, cache, database, director, name, proxy, readers } from '../parts/nodes.ts'

const webServers = ['web1', 'web2', 'web3'] as const
const calls = [toCache('redis'), toDatabase('misses', 'db'), toDatabase('writes', 'db')]

export const layerFour: Stage = {
  slug: 'layer-four',
  title: { en: 'Two directors, two nginx', zh: '两台 LVS，两台 nginx' },
  summary: {
    en: 'Readers know one virtual IP, which one of two LVS directors holds; the other stands by. The director hands the packets of each connection to one of two nginx, and these share the requests between three web servers. Behind those are Redis and MariaDB, one of each.',
    zh: '读者只知道一个虚拟 IP：两台 LVS 中由一台持有，另一台待命。LVS 把每条连接的数据包交给两台 nginx 中的一台，nginx 再把请求分给三台 Web 服务器。最后面是 Redis 和 MariaDB，各一台。',
  },
  load: { start: 500, max: 1800 },
  writes: 0.1,
  nodes: [
    // From the internet, and with the patience of a browser; what moves is the address.
    readers({ ...toVirtualIp('lvs1', 'lvs2'), hopMs: 14 }),
    ...['lvs1', 'lvs2'].map((id, index) => ({
      ...director(id, name(`LVS ${index + 1}`), byDirector('nginx1', 'nginx2')),
      isNew: true,
    })),
    ...['nginx1', 'nginx2'].map((id, index) => ({
      ...proxy(id, name(`nginx ${index + 1}`), byProxy(...webServers)),
      isNew: index > 0,
    })),
    ...webServers.map((id, index) => app(id, name(`web ${index + 1}`), ...calls)),
    cache('redis', name('Redis'), 0.8),
    database('db', name('MariaDB')),
  ],
  groups: [{ label: { en: 'one virtual IP', zh: '共用虚拟 IP' }, nodes: ['lvs1', 'lvs2'] }],
  copies: [],
}

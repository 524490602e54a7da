import type { Stage } from '../stage.ts'
import { byProxy, byReader, toDatabase, toHalves } from '../parts/calls.ts'
import { app, cache, database, name, proxy, readers, sentinel } from '../parts/nodes.ts'

const webServers = ['web1', 'web2'] as const
const sentinels = ['sentinel1', 'sentinel3', 'sentinel2'] as const
const calls = [
  toHalves(sentinels, 'redis1', 'copy1', 'redis2', 'copy2'),
  toDatabase('misses', 'db'),
  toDatabase('writes', 'db'),
]
const master = (half: number) => cache(`redis${half}`, name(`Redis ${half}`), 0.95)
const copy = (half: number) => ({
  ...cache(`copy${half}`, { en: `Copy ${half}`, zh: `副本 ${half}` }, 0.95),
  isNew: true,
})

export const replicatedRedis: Stage = {
  slug: 'replicated-redis',
  title: { en: 'Replicated Redis', zh: '互为副本的 Redis' },
  summary: {
    en: 'Readers ask nginx, which shares the requests between two web servers. Each page lives in one of two halves, and each half has a master and a copy, which stand on different machines: machine A has the master of half one and the copy of half two, machine B the other way round. When a master dies, its copy answers at once, and takes new pages as soon as most of three Sentinels have promoted it. MariaDB gets what no Redis has, and the writes.',
    zh: '读者的请求先到 nginx，由它分给两台 Web 服务器。页面分成两半，每一半有一主一副本，放在不同的机器上：机器 A 上是第一半的主和第二半的副本，机器 B 正好反过来。主死了，副本马上顶上来答；等三个哨兵过半同意、把它提升为主，新页面就又存得进去。Redis 里没有的页面和所有的写，才去问 MariaDB。',
  },
  load: { start: 400, max: 620 },
  writes: 0.05,
  pages: 240,
  nodes: [
    readers(byReader('nginx')),
    proxy('nginx', name('nginx'), byProxy(...webServers)),
    ...webServers.map((id) => app(id, name(id), ...calls)),
    ...[master(1), copy(2)],
    // As dear as with one Redis: 4 workers at 16 ms are 250 a second.
    { ...database('db', name('MariaDB')), serviceMs: 16 },
    ...[master(2), copy(1)],
    ...sentinels.map((id) => {
      const figure = id.slice(-1)
      return {
        ...sentinel(id, { en: `Sentinel ${figure}`, zh: `哨兵 ${figure}` }),
        isNew: true,
      }
    }),
  ],
  groups: [
    { label: { en: 'machine A', zh: '机器 A' }, nodes: ['redis1', 'copy2', 'sentinel1'] },
    { label: { en: 'machine B', zh: '机器 B' }, nodes: ['redis2', 'copy1', 'sentinel2'] },
  ],
  copies: [
    { from: 'redis1', to: 'copy1' },
    { from: 'redis2', to: 'copy2' },
  ],
}

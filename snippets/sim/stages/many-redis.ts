import type { Stage } from '../stage.ts'
import { byProxy, byReader, toDatabase, toShards } from '../parts/calls.ts'
import { app, cache, database, name, proxy, readers } from '../parts/nodes.ts'

const webServers = ['web1', 'web2'] as const
const shards = ['redis1', 'redis2', 'redis3', 'redis4'] as const
const calls = [toShards(...shards), toDatabase('misses', 'db'), toDatabase('writes', 'db')]

export const manyRedis: Stage = {
  slug: 'many-redis',
  title: { en: 'Many Redis', zh: '多个 Redis' },
  summary: {
    en: 'Readers ask nginx, which shares the requests between two web servers. Each page has its home on one of three Redis, by a ring that both web servers know; a fourth Redis stands by, and takes its share of the pages once it joins. MariaDB gets what a page’s home lacks, and the writes. When one Redis dies, its pages alone are missing, until the others have them.',
    zh: '读者的请求先到 nginx，由它分给两台 Web 服务器。每个页面在三个 Redis 中有一个家，按两台都认得的哈希环来定；第四个 Redis 候在一旁，加入之后就分走它那一份页面。家里没有的页面和所有的写，才去问 MariaDB。死了一个 Redis，只有住在它那里的页面找不到，直到另外几个重新存上。',
  },
  load: { start: 400, max: 620 },
  writes: 0.05,
  pages: 240,
  nodes: [
    readers(byReader('nginx')),
    proxy('nginx', name('nginx'), byProxy(...webServers)),
    ...webServers.map((id) => app(id, name(id), ...calls)),
    ...shards.map((id, index) => ({
      ...cache(id, name(`Redis ${index + 1}`), 0.95),
      isNew: index > 0,
      isSpare: id === 'redis4',
    })),
    // As dear as with one Redis: 4 workers at 16 ms are 250 a second.
    { ...database('db', name('MariaDB')), serviceMs: 16 },
  ],
  groups: [],
  copies: [],
}

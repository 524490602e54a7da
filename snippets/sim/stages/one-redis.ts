import type { Stage } from '../stage.ts'
import { byProxy, byReader, toCache, toDatabase } from '../parts/calls.ts'
import { app, cache, database, name, proxy, readers } from '../parts/nodes.ts'

const webServers = ['web1', 'web2'] as const
const calls = [toCache('redis'), toDatabase('misses', 'db'), toDatabase('writes', 'db')]

export const oneRedis: Stage = {
  slug: 'one-redis',
  title: { en: 'One Redis', zh: '一个 Redis' },
  summary: {
    en: 'Readers ask nginx, which shares the requests between two web servers. Both look in the one Redis first, where nineteen of twenty reads find what they want; MariaDB, for which a question is dear here, gets the rest and the writes. Without Redis it gets everything.',
    zh: '读者的请求先到 nginx，由它分给两台 Web 服务器。两台都先查同一个 Redis，二十次读有十九次在那里找到；剩下的和所有的写，才去问 MariaDB。这里问它一次很费时，Redis 一不在，全部请求都压到它身上。',
  },
  load: { start: 400, max: 620 },
  writes: 0.05,
  nodes: [
    readers(byReader('nginx')),
    proxy('nginx', name('nginx'), byProxy(...webServers)),
    ...webServers.map((id) => app(id, name(id), ...calls)),
    { ...cache('redis', name('Redis'), 0.95), isNew: true },
    // It goes over whole tables, which is why there is a cache: 4 workers at 16 ms are 250 a second.
    { ...database('db', name('MariaDB')), serviceMs: 16 },
  ],
  groups: [],
  copies: [],
}

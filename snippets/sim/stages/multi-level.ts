import type { Stage } from '../stage.ts'
import { byProxy, byReader, toDatabase, toGroups, toMainLevel } from '../parts/calls.ts'
import { app, cache, database, group, name, proxy, readers } from '../parts/nodes.ts'

const webServers = ['web1', 'web2'] as const
const groups = ['near1', 'near2', 'near3', 'near4'] as const
const calls = [
  toGroups(...groups),
  toMainLevel('redis1', 'copy1'),
  toDatabase('misses', 'db'),
  toDatabase('writes', 'db'),
]

export const multiLevel: Stage = {
  slug: 'multi-level',
  title: { en: 'Caches in levels', zh: '多级缓存' },
  summary: {
    en: 'Readers ask nginx, which shares the requests between two web servers. For each page a web server asks one of three near caches, by chance: each group has its own copy of what is read, and half of all readings are for one topic. What a group lacks the main level has, a master with a copy that answers in its place; it is filled into that group on the way back. MariaDB gets what neither has, and the writes. A fourth group stands by, and takes its share of the readings once it joins.',
    zh: '读者的请求先到 nginx，由它分给两台 Web 服务器。每读一个页面，Web 服务器就从三个一级缓存里随机挑一个来问：大家在读的页面，每一组都自己存着一份，而且有一半的读要的是同一个话题。这一组里没有的，去问主缓存，那里一主一副，主不在就由副本来答；拿到之后，回来的路上填进刚才问过的那一组。两级都没有的页面和所有的写，才去问 MariaDB。第四组候在一旁，加入之后就分走它那一份读。',
  },
  load: { start: 400, max: 620 },
  writes: 0.05,
  pages: 240,
  hot: 0.5,
  nodes: [
    readers(byReader('nginx')),
    proxy('nginx', name('nginx'), byProxy(...webServers)),
    ...webServers.map((id) => app(id, name(id), ...calls)),
    ...groups.map((id) => ({
      ...group(id, name(id), 0.9),
      isNew: true,
      isSpare: id === 'near4',
    })),
    cache('redis1', name('Redis 1'), 0.9),
    cache('copy1', { en: 'Copy 1', zh: '副本 1' }, 0.9),
    // As dear as with one Redis: 4 workers at 16 ms are 250 a second.
    { ...database('db', name('MariaDB')), serviceMs: 16 },
  ],
  groups: [],
  copies: [{ from: 'redis1', to: 'copy1' }],
}

import type { Stage } from '../stage.ts'
import { byReader, toDatabase } from '../parts/calls.ts'
import { app, database, name, readers } from '../parts/nodes.ts'

export const singleServer: Stage = {
  slug: 'single-server',
  title: { en: 'A single server', zh: '单台服务器' },
  summary: {
    en: 'Readers ask one machine. On it, a Node application answers, and asks MariaDB for the data.',
    zh: '读者的请求都到一台机器上：机器上的 Node 应用负责响应，数据从 MariaDB 里取。',
  },
  load: { start: 160, max: 600 },
  writes: 0.1,
  nodes: [
    readers(byReader('web')),
    {
      ...app('web', { en: 'Node app', zh: 'Node 应用' }, toDatabase('everything', 'db')),
      isNew: true,
    },
    { ...database('db', name('MariaDB')), isNew: true },
  ],
  groups: [{ label: { en: 'one machine', zh: '一台机器' }, nodes: ['web', 'db'] }],
  copies: [],
}

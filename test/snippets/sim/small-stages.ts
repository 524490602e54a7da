import type { Call, Stage, StageNode } from '../../../snippets/sim/stage.ts'
import { byProxy, byReader } from '../../../snippets/sim/parts/calls.ts'
import { app, name, proxy, readers } from '../../../snippets/sim/parts/nodes.ts'

export const stageOf = (nodes: readonly StageNode[]): Stage => ({
  slug: 'small',
  title: name('Small'),
  summary: name('A stage for one test.'),
  load: { start: 100, max: 1000 },
  writes: 0,
  nodes,
  groups: [],
  copies: [],
})

/** Readers and one server; with the queue of the textbooks, which never says no. */
export const oneServer = (queueLimit = Infinity, call: Partial<Call> = {}): Stage =>
  stageOf([
    readers({ ...byReader('web'), answerTimeoutMs: 1e9, ...call }),
    { ...app('web', name('web')), serviceMs: 4, queueLimit },
  ])

/** nginx in front of two. */
export const twoServers = (call: Partial<Call> = {}): Stage =>
  stageOf([
    readers(byReader('nginx')),
    proxy('nginx', name('nginx'), { ...byProxy('web1', 'web2'), ...call }),
    app('web1', name('web1')),
    app('web2', name('web2')),
  ])

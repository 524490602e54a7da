import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'
import { failed } from './tally.ts'

const conf = new URL('./nginx/choice.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1', 'web2', 'web3'])
const { claim } = stage

claim(
  'reload-drops-nothing',
  'a reload starts new workers and lets the old ones finish: no request is lost',
  async ({ figure }) => {
    const { balancer } = stage
    const reloads = 3
    // Slow enough that every reload finds requests in flight.
    await balancer.flood({ port: 8001, path: '/slow?ms=50' }, { atOnce: 8 })
    for (let i = 0; i < reloads; i++) await balancer.reload()
    const answers = await balancer.ebb()
    const workers = new Set(answers.map(({ headers }) => headers['x-worker']))
    // Two before the first reload, and at least one after it.
    expect(workers.size).toBeGreaterThan(2)
    expect(failed(answers)).toBe(0)
    figure({
      en: `${reloads} reloads under load: ${failed(answers)} of ${answers.length} requests failed`,
      zh: `压力下 reload ${reloads} 次：${answers.length} 个请求失败 ${failed(answers)} 个`,
    })
  },
)

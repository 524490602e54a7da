import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'
import { failed } from './tally.ts'
import type { Answer } from './crew/orders.ts'

const conf = new URL('./nginx/choice.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1', 'web2', 'web3'])
const { claim } = stage

/** One more file of nginx's configuration, in the container alone. */
const write = (text: string) =>
  stage.containers.docker(
    ...['exec', stage.balancer.id, 'sh', '-c'],
    `printf '%s\\n' '${text}' >/etc/nginx/conf.d/more.conf`,
  )
const more = 'server { listen 8010; return 200 "more"; }'

const workersOf = (answers: readonly Answer[]) =>
  new Set(answers.map(({ headers }) => headers['x-worker']))

claim(
  'a-refused-reload-changes-nothing',
  'a reload with a mistake in the configuration: the old workers go on with the old one, and no request is lost',
  async ({ figure }) => {
    const { balancer, containers } = stage
    await write(`${more} nonsense;`)
    await balancer.flood({ port: 8001, path: '/slow?ms=50' }, { atOnce: 8 })
    await containers.docker('kill', '--signal', 'HUP', balancer.id)
    await containers.untilSays(balancer.id, 'unknown directive "nonsense"')
    const after = await balancer.askTimes(40, { port: 8001, path: '/' })
    const meanwhile = await balancer.ebb()
    const unheard = await balancer.ask({ port: 8010, path: '/' })
    const answers = [...meanwhile, ...after]
    expect(failed(answers)).toBe(0)
    // The two that there were, whose configuration is the old one.
    const workers = workersOf(answers)
    expect(workers.size).toBeLessThanOrEqual(2)
    expect(unheard.status, 'nobody listens there').toBe(0)

    // Without the mistake the same reload does change something.
    await write(more)
    await balancer.reload()
    const heard = await balancer.ask({ port: 8010, path: '/' })
    expect([heard.status, heard.body]).toEqual([200, 'more'])
    expect([...workersOf([heard])].some((worker) => workers.has(worker))).toBe(false)
    figure({
      en: `a reload with a mistake under load: ${failed(answers)} of ${answers.length} requests failed, the same workers answered, and the new port stayed shut; mended, it opened`,
      zh: `压力下做了一次有错的 reload：${answers.length} 个请求失败 ${failed(answers)} 个，响应的还是原来的 worker，新端口没有打开；改好之后就打开了`,
    })
  },
)

import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import type { Request } from './crew/orders.ts'
import { openStage } from './stage.ts'

const conf = new URL('./nginx/hosts.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), [])
const { claim } = stage

/** What the server block that answers says of itself. */
const who = async (request: Partial<Request>, host = 'teahouse.test') =>
  (await stage.balancer.ask({ port: 80, path: '/', headers: { host }, ...request })).body

claim(
  'vhost-by-address',
  'two server blocks on the same port, told apart by the address that was connected to',
  async ({ figure }) => {
    const answers = [await who({ to: '127.0.0.2' }), await who({ to: '127.0.0.3' })]
    expect(answers).toEqual(['address 2', 'address 3'])
    figure({
      en: '127.0.0.2:80 and 127.0.0.3:80, the same Host: two different servers answered',
      zh: '127.0.0.2:80 和 127.0.0.3:80，Host 相同：应答的是两个不同的 server',
    })
  },
)

claim(
  'vhost-by-name',
  'two server blocks on the same address and port, told apart by the Host header',
  async ({ figure }) => {
    const answers = [await who({}), await who({}, 'about.teahouse.test')]
    expect(answers).toEqual(['the first in the file', 'about'])
    figure({
      en: 'the same address and port, two names: two different servers answered',
      zh: '地址和端口相同，两个名字：应答的是两个不同的 server',
    })
  },
)

claim(
  'vhost-by-port',
  'a server block on another port answers there, whatever name is asked for',
  async ({ figure }) => {
    const answers = [await who({ port: 80 }), await who({ port: 8081 })]
    expect(answers).toEqual(['the first in the file', 'port 8081'])
    figure({
      en: 'the same Host on ports 80 and 8081: two different servers answered',
      zh: '同一个 Host，80 和 8081 两个端口：应答的是两个不同的 server',
    })
  },
)

claim(
  'first-server-is-default',
  'a name that no server block knows goes to the first one, unless another is default_server',
  async ({ figure }) => {
    const stranger = 'nobody.test'
    const answers = [await who({ port: 80 }, stranger), await who({ port: 8082 }, stranger)]
    expect(answers).toEqual(['the first in the file', 'default_server'])
    figure({
      en: `Host: ${stranger} was answered by the first block; with default_server on the second, by that`,
      zh: `Host: ${stranger} 由第一个 server 应答；第二个写了 default_server，就由它应答`,
    })
  },
)

claim(
  'server-name-precedence',
  'an exact name beats a wildcard, and a wildcard a regular expression, wherever they stand',
  async ({ figure }) => {
    const names = {
      'about.teahouse.test': 'exact name',
      'shop.teahouse.test': 'wildcard in front',
      'about.elsewhere.test': 'wildcard at the end',
      'nobody.test': 'default_server',
    }
    const answers = []
    for (const host of Object.keys(names)) answers.push(await who({ port: 8083 }, host))
    expect(answers).toEqual(Object.values(names))
    // The expression does match, where nothing stronger does.
    expect(await who({ port: 8084 }, 'shop.teahouse.test')).toBe('regular expression')
    figure({
      en: `written in the opposite order: ${Object.keys(names).join(', ')} went to ${answers.join(', ')}`,
      zh: `按相反的顺序写：${Object.keys(names).join('、')} 分别归 ${answers.join('、')}`,
    })
  },
)

claim(
  'hosts-share-their-workers',
  'all hosts of one nginx are served by the same worker processes',
  async ({ figure }) => {
    const hosts = ['teahouse.test', 'about.teahouse.test']
    const workersOf = async (host: string) => {
      const ask = { port: 80, path: '/', headers: { host } }
      const answers = await stage.balancer.askTimes(60, ask, { atOnce: 6 })
      return [...new Set(answers.map(({ headers }) => headers['x-worker']))].sort()
    }
    const [first, second] = [await workersOf(hosts[0]!), await workersOf(hosts[1]!)]
    expect(first.length).toBeGreaterThan(0)
    expect(second.filter((worker) => first.includes(worker))).not.toEqual([])
    const workers = new Set([...first, ...second]).size
    expect(workers, 'no more than nginx has').toBeLessThanOrEqual(2)
    figure({
      en: `two hosts, 60 requests each: ${workers} worker processes answered them all`,
      zh: `两个主机各 60 个请求：全由同样的 ${workers} 个 worker 进程响应`,
    })
  },
)

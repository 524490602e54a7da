import { expect } from 'vitest'
import { openRedises, type RedisServer } from './redis-servers.ts'
import { topics } from './spread.ts'
import { another, everything, Tracker } from './tracking.ts'

const { claim, start } = openRedises(import.meta.url)

/** A Redis with some pages in it, and somebody who writes there. */
async function withPages(count: number) {
  const [server] = await start(1)
  const pages = topics(count)
  await server!.redis.mset(Object.fromEntries(pages.map((page) => [page, 'old'])))
  const change = (key: string) => server!.redis.set(key, 'new')
  return { server: server!, pages, change }
}

const tracked = (server: RedisServer) => server.info('stats', /^tracking_total_keys:(\d+)/m)
const list = (names: readonly string[]) => names.join(', ') || '–'

claim(
  'tracking-tells-who-has-read',
  'Redis remembers which connection has read which key, and tells of a change those that have read it, on the connection itself, and nobody else',
  async ({ figure }) => {
    const { server, pages, change } = await withPages(3)
    const [one, two, three] = pages as [string, string, string]
    const [web1, web2] = [await Tracker.open(server), await Tracker.open(server)]
    expect(await web1.read(one)).toBe('old')
    expect(await web2.read(two)).toBe('old')
    for (const page of [one, three]) await change(page)
    const told = [await web1.told(), await web2.told()]
    expect(told).toEqual([[one], []])
    await change(two)
    expect([await web1.told(), await web2.told()]).toEqual([[], [two]])
    figure({
      en: `web1 has read ${one}, web2 ${two}; ${one} and ${three} change: web1 is told of ${list(told[0]!)}, web2 of ${list(told[1]!)}`,
      zh: `web1 读过 ${one}，web2 读过 ${two}；改了 ${one} 和 ${three}：web1 听到 ${list(told[0]!)}，web2 听到 ${list(told[1]!)}`,
    })
  },
)

claim(
  'tracking-default-forgets-after-telling',
  'by default a change is told once: of the next one nothing is heard until the key has been read again',
  async ({ figure }) => {
    const { server, pages, change } = await withPages(1)
    const [page] = pages as [string]
    const web = await Tracker.open(server)
    await web.read(page)
    const heard: number[] = []
    for (const readsAgain of [false, true, true]) {
      await change(page)
      heard.push((await web.told()).length)
      if (readsAgain) expect(await web.read(page)).toBe('new')
    }
    expect(heard).toEqual([1, 0, 1])
    figure({
      en: `Read once, changed twice: ${heard[0]} message, then ${heard[1]}; read again and changed: ${heard[2]}`,
      zh: `读一次，改两次：先有 ${heard[0]} 条消息，再是 ${heard[1]} 条；又读一次再改：${heard[2]} 条`,
    })
  },
)

claim(
  'bcast-tells-prefixes',
  'with BCAST every change of a key that begins so is told, each time, read or not; Redis has to remember no keys for it',
  async ({ figure }) => {
    const { server, pages, change } = await withPages(1000)
    const [one, two] = pages as [string, string]
    const ear = await Tracker.open(server, 'BCAST', 'PREFIX', 'page:')
    await change('login:8')
    const told: (readonly string[])[] = []
    for (let round = 0; round < 2; round++) {
      for (const page of [one, two]) await change(page)
      told.push(await ear.told())
    }
    expect(told).toEqual([
      [one, two],
      [one, two],
    ])
    for (const page of pages) await ear.read(page)
    const remembered = [await tracked(server)]
    const reader = await Tracker.open(server)
    for (const page of pages) await reader.read(page)
    remembered.push(await tracked(server))
    expect(remembered).toEqual([0, pages.length])
    figure({
      en: `PREFIX page:, nothing read; two pages change, a login changes: told of ${list(told[0]!)}; the pages change again: ${list(told[1]!)}. 1,000 pages read: Redis remembers ${remembered[0]} keys with BCAST, ${remembered[1]} by default`,
      zh: `PREFIX page:，什么也没读；两个页面和一条登录改了，听到 ${list(told[0]!)}；两个页面又改，还是 ${list(told[1]!)}。读 1,000 页：用 BCAST，Redis 记着 ${remembered[0]} 个键；默认方式，${remembered[1]} 个`,
    })
  },
)

claim(
  'a-flush-is-told-without-names',
  'when everything is deleted at once, one message without a name says so to whoever is told of changes',
  async ({ figure }) => {
    const { server, pages } = await withPages(100)
    const web = await Tracker.open(server)
    for (const page of pages) await web.read(page)
    await server.redis.flushall()
    const told = await web.told()
    expect(told).toEqual([everything])
    figure({
      en: `${pages.length} pages read, FLUSHALL: ${told.length} message, with no key in it`,
      zh: `读过 ${pages.length} 页，然后 FLUSHALL：${told.length} 条消息，里面一个键也没有`,
    })
  },
)

claim(
  'redirected-tracking',
  'by RESP2 nothing is told on the connection that reads: tracking without REDIRECT is taken, and in vain; with REDIRECT the messages come to a second connection, and if that one is gone, reading goes on and only who asks learns that nobody is told',
  async ({ figure }) => {
    const { server, pages, change } = await withPages(1)
    const [page] = pages as [string]
    const [reader, ear] = [await another(server), await another(server)]
    const id = await ear.client('ID')
    const told: string[] = []
    ear.on('message', (_channel: string, keys: string) => told.push(keys))
    await ear.subscribe('__redis__:invalidate')
    /** The page is read, and then changed; so many messages have come by then. */
    const messages = async () => {
      await reader.get(page)
      await change(page)
      await ear.ping()
      return told.splice(0)
    }
    const flags = async () =>
      String(((await reader.call('CLIENT', 'TRACKINGINFO')) as readonly unknown[])[1])

    expect(await reader.client('TRACKING', 'ON')).toBe('OK')
    const [plain, plainFlags] = [await messages(), await flags()]
    expect([plain, plainFlags]).toEqual([[], 'on'])

    expect(await reader.client('TRACKING', 'ON', 'REDIRECT', id)).toBe('OK')
    const redirected = await messages()
    expect(redirected).toEqual([page])
    expect(await flags()).toBe('on')

    await reader.get(page)
    expect(await server.redis.client('KILL', 'ID', id)).toBe(1)
    await change(page)
    expect(await reader.get(page)).toBe('new')
    const broken = await flags()
    expect(broken).toContain('broken_redirect')
    expect(told).toEqual([])
    figure({
      en: `By RESP2: ${plain.length} messages without REDIRECT, ${redirected.length} with it; the second connection is cut: GET goes on, TRACKINGINFO says ${broken}`,
      zh: `用 RESP2：不写 REDIRECT，消息 ${plain.length} 条；写了，${redirected.length} 条；第二条连接断了：GET 照常，TRACKINGINFO 里是 ${broken}`,
    })
  },
)

import { expect } from 'vitest'
import { alone, nginx } from './balancer.ts'
import { answering, openCaches, varnish } from './caches.ts'
import type { Request } from './crew/orders.ts'
import { seen } from './tally.ts'

const vcl = (name: string) => new URL(`./varnish/${name}.vcl`, import.meta.url)
const conf = (name: string) => new URL(`./nginx/${name}.conf`, import.meta.url)
const stage = openCaches(import.meta.url, conf('purging'), [
  varnish(vcl('purge-open'), 8080),
  varnish(vcl('purge'), 8090),
])
const { claim } = stage
const open = 8080
const guarded = 8090
const stranger = '127.0.0.77'

const pathOf = (page: string) => answering(page, { 'cache-control': 'max-age=600' })

/** The page is read, thrown away in this way, and read again: does the origin see a second reader? */
async function throwAway(page: string, port: number, how: Partial<Request>) {
  const read = { port, path: pathOf(page) }
  await stage.balancer.askTimes(2, read)
  expect((await stage.asked(page)).requests).toHaveLength(1)
  const { status } = await stage.ask({ ...read, ...how })
  await stage.ask(read)
  const gets = (await stage.asked(page)).requests.filter(({ method }) => method === 'GET')
  return { status, gone: gets.length === 2 }
}

claim(
  'open-purge-obeys-strangers',
  'a purge without an acl is carried out for whoever sends it',
  async ({ figure }) => {
    const purge = { method: 'PURGE', from: stranger } as const
    const openly = await throwAway('/open', open, purge)
    const refused = await throwAway('/guarded', guarded, purge)
    const own = await throwAway('/own', guarded, { method: 'PURGE' })
    expect([openly, refused, own]).toEqual([
      { status: 200, gone: true },
      { status: 403, gone: false },
      { status: 200, gone: true },
    ])
    figure({
      en: `PURGE from ${stranger}: ${openly.status} and the page was gone; with an acl ${refused.status} and it stayed`,
      zh: `${stranger} 发来 PURGE：${openly.status}，页面没了；有 acl：${refused.status}，页面还在`,
    })
  },
)

claim(
  'purge-acl-believes-the-proxy',
  'behind a proxy of your own every stranger has its address, and the acl lets them all in',
  async ({ figure }) => {
    const purge = { method: 'PURGE', from: stranger } as const
    const through = await throwAway('/through', guarded, { ...purge, port: 8002 })
    const stopped = await throwAway('/stopped', guarded, { ...purge, port: 8003 })
    expect([through, stopped]).toEqual([
      { status: 200, gone: true },
      { status: 403, gone: false },
    ])
    figure({
      en: `PURGE from ${stranger} through nginx: ${through.status} and the page was gone; with limit_except in nginx ${stopped.status} and it stayed`,
      zh: `${stranger} 经过 nginx 发来 PURGE：${through.status}，页面没了；nginx 写了 limit_except：${stopped.status}，页面还在`,
    })
  },
)

claim(
  'ban-takes-a-family',
  'one ban throws away every page whose address fits, and leaves the others',
  async ({ figure }) => {
    const family = ['/topics/7', '/topics/7/print', '/topics/7/replies']
    const others = ['/topics/70', '/topics/8', '/']
    /** All are read once more; then how often the origin has been asked for each? */
    const readAll = async () => {
      const counts = async (pages: readonly string[]) => {
        await stage.balancer.askAll(pages.map((page) => ({ port: guarded, path: pathOf(page) })))
        const found: number[] = []
        for (const page of pages) found.push((await stage.asked(page)).requests.length)
        return found
      }
      return { family: await counts(family), others: await counts(others) }
    }
    await readAll()
    const before = await readAll()
    expect(before).toEqual({ family: [1, 1, 1], others: [1, 1, 1] })
    const ban = { method: 'BAN', headers: { 'x-ban': '^/topics/7([/?]|$)' } } as const
    const refused = await stage.ask({ port: guarded, path: '/', ...ban, from: stranger })
    expect([refused.status, await readAll()]).toEqual([403, before])
    const done = await stage.ask({ port: guarded, path: '/', ...ban })
    const after = await readAll()
    expect([done.status, after]).toEqual([200, { family: [2, 2, 2], others: [1, 1, 1] }])
    figure({
      en: `BAN ^/topics/7([/?]|$): ${family.join(', ')} fetched anew, ${others.join(', ')} not`,
      zh: `BAN ^/topics/7([/?]|$)：${family.join('、')} 重新取了，${others.join('、')} 没有`,
    })
  },
)

claim(
  'nginx-has-no-purge',
  'the nginx that everybody has does not know proxy_cache_purge',
  async ({ figure }) => {
    const { image, mounts } = nginx(conf('purge-directive'))
    const { containers } = stage
    const args = ['--rm', ...containers.label, ...alone, ...mounts, containers.image(image)]
    const { exitCode, output } = await containers.attempt('run', ...args)
    const said = /\[emerg\].*?: (.*?) in \/etc/.exec(output)?.[1]
    expect([exitCode, said]).toEqual([1, 'unknown directive "proxy_cache_purge"'])
    figure({ en: `[emerg] ${said}`, zh: `[emerg] ${said}` })
  },
)

claim(
  'bypass-refreshes-a-copy',
  'proxy_cache_bypass fetches a page anew and puts it in the old one’s place',
  async ({ figure }) => {
    const read = { port: 8001, path: pathOf('/refresh') }
    const refresh = { ...read, headers: { 'x-refresh': '1' } }
    const visits = [read, read, { ...refresh, from: stranger }, refresh, read]
    const answers = await stage.balancer.askAll(visits)
    const statuses = answers.map(({ headers }) => headers['x-cache-status'])
    expect(statuses).toEqual(['MISS', 'HIT', 'HIT', 'BYPASS', 'HIT'])
    // The last reader has the answer to the refreshing request.
    const kept = answers.map((answer) => seen(answer).headers['x-refresh'])
    expect(kept).toEqual([undefined, undefined, undefined, '1', '1'])
    figure({
      en: `read, read, a stranger's refresh, ours, read: ${statuses.join(', ')}; the last one is the new page`,
      zh: `读、读、陌生人要求刷新、我们要求刷新、读：${statuses.join('、')}；最后一次是新页面`,
    })
  },
)

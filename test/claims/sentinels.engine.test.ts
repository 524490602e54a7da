import { expect } from 'vitest'
import { addressOf, follow } from './copies.ts'
import { openMachines } from './machines.ts'
import {
  eventsOf,
  listed,
  masterBy,
  named,
  untilAcquainted,
  untilOneSays,
  watch,
} from './sentinels.ts'
import { patience } from './server.ts'

const { claim, start } = openMachines(import.meta.url, 244)

claim(
  'sentinels-find-each-other',
  'a Sentinel is told of nothing but the master: the copies it finds in the master’s INFO, and the other Sentinels in a channel of the master in which each of them introduces itself',
  async ({ figure }) => {
    const [machine] = await start(6)
    const [master, copy] = [await machine!.redis(), await machine!.redis()]
    await follow(copy, master)
    const listener = await master.client()
    const introduced = new Set<string>()
    listener.on('message', (_channel, text: string) => introduced.add(text.split(',')[2]!))
    await listener.subscribe('__sentinel__:hello')

    const line = `sentinel monitor one ${master.machine.address} ${master.port} 2`
    const sentinels = []
    for (let index = 0; index < 3; index++) sentinels.push(await machine!.sentinel(line))
    const lost = await machine!.sentinel(`sentinel monitor one ${machine!.address} 7999 2`)
    await untilAcquainted(sentinels, 1)
    await expect.poll(() => introduced.size, patience).toBe(3)

    const ids = await Promise.all(
      sentinels.map(({ redis }) => redis.call('SENTINEL', 'MYID').then(String)),
    )
    expect(introduced).toEqual(new Set(ids))
    for (const [index, sentinel] of sentinels.entries()) {
      const others = (await listed(sentinel, 'sentinels')).map((one) => one.get('runid')!)
      expect(new Set(others)).toEqual(new Set(ids.filter((id) => id !== ids[index])))
      const [known] = await listed(sentinel, 'replicas')
      expect(known!.get('name')).toBe(addressOf(copy))
    }
    expect(await lost.info('sentinel', 'master0')).toMatch(/slaves=0,sentinels=1$/)
    figure({
      en: `Three Sentinels, each with one line of configuration: each knows 2 others and 1 copy; ${introduced.size} introduce themselves in __sentinel__:hello. One that doesn’t reach the master knows 0 and 0`,
      zh: `三个哨兵，配置各一行：每个都认识另外 2 个和 1 个副本；在 __sentinel__:hello 里自报家门的有 ${introduced.size} 个。连不上主的那个，认识 0 个和 0 个`,
    })
  },
)

claim(
  'one-opinion-is-not-enough',
  'a Sentinel that is cut off believes the master down, and is alone in that: no failover; when the master stands still for all of them, they agree',
  async ({ figure }) => {
    const [a, b] = await start(4, 1)
    const [master, copy] = [await a!.redis(), await a!.redis()]
    await follow(copy, master)
    const near = await watch(a!, 2, master)
    const [far] = await watch(b!, 1, master)
    await untilAcquainted([...near, far!], 1)

    await b!.cut()
    const reach = ['timeout', '3', 'redis-cli', '-h', a!.address, '-p', `${master.port}`, 'PING']
    expect((await b!.attempt(...reach)).output, 'cut off').not.toContain('PONG')
    await untilOneSays([far!], '+sdown', 'master one')
    await untilOneSays([far!], '+sdown', 'sentinel', 2)
    const said = (await eventsOf(far!)).map(({ name }) => name)
    expect(said).not.toContain('+odown')
    expect(said).not.toContain('+try-failover')
    for (const sentinel of near) {
      expect(named(await eventsOf(sentinel), '+sdown', 'master one')).toEqual([])
      expect(await masterBy(sentinel)).toBe(addressOf(master))
    }

    await b!.mend()
    await untilOneSays([far!], '-sdown', 'master one')
    await master.signal('STOP')
    const [agreed] = await untilOneSays([...near, far!], '+odown', 'master one')
    await untilOneSays([...near, far!], '+switch-master', 'one')
    expect(agreed!.about).toMatch(/#quorum [23]\/2$/)
    figure({
      en: `Cut off: +sdown of the master and of both other Sentinels, and no +odown. The master stands still: +odown ${agreed!.about.split(' ').slice(-2).join(' ')}`,
      zh: `哨兵断了线：对主和另外两个哨兵都记下 +sdown，没有 +odown。主停住：+odown ${agreed!.about.split(' ').slice(-2).join(' ')}`,
    })
  },
)

import { expect } from 'vitest'
import { said } from './cluster.ts'
import { follow, keysOf, roleOf, setAll, untilCopied, untilRole } from './copies.ts'
import { openMachines } from './machines.ts'
import { patience, type Server } from './server.ts'

const { claim, start } = openMachines(import.meta.url, 240)

/** So many Redis beside each other, none of which copies anybody. */
async function several(count: number): Promise<readonly Server[]> {
  const [machine] = await start(count)
  const servers: Server[] = []
  for (let index = 0; index < count; index++) servers.push(await machine!.redis())
  return servers
}

claim(
  'a-copy-has-what-the-master-took',
  'what the master has and what it takes, its copy has: what was there before it came, and what comes afterwards',
  async ({ figure }) => {
    const [master, copy, stranger] = await several(3)
    const [before, after] = [keysOf('before', 1000), keysOf('after', 1000)]
    await setAll(master!, before, 'page')
    expect(await copy!.redis.dbsize()).toBe(0)
    await follow(copy!, master!)
    await setAll(master!, after, 'page')
    const begun = performance.now()
    expect(await master!.redis.wait(1, 60_000)).toBe(1)
    const ms = performance.now() - begun
    const all = [...before, ...after]
    expect(await copy!.redis.mget(...all)).toEqual(all.map(() => 'page'))
    await master!.redis.del(...before)
    await untilCopied(master!)
    const left = await copy!.redis.dbsize()
    expect(left).toBe(after.length)
    expect(await stranger!.redis.dbsize(), 'one that copies nobody').toBe(0)
    figure({
      en: `1,000 keys before and 1,000 after: the copy has all ${all.length.toLocaleString('en')} ${ms.toFixed(1)} ms after the last was taken; 1,000 deleted: it has ${left.toLocaleString('en')}`,
      zh: `先有 1,000 个键，后写 1,000 个：最后一个写完 ${ms.toFixed(1)} 毫秒之后，副本 ${all.length.toLocaleString('en')} 个都有；再删 1,000 个，它剩 ${left.toLocaleString('en')} 个`,
    })
  },
)

claim(
  'a-copy-refuses-writes',
  'a copy refuses writes with READONLY; with replica-read-only no it takes them, and the master never hears of it',
  async ({ figure }) => {
    const [master, copy] = await several(2)
    await follow(copy!, master!)
    const refused = await said(copy!.redis.set('mine', 'x'))
    expect(refused).toMatch(/^READONLY /)
    await copy!.redis.config('SET', 'replica-read-only', 'no')
    expect(await copy!.redis.set('mine', 'x')).toBe('OK')
    await master!.redis.set('after', 'x')
    await untilCopied(master!)
    const found = [await copy!.redis.exists('mine'), await master!.redis.exists('mine')]
    expect(found).toEqual([1, 0])
    figure({
      en: `SET on the copy: ${refused} With replica-read-only no: OK; of that key the copy has ${found[0]}, the master ${found[1]}`,
      zh: `在副本上 SET：${refused} 设成 replica-read-only no：OK；这个键副本有 ${found[0]} 个，主有 ${found[1]} 个`,
    })
  },
)

claim(
  'offsets-tell-the-lag',
  'how far a copy is behind stands in INFO, in bytes: the master’s offset less the copy’s, as it last told it',
  async ({ figure }) => {
    const [master, copy] = await several(2)
    await follow(copy!, master!)
    const behind = async () => {
      const told = await master!.info('replication', 'slave0')
      const theirs = Number(/offset=(\d+)/.exec(told)?.[1])
      return (await master!.count('replication', 'master_repl_offset')) - theirs
    }
    await expect.poll(behind, patience).toBe(0)
    await copy!.signal('STOP')
    const [keys, value] = [keysOf('page', 1000), 'x'.repeat(1000)]
    await setAll(master!, keys, value)
    const lag = await behind()
    expect(lag).toBeGreaterThan(keys.length * value.length)
    expect(lag).toBeLessThan(1.2 * keys.length * value.length)
    await copy!.signal('CONT')
    await expect.poll(behind, patience).toBe(0)
    figure({
      en: `The copy stands still, 1,000 values of 1,000 bytes are written: ${lag.toLocaleString('en')} bytes behind; it goes on: 0`,
      zh: `副本停住，写入 1,000 个 1,000 字节的值：落后 ${lag.toLocaleString('en')} 字节；它恢复之后：0`,
    })
  },
)

claim(
  'a-copy-hides-the-expired',
  'a key whose time is up is not given out by the copy, though it lies there until the master has it deleted',
  async ({ figure }) => {
    const [master, copy] = await several(2)
    await follow(copy!, master!)
    await master!.redis.set('page:1', 'old', 'PX', 15_000)
    await untilCopied(master!)
    await master!.signal('STOP')
    expect(await copy!.redis.get('page:1')).toBe('old')
    await expect.poll(() => copy!.redis.get('page:1'), patience).toBeNull()
    const kept = await copy!.redis.dbsize()
    expect(kept, 'the master could not delete it').toBe(1)
    await master!.signal('CONT')
    await expect.poll(() => copy!.redis.dbsize(), patience).toBe(0)
    figure({
      en: `The master stands still, the time is up: GET on the copy finds nothing, DBSIZE still says ${kept}; the master goes on: 0`,
      zh: `主停住，期限到了：在副本上 GET 什么也拿不到，DBSIZE 还是 ${kept}；主恢复之后：0`,
    })
  },
)

claim(
  'still-called-slave',
  'Redis still says slave of itself: INFO and ROLE do, SLAVEOF still works, and REPLICAOF has been its name since 5.0',
  async ({ figure }) => {
    const [master, copy] = await several(2)
    const { address } = master!.machine
    expect(await copy!.redis.slaveof(address, master!.port)).toBe('OK')
    await untilRole(copy!, 'slave')
    await expect
      .poll(() => master!.info('replication', 'slave0'), patience)
      .toContain(`ip=${address},port=${copy!.port}`)
    const [role] = await copy!.redis.role()
    expect(role).toBe('slave')
    expect(await copy!.redis.replicaof('NO', 'ONE')).toBe('OK')
    expect(await roleOf(copy!)).toBe('master')

    const documented = async (command: string, field: string) => {
      const [, fields] = (await master!.redis.call('COMMAND', 'DOCS', command)) as [
        string,
        string[],
      ]
      return fields[fields.indexOf(field) + 1]
    }
    const since = await documented('replicaof', 'since')
    const deprecated = await documented('slaveof', 'deprecated_since')
    expect([since, deprecated]).toEqual(['5.0.0', '5.0.0'])
    figure({
      en: `After SLAVEOF: role:slave in INFO, “${String(role)}” in ROLE; REPLICAOF since ${since}, SLAVEOF deprecated since ${deprecated}`,
      zh: `SLAVEOF 之后：INFO 里是 role:slave，ROLE 里是“${String(role)}”；REPLICAOF 从 ${since} 起才有，SLAVEOF 从 ${deprecated} 起不推荐`,
    })
  },
)

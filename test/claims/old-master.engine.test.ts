import { expect } from 'vitest'
import { addressOf, follow, keysOf, roleOf, setAll, untilLinked, untilRole } from './copies.ts'
import { openMachines } from './machines.ts'
import { seconds, untilAcquainted, untilOneSays, watch } from './sentinels.ts'
import { patience } from './server.ts'

const { claim, start } = openMachines(import.meta.url, 247)

claim(
  'the-old-master-becomes-a-copy',
  'the old master is started again: it still thinks that it is master, for some seconds; then the Sentinels have made it a copy of the new one, and it has what was written meanwhile',
  async ({ figure }) => {
    const [machine] = await start(5)
    const [master, copy] = [await machine!.redis(), await machine!.redis()]
    await setAll(master, keysOf('before', 100), 'page')
    await follow(copy, master)
    const sentinels = await watch(machine!, 3, master)
    await untilAcquainted(sentinels, 1)
    await master.kill()
    await untilRole(copy, 'master')
    await untilOneSays(sentinels, '+switch-master', 'one')
    await setAll(copy, keysOf('after', 100), 'page')

    await master.start()
    const begun = performance.now()
    expect(await roleOf(master)).toBe('master')
    expect(await master.redis.dbsize()).toBe(0)
    await untilRole(master, 'slave')
    const ms = performance.now() - begun
    await untilLinked(master, copy)
    const found = await master.redis.dbsize()
    expect(found).toBe(200)
    figure({
      en: `The old master, back and empty, is a copy of ${addressOf(copy)} after ${seconds(ms)} s, and has all ${found} keys`,
      zh: `旧的主空着回来，${seconds(ms)} 秒之后成了 ${addressOf(copy)} 的副本，${found} 个键都有`,
    })
  },
)

claim(
  'old-connections-are-cut',
  'when Sentinel makes a master a copy, whoever is connected to it is disconnected; who does it by hand with REPLICAOF leaves them connected, and they read what is old',
  async ({ figure }) => {
    const [machine] = await start(6)
    const [master, copy] = [await machine!.redis(), await machine!.redis()]
    const byHand = await machine!.redis()
    await follow(copy, master)
    const sentinels = await watch(machine!, 3, master)
    await untilAcquainted(sentinels, 1)

    const spared = await byHand.client()
    const id = await spared.client('ID')
    await byHand.redis.replicaof(machine!.address, 7999)
    await untilRole(byHand, 'slave')
    expect(await spared.client('ID')).toBe(id)

    const stale = await master.client()
    expect(await sentinels[0]!.redis.call('SENTINEL', 'FAILOVER', 'one')).toBe('OK')
    await untilRole(copy, 'master')
    expect(stale.status, 'not demoted yet').toBe('ready')
    const answer = await stale.set('reply:1', 'written to the old master')
    await expect.poll(() => stale.status, patience).toBe('end')
    await untilRole(master, 'slave')
    await untilLinked(master, copy)
    const left = await copy.redis.exists('reply:1')
    expect([answer, left]).toEqual(['OK', 0])
    expect(spared.status).toBe('ready')
    figure({
      en: `REPLICAOF by hand: the connection stays. By Sentinel: a SET on the old connection is still answered ${answer} before the demotion, then the connection is cut; the new master has ${left} of that key`,
      zh: `手工 REPLICAOF：连接还在。由哨兵降级：降级之前，旧连接上的 SET 还答 ${answer}，随后连接被断开；新主里这个键有 ${left} 个`,
    })
  },
)

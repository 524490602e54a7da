import { expect } from 'vitest'
import { addressOf, follow, keysOf, loseTouch, roleOf, setAll } from './copies.ts'
import { untilCopied, untilRole } from './copies.ts'
import { openMachines } from './machines.ts'
import { masterBy, untilAcquainted, untilOneSays, watch } from './sentinels.ts'
import { patience, type Server } from './server.ts'

const { claim, start } = openMachines(import.meta.url, 249)

/** A master and two copies of it, the one with the smaller run id first: among equals it is chosen. */
async function twoCopies() {
  const [machine] = await start(4)
  const master = await machine!.redis()
  const copies = [await machine!.redis(), await machine!.redis()]
  for (const copy of copies) await follow(copy, master)
  const withIds = await Promise.all(
    copies.map(async (copy) => ({ copy, id: await copy.info('server', 'run_id') })),
  )
  const [first, second] = withIds.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ copy }) => copy)
  return { machine: machine!, master, first: first!, second: second! }
}

/** Enough time for the copy that stood still to be well again before the master is missed. */
const patient = { quorum: 1, downAfterMs: 8000 } as const

/** One Sentinel, which asks the copies for their offsets every second also while all is well. */
async function watchClosely({ machine, master }: { machine: Server['machine']; master: Server }) {
  const sentinels = await watch(machine, 1, master, patient)
  await untilAcquainted(sentinels, 2)
  await sentinels[0]!.redis.call('SENTINEL', 'DEBUG', 'info-period', 1000)
  return sentinels
}

claim(
  'the-longest-offset-wins',
  'of two copies the one is promoted that has more of the master’s stream; if both have all of it, the one with the smaller run id',
  async ({ figure }) => {
    async function promoted(isFirstBehind: boolean) {
      const { machine, master, first, second } = await twoCopies()
      const sentinels = await watchClosely({ machine, master })
      if (isFirstBehind) {
        await loseTouch(first, master)
        await setAll(master, keysOf('reply', 1000), 'text')
        await untilCopied(master)
      }
      await master.kill()
      if (isFirstBehind) await first.signal('CONT')
      const [selected] = await untilOneSays(sentinels, '+selected-slave', 'slave')
      await untilOneSays(sentinels, '+switch-master', 'one')
      const winner = (await masterBy(sentinels[0]!)) === addressOf(first) ? first : second
      expect(selected!.about).toMatch(new RegExp(`^slave ${addressOf(winner)} `))
      await untilRole(winner, 'master')
      return { winner: winner === first ? 'first' : 'second', keys: await winner.redis.dbsize() }
    }
    const [equal, behind] = [await promoted(false), await promoted(true)]
    expect(equal.winner).toBe('first')
    expect(behind).toEqual({ winner: 'second', keys: 1000 })
    figure({
      en: `Both have everything: the copy with the smaller run id is promoted; that one lacks 1,000 writes: the other, which has ${behind.keys.toLocaleString('en')} of them`,
      zh: `两个都齐全：升 run id 小的那个；它缺 1,000 次写入：升另一个，那 1,000 个键它有 ${behind.keys.toLocaleString('en')} 个`,
    })
  },
)

claim(
  'priority-zero-never',
  'a copy with replica-priority 0 is never promoted, though nobody else is there; with 100 it is, at the next attempt',
  async ({ figure }) => {
    const [machine] = await start(3)
    const [master, copy] = [await machine!.redis(), await machine!.redis('replica-priority 0')]
    await follow(copy, master)
    const sentinels = await watch(machine!, 1, master, { quorum: 1 })
    await untilAcquainted(sentinels, 1)
    await master.kill()
    const aborted = await untilOneSays(sentinels, '-failover-abort-no-good-slave', 'master one', 2)
    expect(await roleOf(copy)).toBe('slave')
    await copy.redis.config('SET', 'replica-priority', '100')
    await untilRole(copy, 'master')
    await expect.poll(() => masterBy(sentinels[0]!), patience).toBe(addressOf(copy))
    figure({
      en: `The only copy has priority 0: ${aborted.length} times -failover-abort-no-good-slave; with 100: promoted`,
      zh: `唯一的副本优先级为 0：${aborted.length} 次 -failover-abort-no-good-slave；改成 100：升为主`,
    })
  },
)

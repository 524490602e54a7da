import { expect } from 'vitest'
import { follow, roleOf, untilRole } from './copies.ts'
import { openMachines } from './machines.ts'
import { eventsOf, firstMoment, named, seconds } from './sentinels.ts'
import { untilAcquainted, untilOneSays, type Watch, watch } from './sentinels.ts'

const { claim, start } = openMachines(import.meta.url, 248)

/** The one copy may not be promoted at first: a failover comes to nothing. */
async function failing(failoverTimeoutMs: Watch['failoverTimeoutMs']) {
  const [machine] = await start(3)
  const [master, copy] = [await machine!.redis(), await machine!.redis('replica-priority 0')]
  await follow(copy, master)
  // A single one, so that nobody else’s attempts are in its log.
  const sentinels = await watch(machine!, 1, master, { quorum: 1, failoverTimeoutMs })
  await untilAcquainted(sentinels, 1)
  await master.kill()
  await untilOneSays(sentinels, '-failover-abort-no-good-slave', 'master one')
  await copy.redis.config('SET', 'replica-priority', '100')
  return { copy, sentinel: sentinels[0]! }
}

const notBefore = /I will not start a failover before (.+)$/m

claim(
  'not-twice-in-three-minutes',
  'a failover that came to nothing is not tried again before twice failover-timeout is over: by default, three minutes, that is six; with 2000 ms it is four seconds',
  async ({ figure }) => {
    const [usual, short] = [await failing('default'), await failing(2000)]
    await untilRole(short.copy, 'master')
    const tries = named(await eventsOf(short.sentinel), '+try-failover', 'master one')
    const gapMs = tries[1]!.atMs - tries[0]!.atMs
    expect(gapMs).toBeGreaterThan(3500)
    expect(gapMs).toBeLessThan(20_000)

    let announced: string | undefined
    const read = async () => (announced = notBefore.exec(await usual.sentinel.log())?.[1])
    await expect.poll(read, { timeout: 30_000 }).toBeDefined()
    const first = await firstMoment([usual.sentinel], '+try-failover')
    const waitMs = Date.parse(`${announced} UTC`) - first
    expect(waitMs).toBeGreaterThan(355_000)
    expect(waitMs).toBeLessThan(365_000)
    const isLong = async () => Date.now() - first > 20_000 && (await roleOf(usual.copy))
    await expect.poll(isLong, { timeout: 60_000, interval: 500 }).toBe('slave')
    const attempts = named(await eventsOf(usual.sentinel), '+try-failover')
    expect(attempts).toHaveLength(1)
    figure({
      en: `A failover without a copy that may be promoted, and then there is one: with failover-timeout 2000 the next attempt comes after ${seconds(gapMs)} s; by default the log says: not for ${Math.round(waitMs / 1000)} s`,
      zh: `故障转移时没有可升的副本，随后有了：failover-timeout 设为 2000，${seconds(gapMs)} 秒之后再试；按默认设置，日志说 ${Math.round(waitMs / 1000)} 秒之内不再试`,
    })
  },
)

claim(
  'a-second-failover-follows-at-once',
  'a failover that has succeeded does not hold up the next one, though failover-timeout is three minutes: the new master dies, and the old one, which is its copy by now, is promoted within seconds',
  async ({ figure }) => {
    const [machine] = await start(5)
    const [one, two] = [await machine!.redis(), await machine!.redis()]
    await follow(two, one)
    const usual = { quorum: 1, failoverTimeoutMs: 'default' } as const
    // Two only vote: where all three run for leader, a tie would be a failover that came to nothing.
    const sentinels = [
      ...(await watch(machine!, 1, one, usual)),
      ...(await watch(machine!, 2, one, { ...usual, downAfterMs: 60_000 })),
    ]
    await untilAcquainted(sentinels, 1)
    const firstDeath = await one.kill()
    await untilRole(two, 'master')
    await untilOneSays(sentinels, '+switch-master', 'one')
    await one.start()
    await follow(one, two)
    await untilAcquainted(sentinels, 1)

    const secondDeath = await two.kill()
    await untilRole(one, 'master')
    const switches = await untilOneSays(sentinels, '+switch-master', 'one', 2)
    const [first, second] = [switches[0]!.atMs - firstDeath, switches[1]!.atMs - secondDeath]
    expect(second).toBeGreaterThan(0)
    expect(second).toBeLessThan(30_000)
    figure({
      en: `failover-timeout as it is, two deaths: promoted after ${seconds(first)} s, and after ${seconds(second)} s`,
      zh: `failover-timeout 用默认值，死两次：第一次 ${seconds(first)} 秒之后升主，第二次 ${seconds(second)} 秒`,
    })
  },
)

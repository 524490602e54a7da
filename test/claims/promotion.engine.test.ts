import { expect } from 'vitest'
import { addressOf, follow, untilRole } from './copies.ts'
import { openMachines } from './machines.ts'
import { eventsOf, firstMoment, masterBy, named, seconds } from './sentinels.ts'
import { untilAcquainted, untilOneSays, watch } from './sentinels.ts'
import { patience } from './server.ts'
import { median } from './spread.ts'

const { claim, start } = openMachines(import.meta.url, 246)

/** A master, its copy and three Sentinels, who know each other. */
async function guarded(downAfterMs: number) {
  const [machine] = await start(5)
  const [master, copy] = [await machine!.redis(), await machine!.redis()]
  await follow(copy, master)
  const sentinels = await watch(machine!, 3, master, { downAfterMs })
  await untilAcquainted(sentinels, 1)
  return { master, copy, sentinels }
}

claim(
  'promoted-in-seconds',
  'the master is killed: with down-after-milliseconds 1000 its copy is master within three seconds more; the rest of the time is what you let Sentinel wait',
  async ({ figure }) => {
    async function takes(downAfterMs: number): Promise<number> {
      const { master, copy, sentinels } = await guarded(downAfterMs)
      const killed = await master.kill()
      await untilOneSays(sentinels, '+switch-master', 'one')
      await untilRole(copy, 'master')
      return (await firstMoment(sentinels, '+switch-master')) - killed
    }
    const quick = [await takes(1000), await takes(1000), await takes(1000)]
    const slow = await takes(10_000)
    expect(Math.min(...quick)).toBeGreaterThan(0)
    expect(median(quick)).toBeLessThan(1000 + 3000)
    expect(slow).toBeGreaterThan(8000)
    const each = quick.map(seconds)
    figure({
      en: `From the kill to +switch-master, down-after 1 s: ${each.join(', ')} s; down-after 10 s: ${seconds(slow)} s`,
      zh: `从杀掉主到 +switch-master，down-after 为 1 秒：${each.join('、')} 秒；10 秒：${seconds(slow)} 秒`,
    })
  },
)

claim(
  'switch-master-is-told',
  'who has subscribed to +switch-master at a Sentinel is told of the new master in the moment in which that Sentinel knows of it',
  async ({ figure }) => {
    const { master, copy, sentinels } = await guarded(1000)
    const told = new Map(sentinels.map((sentinel) => [sentinel, [] as Told[]]))
    for (const sentinel of sentinels) {
      const listener = await sentinel.client()
      listener.on('message', (_, text: string) =>
        told.get(sentinel)!.push({ text, atMs: Date.now() }),
      )
      await listener.subscribe('+switch-master')
    }
    for (const sentinel of sentinels) expect(await masterBy(sentinel)).toBe(addressOf(master))
    expect([...told.values()].flat()).toEqual([])
    await master.kill()

    const late: number[] = []
    for (const [sentinel, messages] of told) {
      await expect.poll(() => messages.length, patience).toBe(1)
      expect(messages[0]!.text).toBe(
        `one ${addressOf(master)} ${addressOf(copy)}`.replaceAll(':', ' '),
      )
      expect(await masterBy(sentinel)).toBe(addressOf(copy))
      const [logged] = named(await eventsOf(sentinel), '+switch-master', 'one')
      late.push(messages[0]!.atMs - logged!.atMs)
    }
    // Whoever else is busy on this machine can only make one slower.
    const quickest = Math.min(...late)
    expect(quickest).toBeLessThan(100)
    figure({
      en: `Three Sentinels, a subscriber at each: told ${late.join(', ')} ms after the line in that Sentinel’s log`,
      zh: `三个哨兵，各有一个订阅者：哨兵写下日志之后 ${late.join('、')} 毫秒收到通知`,
    })
  },
)

interface Told {
  readonly text: string
  readonly atMs: number
}

import { expect } from 'vitest'
import { follow, heldBy, untilLinked, untilRole } from './copies.ts'
import { openMachines } from './machines.ts'
import { seconds, untilAcquainted, untilOneSays, watch } from './sentinels.ts'
import { patience, type Settings } from './server.ts'
import { writeSteadily } from './steady-writer.ts'

const { claim, start } = openMachines(import.meta.url, 239)

/**
 * The master is cut off from its copy and the Sentinels, and somebody goes on writing to it until some
 * time after the copy's promotion. Then the cable is plugged in again.
 */
async function split(...settings: Settings) {
  const [a, b] = await start(1, 4)
  const [master, copy] = [await a!.redis(...settings), await b!.redis()]
  await follow(copy, master)
  const sentinels = await watch(b!, 3, master)
  await untilAcquainted(sentinels, 1)
  const writer = writeSteadily(await master.client())
  const untilMore = (count: number) => {
    const enough = writer.all.length + count
    return expect.poll(() => writer.all.length, patience).toBeGreaterThan(enough)
  }
  await untilMore(300)
  await a!.cut()
  await untilOneSays(sentinels, '+switch-master', 'one')
  await untilRole(copy, 'master')
  await untilMore(200)
  await writer.stop()

  await a!.mend()
  await untilRole(master, 'slave')
  await untilLinked(master, copy)
  const acknowledged = writer.all.filter(({ refusal }) => refusal === undefined)
  const held = new Set(
    await heldBy(
      copy,
      acknowledged.map(({ key }) => key),
    ),
  )
  expect(await master.redis.dbsize(), 'of what only the old master knew').toBe(held.size)
  const lost = acknowledged.filter(({ key }) => !held.has(key))
  const kept = acknowledged.filter(({ key }) => held.has(key))
  expect(kept.length).toBeGreaterThan(100)
  return {
    ...{ acknowledged, lost },
    /** From the last that was kept to the last that was lost. */
    lossMs: lost.length === 0 ? 0 : lost.at(-1)!.atMs - kept.at(-1)!.atMs,
    refused: writer.all.flatMap(({ refusal }) => refusal ?? []),
  }
}

let careless: Awaited<ReturnType<typeof split>> | undefined
/** As Redis comes; tried once. */
const asItComes = async () => (careless ??= await split())

claim(
  'a-split-master-takes-writes-that-are-lost',
  'a master that is cut off from its copy and the Sentinels, but not from its clients, goes on answering OK; when the cable is back it becomes a copy, and all that it took since the cut is gone',
  async ({ figure }) => {
    const { acknowledged, lost, refused, lossMs } = await asItComes()
    expect(refused).toEqual([])
    expect(lost.length).toBeGreaterThan(100)
    expect(acknowledged.slice(-lost.length)).toEqual(lost)
    figure({
      en: `${acknowledged.length} writes answered with OK, the last ${lost.length} of them, ${seconds(lossMs)} s’ worth, are nowhere when the old master is back`,
      zh: `${acknowledged.length} 次写入得到 OK；旧的主回来之后，最后 ${lost.length} 次（${seconds(lossMs)} 秒的量）哪里都没有`,
    })
  },
)

claim(
  'min-replicas-bounds-the-loss',
  'with min-replicas-to-write 1 and min-replicas-max-lag 1 the cut-off master stops taking writes: only what it took in the first seconds, less than three, is lost, and then it refuses',
  async ({ figure }) => {
    const bounded = await split('min-replicas-to-write 1', 'min-replicas-max-lag 1')
    const free = await asItComes()
    expect(bounded.refused.length).toBeGreaterThan(50)
    for (const refusal of bounded.refused) expect(refusal).toMatch(/^NOREPLICAS /)
    // Some for the writer, who writes only every ten milliseconds, or later on a busy machine.
    expect(bounded.lossMs).toBeLessThan(3000 + 100)
    expect(bounded.lost.length).toBeLessThan(free.lost.length)
    figure({
      en: `Lost although acknowledged: ${bounded.lost.length} writes, ${seconds(bounded.lossMs)} s’ worth, then ${bounded.refused.length} are refused; without the setting ${free.lost.length}`,
      zh: `得到 OK 却丢了的：${bounded.lost.length} 次写入（${seconds(bounded.lossMs)} 秒的量），之后拒绝 ${bounded.refused.length} 次；不设这一项，丢 ${free.lost.length} 次`,
    })
  },
)

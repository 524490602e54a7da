import { expect } from 'vitest'
import { follow, keysOf, loseTouch, setAll, untilCopied, untilLinked } from './copies.ts'
import { openMachines } from './machines.ts'
import { patience } from './server.ts'

const { claim, start } = openMachines(import.meta.url, 241)

const value = 'x'.repeat(1000)
const kilobytes = (bytes: number) => Math.round(bytes / 1000).toLocaleString('en')

/** A copy of 5,000 pages loses touch while some more are written, and comes back. */
async function interrupted(backlog: string, written: number) {
  const [machine] = await start(2)
  const master = await machine!.redis(`repl-backlog-size ${backlog}`, 'rdbcompression no')
  const copy = await machine!.redis()
  const pages = keysOf('page', 5000)
  await setAll(master, pages, value)
  await follow(copy, master)
  const stat = (field: string) => master.count('stats', field)
  const syncs = async () => ({
    full: await stat('sync_full'),
    partial: await stat('sync_partial_ok'),
    refused: await stat('sync_partial_err'),
  })
  // It asked in vain to go on, with a stream of its own: until now it was a master itself.
  const first = await syncs()
  expect(first).toEqual({ full: 1, partial: 0, refused: 1 })

  const received = () => copy.count('stats', 'total_net_repl_input_bytes')
  const before = await received()
  await loseTouch(copy, master)
  await setAll(master, keysOf('reply', written), value)
  await copy.signal('CONT')
  await untilCopied(master)
  expect(await copy.redis.dbsize()).toBe(pages.length + written)
  const { full, partial, refused } = await syncs()
  return {
    full: full - first.full,
    partial,
    refused: refused - first.refused,
    bytes: (await received()) - before,
  }
}

claim(
  'back-within-the-backlog',
  'a copy that comes back while what it missed is still in the backlog is sent just that',
  async ({ figure }) => {
    const { bytes, ...syncs } = await interrupted('1mb', 100)
    expect(syncs).toEqual({ full: 0, partial: 1, refused: 0 })
    expect(bytes).toBeGreaterThan(100 * value.length)
    expect(bytes).toBeLessThan(2 * 100 * value.length)
    figure({
      en: `5,000 pages of 1 kB, 100 missed, a backlog of 1 MB: sync_partial_ok ${syncs.partial}, sync_full ${syncs.full} more; ${kilobytes(bytes)} kB sent`,
      zh: `5,000 个 1 kB 的页面，错过 100 个，积压缓冲区 1 MB：sync_partial_ok 是 ${syncs.partial}，sync_full 多 ${syncs.full}；发送 ${kilobytes(bytes)} kB`,
    })
  },
)

claim(
  'too-late-for-the-backlog',
  'a copy that has missed more than the backlog keeps is sent everything',
  async ({ figure }) => {
    const { bytes, ...syncs } = await interrupted('16kb', 1000)
    expect(syncs).toEqual({ full: 1, partial: 0, refused: 1 })
    expect(bytes).toBeGreaterThan(6000 * value.length)
    figure({
      en: `5,000 pages of 1 kB, 1,000 missed, a backlog of 16 kB: sync_partial_ok ${syncs.partial}, sync_full ${syncs.full} more; ${kilobytes(bytes)} kB sent`,
      zh: `5,000 个 1 kB 的页面，错过 1,000 个，积压缓冲区 16 kB：sync_partial_ok 是 ${syncs.partial}，sync_full 多 ${syncs.full}；发送 ${kilobytes(bytes)} kB`,
    })
  },
)

claim(
  'an-empty-master-wipes-its-copy',
  'a master that keeps nothing on the disk is killed and started again at once: it is empty, and so is its copy; one that reads a snapshot takes from its copy what was written since, and no more',
  async ({ figure }) => {
    const [machine] = await start(2)
    const [master, copy] = [await machine!.redis(), await machine!.redis()]
    await setAll(master, keysOf('page', 1000), 'page')
    await follow(copy, master)

    const again = async () => {
      await master.kill()
      await master.start()
      await untilLinked(copy, master)
      return copy.redis.dbsize()
    }
    await master.redis.save()
    const withSnapshot = await again()
    expect(withSnapshot).toBe(1000)
    await setAll(master, keysOf('late', 10), 'page')
    expect(await master.redis.wait(1, 10_000)).toBe(1)
    const since = await again()
    expect(since).toBe(1000)
    await master.machine.shell(`rm /tmp/${master.port}/dump.rdb`)
    expect(await copy.redis.dbsize()).toBe(1000)
    const without = await again()
    expect(without).toBe(0)
    await expect.poll(() => master.redis.dbsize(), patience).toBe(0)
    figure({
      en: `1,000 keys in both, the master is killed and started again: with a snapshot the copy has ${withSnapshot.toLocaleString('en')}, and of 10 written after it ${since - withSnapshot}; without one ${without}`,
      zh: `两边各有 1,000 个键，主被杀掉又启动：有快照，副本还有 ${withSnapshot.toLocaleString('en')} 个，之后写的 10 个剩 ${since - withSnapshot} 个；没有快照，${without} 个`,
    })
  },
)

claim(
  'a-copy-serves-what-is-old',
  'a copy that has lost its master goes on answering with what it had; with replica-serve-stale-data no it answers MASTERDOWN',
  async ({ figure }) => {
    const [machine] = await start(2)
    const [master, copy] = [await machine!.redis(), await machine!.redis()]
    const pages = keysOf('page', 100)
    await setAll(master, pages, 'version 1')
    await follow(copy, master)
    await loseTouch(copy, master)
    await setAll(master, pages, 'version 2')
    await master.kill()
    await copy.signal('CONT')
    await expect.poll(() => copy.info('replication', 'master_link_status'), patience).toBe('down')
    const answers = () =>
      Promise.all(pages.map((page) => copy.redis.get(page).catch(({ message }: Error) => message)))
    const old = (await answers()).filter((answer) => answer === 'version 1').length
    expect(old).toBe(pages.length)
    await copy.redis.config('SET', 'replica-serve-stale-data', 'no')
    const refused = await answers()
    for (const answer of refused) expect(answer).toMatch(/^MASTERDOWN /)
    figure({
      en: `100 pages changed while the link was down: the copy gives ${old} old ones; with replica-serve-stale-data no: ${refused[0]}`,
      zh: `断线期间改了 100 个页面：副本给出 ${old} 个旧的；设成 replica-serve-stale-data no：${refused[0]}`,
    })
  },
)

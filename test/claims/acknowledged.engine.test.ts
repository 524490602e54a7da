import { expect, onTestFinished } from 'vitest'
import { follow, untilCopied } from './copies.ts'
import { openMachines } from './machines.ts'

const { claim, start } = openMachines(import.meta.url, 242)

claim(
  'acknowledged-before-copied',
  'a master answers OK before its copy has a write: cut off from its copy it still does, and when it dies the write is gone',
  async ({ figure }) => {
    const [a, b] = await start(1, 1)
    const [master, copy] = [await a!.redis(), await b!.redis()]
    await follow(copy, master)
    expect(await master.redis.set('login:before', 'tea')).toBe('OK')
    await untilCopied(master)
    await a!.cut()
    const answer = await master.redis.set('login:after', 'tea')
    expect(answer).toBe('OK')
    expect(await master.redis.get('login:after')).toBe('tea')
    await a!.die()
    await copy.redis.replicaof('NO', 'ONE')
    const left = await copy.redis.mget('login:before', 'login:after')
    expect(left).toEqual(['tea', null])
    figure({
      en: `SET without a cable to the copy: ${answer}; the master dies, the copy is promoted: that key is not there, the one from before the cut is`,
      zh: `到副本的线断了之后 SET：${answer}；主死掉，副本升为主：这个键不在了，断线之前写的那个还在`,
    })
  },
)

claim(
  'wait-counts-copies',
  'WAIT answers how many copies have what was written, and takes nothing back: the write stays also when it says 0',
  async ({ figure }) => {
    const [machine] = await start(3)
    const master = await machine!.redis()
    const copies = [await machine!.redis(), await machine!.redis()]
    for (const copy of copies) await follow(copy, master)
    const told: number[] = []
    const write = async (key: string, copiesWanted: number) => {
      await master.redis.set(key, 'tea')
      const begun = performance.now()
      told.push(await master.redis.wait(copiesWanted, told.length === 0 ? 60_000 : 100))
      return performance.now() - begun
    }
    await write('login:1', 2)
    await copies[0]!.signal('STOP')
    await write('login:2', 2)
    await copies[1]!.signal('STOP')
    const ms = await write('login:3', 1)
    expect(told).toEqual([2, 1, 0])
    expect(ms).toBeGreaterThan(90)
    const kept = await master.redis.exists('login:1', 'login:2', 'login:3')
    expect(kept).toBe(3)
    for (const copy of copies) await copy.signal('CONT')
    await untilCopied(master, 2)
    expect(await copies[0]!.redis.get('login:3')).toBe('tea')
    figure({
      en: `Two copies, one standing still, both: WAIT says ${told.join(', ')}, the last after ${ms.toFixed(0)} ms; the master has ${kept} of 3 writes`,
      zh: `两个副本、停住一个、都停住：WAIT 回答 ${told.join('、')}，最后一次等了 ${ms.toFixed(0)} 毫秒；3 次写入，主保留了 ${kept} 次`,
    })
  },
)

claim(
  'wait-after-nothing-changed',
  'a delete that finds nothing changes nothing: repeated on a new connection, WAIT says 1 though the frozen copy has never heard of the delete',
  async ({ figure }) => {
    const [machine] = await start(2)
    const [master, copy] = [await machine!.redis(), await machine!.redis()]
    await follow(copy, master)
    await master.redis.set('page:7', 'old')
    await untilCopied(master)
    await copy.signal('STOP')
    const again = master.redis.duplicate({ enableOfflineQueue: true })
    onTestFinished(() => again.disconnect())
    const told: [number, number][] = []
    for (const connection of [master.redis, master.redis, again])
      told.push([await connection.unlink('page:7'), await connection.wait(1, 100)])
    // The first connection remembers what it has deleted; the new one has changed nothing yet.
    expect(told).toEqual([
      [1, 0],
      [0, 0],
      [0, 1],
    ])
    await again.incr('repeated')
    expect(await again.wait(1, 100)).toBe(0)
    await copy.signal('CONT')
    await untilCopied(master)
    expect(await copy.redis.exists('page:7')).toBe(0)
    const words = told.map(([gone, copies]) => `${gone} → ${copies}`)
    figure({
      en: `UNLINK and WAIT while the copy stands still: ${words.join(', again ')}, the last on a new connection`,
      zh: `副本停住的时候 UNLINK 再 WAIT：${words.join('，再来 ')}，最后一次换了新连接`,
    })
  },
)

import { expect } from 'vitest'
import { clusterSlot } from '../../snippets/hashing/cluster-slot.ts'
import { addressOf, clusterSettings, joinCluster, masterOf, said } from './cluster.ts'
import { openRedises, type RedisServer } from './redis-servers.ts'

const { claim, start } = openRedises(import.meta.url)

const slot = clusterSlot('{tea}')
const pages = Array.from({ length: 100 }, (_, index) => `{tea}:topic:${index + 1}`)

/** Takes a key in spite of the slot not being its own yet. */
async function asking({ redis }: RedisServer, key: string): Promise<unknown> {
  const answers = await redis.pipeline().asking().get(key).exec()
  const [error, value] = answers![1]!
  return error?.message ?? value
}

claim(
  'resharding-asks',
  'while a slot moves, the old node answers for the keys that it still has and ASK for the rest; in the end they are all on the new one',
  async ({ figure }) => {
    const nodes = await joinCluster(await start(3, ...clusterSettings))
    const from = masterOf(nodes, '{tea}')
    const to = nodes.find((node) => node !== from)!
    await Promise.all(pages.map((page) => from.redis.set(page, `the ${page}`)))
    const [fromId, toId] = [await from.redis.cluster('MYID'), await to.redis.cluster('MYID')]
    const move = (keys: readonly string[]) =>
      from.redis.migrate('127.0.0.1', to.port, '', 0, 60_000, 'KEYS', ...keys)
    const askEach = (node: RedisServer) =>
      Promise.all(pages.map((page) => said(node.redis.get(page))))

    await to.redis.cluster('SETSLOT', slot, 'IMPORTING', fromId)
    await from.redis.cluster('SETSLOT', slot, 'MIGRATING', toId)
    await move(pages.slice(0, 50))
    const [ask, back] = [`ASK ${slot} ${addressOf(to)}`, `MOVED ${slot} ${addressOf(from)}`]
    const halfway = await askEach(from)
    expect(halfway).toEqual(pages.map((page, index) => (index < 50 ? ask : `the ${page}`)))
    expect(await said(from.redis.get('{tea}:new'))).toBe(ask)
    expect(await askEach(to), 'of one who does not say ASKING').toEqual(pages.map(() => back))
    const found: unknown[] = []
    for (const [index, page] of pages.entries())
      found.push(halfway[index] === ask ? await asking(to, page) : halfway[index])
    expect(found).toEqual(pages.map((page) => `the ${page}`))

    await move(pages.slice(50))
    for (const { redis } of [to, from]) await redis.cluster('SETSLOT', slot, 'NODE', toId)
    const moved = `MOVED ${slot} ${addressOf(to)}`
    expect(await askEach(from)).toEqual(pages.map(() => moved))
    expect(await askEach(to)).toEqual(pages.map((page) => `the ${page}`))
    const asked = halfway.filter((answer) => answer === ask).length
    figure({
      en: `100 keys of slot ${slot}, half of them moved: the old node answers ${100 - asked} and says ${ask} for ${asked}; asked there with ASKING, all ${found.length} are found, and afterwards too`,
      zh: `槽 ${slot} 里 100 个键，搬到一半：旧节点答复 ${100 - asked} 个，另外 ${asked} 个说 ${ask}；带上 ASKING 去那里问，${found.length} 个都在，搬完也都在`,
    })
  },
)

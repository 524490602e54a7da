import { expect } from 'vitest'
import { clusterSlot, firstSlots } from '../../snippets/hashing/cluster-slot.ts'
import { addressOf, clusterSettings, joinCluster, masterOf, said, untilState } from './cluster.ts'
import { openRedises } from './redis-servers.ts'
import { topics } from './spread.ts'

const { claim, start } = openRedises(import.meta.url)

const cluster = async () => joinCluster(await start(3, ...clusterSettings))

/** With hash tags, and with what only looks like one. */
const spellings: readonly ((topic: number) => string)[] = [
  (topic) => `page:topic:${topic}`,
  (topic) => `page:{topic:${topic}}`,
  (topic) => `{topic:${topic}}:lock:{x}`,
  (topic) => `{}page:${topic}`,
  (topic) => `page:{topic:${topic}`,
  (topic) => `page:}${topic}{:lock`,
  (topic) => `话题:${topic}`,
  (topic) => `页面:{话题:${topic}}`,
]

claim(
  'cluster-deals-out-slots',
  'Redis Cluster’s slot of a key is the CRC16 of its name, or of its hash tag, modulo 16,384; three masters get a third of the slots each',
  async ({ figure }) => {
    const nodes = await cluster()
    const { redis } = nodes[0]!
    const keys = spellings.flatMap((name) => Array.from({ length: 1250 }, (_, i) => name(i)))
    const theirs = await Promise.all(keys.map((key) => redis.cluster('KEYSLOT', key)))
    const differing = keys.filter((key, index) => clusterSlot(key) !== theirs[index])
    expect(keys).toHaveLength(10_000)
    expect(differing).toEqual([])
    expect(new Set(theirs).size).toBeGreaterThan(2000)

    const ranges = (await redis.cluster('SLOTS')).toSorted(([a], [b]) => a - b)
    expect(ranges.map(([first]) => first)).toEqual(firstSlots(3))
    expect(ranges.map(([, , node]) => node?.[1])).toEqual(nodes.map(({ port }) => port))
    const dealt = ranges.map(([first, last]) => `${first}–${last}`).join(', ')
    figure({
      en: `10,000 keys, tags and all: CLUSTER KEYSLOT and our function differ on ${differing.length}; the masters have ${dealt}`,
      zh: `10,000 个键，带标签的也算上：CLUSTER KEYSLOT 和我们的函数不一致的有 ${differing.length} 个；三个主节点各管 ${dealt}`,
    })
  },
)

claim(
  'cluster-answers-moved',
  'a node that is asked for another’s key answers MOVED with the slot and the other’s address, and serves nothing',
  async ({ figure }) => {
    const nodes = await cluster()
    const pages = topics(300)
    await Promise.all(pages.map((page) => masterOf(nodes, page).redis.set(page, `the ${page}`)))
    let moved = 0
    for (const page of pages) {
      const master = masterOf(nodes, page)
      for (const node of nodes) {
        const answer = await said(node.redis.get(page))
        const asExpected =
          node === master ? `the ${page}` : `MOVED ${clusterSlot(page)} ${addressOf(master)}`
        expect(answer).toBe(asExpected)
        if (node !== master) moved++
      }
    }
    const first = pages.find((page) => masterOf(nodes, page) !== nodes[0])!
    const example = await said(nodes[0]!.redis.get(first))
    figure({
      en: `${pages.length} topics asked of each of three nodes: ${pages.length} answers, and ${moved} times something like ${example}`,
      zh: `${pages.length} 个话题，向三个节点各问一遍：${pages.length} 个有答复，${moved} 次是 ${example} 这样的话`,
    })
  },
)

claim(
  'cluster-refuses-two-slots',
  'MGET of keys in two slots is refused, even where one node has both; with one hash tag it is answered',
  async ({ figure }) => {
    const nodes = await cluster()
    const [node] = nodes
    const [one, other] = topics(100).filter((page) => masterOf(nodes, page) === node)
    await node!.redis.set(one!, 'a')
    await node!.redis.set(other!, 'b')
    expect(clusterSlot(one!)).not.toBe(clusterSlot(other!))
    const refused = await said(node!.redis.mget(one!, other!))
    expect(refused).toMatch(/^CROSSSLOT /)
    const tagged = ['page:{topic:7}', 'lock:{topic:7}'] as const
    const home = masterOf(nodes, tagged[0])
    await home.redis.mset({ [tagged[0]]: 'a', [tagged[1]]: 'b' })
    expect(await home.redis.mget(...tagged)).toEqual(['a', 'b'])
    figure({
      en: `MGET ${one} ${other}: ${refused}; MGET ${tagged.join(' ')}: both`,
      zh: `MGET ${one} ${other}：${refused}；MGET ${tagged.join(' ')}：两个都给`,
    })
  },
)

claim(
  'cluster-needs-a-master-for-every-slot',
  'one of three masters dies and has no replica: by default the others refuse every key, also their own; with cluster-require-full-coverage no they go on with theirs, and send to the dead one whoever wants its',
  async ({ figure }) => {
    const nodes = await cluster()
    const pages = topics(300)
    await Promise.all(pages.map((page) => masterOf(nodes, page).redis.set(page, 'kept')))
    const [dead, ...left] = nodes
    const tell = async (name: string, value: string) => {
      for (const { redis } of left) await redis.config('SET', name, value)
    }
    // Quick to believe one dead, and only until they do: they must not take each other for dead, too.
    await tell('cluster-node-timeout', '2000')
    await dead!.signal('KILL')
    await untilState(left, 'fail')
    await tell('cluster-node-timeout', '30000')
    /** Each topic asked of its own master, or of one that is left. */
    const answers = () =>
      Promise.all(
        pages.map((page) => {
          const master = masterOf(nodes, page)
          return said((master === dead ? left[0]! : master).redis.get(page))
        }),
      )
    const refused = await answers()
    for (const answer of refused) expect(answer).toMatch(/^CLUSTERDOWN /)

    await tell('cluster-require-full-coverage', 'no')
    await untilState(left, 'ok')
    const partly = await answers()
    const orphans = pages.filter((page) => masterOf(nodes, page) === dead)
    expect(orphans.length).toBeGreaterThan(50)
    const away = (page: string) => `MOVED ${clusterSlot(page)} ${addressOf(dead!)}`
    expect(partly).toEqual(pages.map((page) => (orphans.includes(page) ? away(page) : 'kept')))
    figure({
      en: `One of three masters dead: ${refused.length} of ${pages.length} topics are refused (${refused[0]}); without full coverage ${orphans.length}, those of the dead one, with MOVED to its address`,
      zh: `三个主节点死了一个：${pages.length} 个话题拒绝了 ${refused.length} 个（${refused[0]}）；不要求全覆盖，只剩死者的 ${orphans.length} 个，回 MOVED，指着它的地址`,
    })
  },
)

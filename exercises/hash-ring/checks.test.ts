import { expect, test } from 'vitest'
import { say } from '../say.ts'
import {
  coarse,
  four,
  hash,
  hashWith,
  keys,
  orderFrom,
  pointsOf,
  server,
  tally,
} from './keys-and-places.ts'
import { createRing, type Hash, type Ring, type Server } from './starter.ts'

const ringOf = (servers: readonly Server[], by: Hash = hash): Ring => createRing(servers, by)
const homes = (ring: Ring) => keys.map((key) => ring.nodeFor(key))
const moved = (before: readonly unknown[], after: readonly unknown[]) =>
  keys.filter((_, at) => before[at] !== after[at])
const sample = keys.slice(0, 60)

test(say('a key lives with the first point that is not before it', '键归它之后的第一个点'), () => {
  const ring = ringOf(four)
  for (const key of sample)
    expect([key, ring.nodeFor(key)]).toEqual([key, orderFrom(key, four, hash)[0]])
})

test(
  say('a key that lies exactly on a point lives there', '正好落在一个点上的键，就归那个点'),
  () => {
    for (const { at, name } of pointsOf(four, hash).slice(100, 130))
      expect(ringOf(four, hashWith({ here: at })).nodeFor('here')).toBe(name)
    for (const { name } of four) {
      // The last of its points, and one that it has not.
      const by = hashWith({ last: hash(`${name}#159`), none: hash(`${name}#160`) })
      const ring = ringOf(four, by)
      expect([ring.nodeFor('last'), ring.nodeFor('none')]).toEqual([
        name,
        orderFrom('none', four, by)[0],
      ])
    }
  },
)

test(
  say(
    'after the last point comes the first, and so it does for the next servers',
    '最后一个点之后又是第一个点，往下数也一样',
  ),
  () => {
    const first = pointsOf(four, hash)[0]!.name
    const ring = ringOf(four, hashWith({ end: 2 ** 32 - 1, begin: 0 }))
    expect([ring.nodeFor('end'), ring.nodeFor('begin')]).toEqual([first, first])
    expect(ring.nodesFor('end', 4)).toEqual(ring.nodesFor('begin', 4))
  },
)

test(
  say(
    'the busiest of four has at most 1.2 times its share',
    '四台里最忙的，不超过应得份额的 1.2 倍',
  ),
  () => {
    const counts = Object.values(tally(homes(ringOf(four))))
    expect(counts).toHaveLength(4)
    expect(Math.max(...counts) / (keys.length / 4)).toBeLessThan(1.2)
  },
)

test(
  say(
    'one that joins takes about its share, and no other key moves',
    '新来的拿走它那一份，别的键一个不动',
  ),
  () => {
    const ring = ringOf(four)
    const before = homes(ring)
    ring.add(server(5))
    const after = homes(ring)
    const gone = moved(before, after)
    expect(Object.keys(tally(gone.map((key) => ring.nodeFor(key))))).toEqual([server(5).name])
    expect(gone.length / keys.length).toBeGreaterThan(0.15)
    expect(gone.length / keys.length).toBeLessThan(0.25)
  },
)

test(
  say(
    'the keys of one that goes are spread over all others, and theirs stay',
    '走了一台，它的键分给其余每一台，别人的不动',
  ),
  () => {
    const ring = ringOf(four)
    const before = homes(ring)
    ring.remove(server(2).name)
    const gone = moved(before, homes(ring))
    expect(gone).toEqual(keys.filter((_, at) => before[at] === server(2).name))
    const counts = tally(gone.map((key) => ring.nodeFor(key)))
    expect(Object.keys(counts)).toHaveLength(3)
    expect(Math.min(...Object.values(counts)) / gone.length).toBeGreaterThan(0.2)
  },
)

test(
  say('who goes and comes back has exactly its own keys again', '走了又回来的，拿回的正是原来的键'),
  () => {
    const ring = ringOf(four)
    const before = homes(ring)
    ring.remove(server(3).name)
    ring.remove('nobody:1')
    ring.add(server(3))
    expect(moved(before, homes(ring))).toEqual([])
  },
)

test(
  say(
    'the order of the list, and who came later, change nothing',
    '名单的顺序、谁先来谁后来，都不影响结果',
  ),
  () => {
    const before = homes(ringOf(four))
    expect(moved(before, homes(ringOf(four.toReversed())))).toEqual([])
    const grown = ringOf([four[3]!])
    for (const one of [four[1]!, four[0]!, four[2]!]) grown.add(one)
    expect(moved(before, homes(grown))).toEqual([])
  },
)

test(
  say('where points are equal, the name decides and not the order', '点重合时看名字，不看顺序'),
  () => {
    for (const list of [four, four.toReversed(), [...four.slice(2), ...four.slice(0, 2)]]) {
      const ring = ringOf(list, coarse)
      for (const key of sample) {
        const order = orderFrom(key, four, coarse)
        expect([ring.nodeFor(key), ring.nodesFor(key, 4)]).toEqual([order[0], order])
      }
    }
  },
)

test(say('who goes takes no point of another’s with it', '走的人带不走别人的点'), () => {
  const ring = ringOf(four, coarse)
  ring.remove(server(1).name)
  const rest = four.slice(1)
  for (const key of sample) expect(ring.nodeFor(key)).toBe(orderFrom(key, rest, coarse)[0])
})

test(say('twice the weight is twice the keys', '权重加倍，键也加倍'), () => {
  const servers = [server(1, 2), server(2), server(3, 0.5), server(4)]
  const ring = ringOf(servers)
  for (const key of sample) expect(ring.nodeFor(key)).toBe(orderFrom(key, servers, hash)[0])
  const counts = tally(homes(ring))
  expect(counts[server(1).name]! / keys.length).toBeGreaterThan(0.36)
  expect(counts[server(3).name]! / keys.length).toBeLessThan(0.16)
})

test(say('the smallest weight is still one point', '权重再小，也有一个点'), () => {
  const tiny = server(2, 0.001)
  const by = hashWith({ first: hash(`${tiny.name}#0`), second: hash(`${tiny.name}#1`) })
  const ring = ringOf([server(1), tiny], by)
  expect([ring.nodeFor('first'), ring.nodeFor('second')]).toEqual([tiny.name, server(1).name])
})

test(
  say(
    'who is added again has the new weight, and no points twice',
    '再加一次，就用新的权重，点不会有两份',
  ),
  () => {
    const ring = ringOf(four)
    ring.add(server(1, 3))
    const heavy = [server(1, 3), ...four.slice(1)]
    expect(moved(homes(ring), homes(ringOf(heavy)))).toEqual([])
    ring.add(server(1))
    expect(moved(homes(ring), homes(ringOf(four)))).toEqual([])
    ring.remove(server(1).name)
    expect(tally(homes(ring))[server(1).name]).toBe(undefined)
  },
)

test(
  say(
    'the next servers are all different, in the ring’s order, home first',
    '往下数的服务器各不相同，按环上的顺序，家在最前',
  ),
  () => {
    const ring = ringOf(four)
    for (const key of sample) {
      const order = orderFrom(key, four, hash)
      expect([ring.nodesFor(key, 0), ring.nodesFor(key, 2)]).toEqual([[], order.slice(0, 2)])
      expect(ring.nodesFor(key, 9)).toEqual(order)
    }
  },
)

test(
  say('when the home goes, the second of the list is the home', '家没了，名单上的第二个就是新家'),
  () => {
    const ring = ringOf(four)
    const seconds = sample.map((key) => ring.nodesFor(key, 2)[1])
    const others = sample.map((key) => {
      const rest = ringOf(four)
      rest.remove(`${ring.nodeFor(key)}`)
      return rest.nodeFor(key)
    })
    expect(others).toEqual(seconds)
  },
)

test(
  say(
    'without servers there is no home, and the first that comes has every key',
    '没有服务器就没有家；第一个来的拿到所有的键',
  ),
  () => {
    const ring = ringOf([])
    expect([ring.nodeFor('key'), ring.nodesFor('key', 2)]).toEqual([undefined, []])
    ring.add(server(1))
    expect(Object.keys(tally(homes(ring)))).toEqual([server(1).name])
    ring.remove(server(1).name)
    expect([ring.nodeFor('key'), ring.nodesFor('key', 2)]).toEqual([undefined, []])
  },
)

test(
  say(
    'two rings know nothing of each other, and the list stays as it was',
    '两个环互不相干，传入的名单也原样不动',
  ),
  () => {
    const list = Object.freeze(four.toReversed().map((one) => Object.freeze({ ...one })))
    const [one, other] = [ringOf(list), ringOf(list)]
    const before = homes(other)
    one.add(server(5))
    one.remove(server(2).name)
    expect(moved(before, homes(other))).toEqual([])
  },
)

test(say('a lookup hashes the key, and no point anew', '查一次只算键的哈希，不重算点的'), () => {
  let hashed = 0
  const ring = ringOf(four, (text) => {
    hashed += 1
    return hash(text)
  })
  ring.nodeFor('the first to ask')
  hashed = 0
  for (const key of sample) ring.nodeFor(key)
  expect(hashed).toBeLessThanOrEqual(sample.length)
  for (const key of sample) ring.nodesFor(key, 2)
  expect(hashed).toBeLessThanOrEqual(3 * sample.length)
})

test(
  say(
    'a hundred times the points don’t take twenty times as long',
    '点多一百倍，查起来花不了二十倍的时间',
  ),
  () => {
    const servers = (count: number) => Array.from({ length: count }, (_, at) => server(at))
    const [few, many] = [ringOf(servers(2)), ringOf(servers(200))]
    /** Milliseconds for a lookup: the mean of as many as are done in 20 ms. */
    const lap = (ring: Ring) => {
      const begin = performance.now()
      let done = 0
      while (done % 8 > 0 || performance.now() < begin + 20)
        ring.nodeFor(keys[(done += 1) % keys.length]!)
      return (performance.now() - begin) / done
    }
    // The fastest of several: a busy machine makes some slow, and none fast.
    const best = (ring: Ring) => Math.min(...Array.from({ length: 6 }, () => lap(ring)))
    expect(best(many) / best(few)).toBeLessThan(20)
  },
)

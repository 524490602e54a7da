import { describe, expect, test } from 'vitest'
import { ring } from '../../../snippets/balancing/consistent-hash.ts'
import { ipHash, ipv4 } from '../../../snippets/balancing/ip-hash.ts'
import {
  passRequest,
  react,
  takeIn,
  type Reaction,
} from '../../../snippets/balancing/pass-request.ts'
import { printUpstream } from '../../../snippets/balancing/print-upstream.ts'
import { smoothPick } from '../../../snippets/balancing/smooth-weighted-round-robin.ts'
import {
  atAddresses,
  freshState,
  server,
  type Server,
  type Upstream,
} from '../../../snippets/balancing/upstream.ts'

const asking = { address: [192, 0, 2, 7], key: '/topic/1', draw: () => 0 }
const roundRobin = (...servers: Server[]): Upstream => ({ method: 'round-robin', servers })

/** Who answers each of these requests, one a second; `-` is nginx's own 502. */
function answers(
  upstream: Upstream,
  count: number,
  reactionOf: (server: string, nowS: number) => Reaction = () => 'ok',
): string {
  let state = freshState(upstream)
  const out = Array.from({ length: count }, (_, second) => {
    const nowS = 1000 + second
    const name = (index: number) => upstream.servers[index]!.name
    const passed = passRequest(upstream, state, asking, (one) => reactionOf(name(one), nowS), nowS)
    state = passed.state
    const { outcome, attempts } = passed.result
    return outcome === 'answered' ? name(attempts.at(-1)!.server) : '-'
  })
  return out.join(' ')
}

describe('smooth weighted round robin', () => {
  test('5, 1 and 1 give a a b a c a a: the heavy one is never in one long run', () => {
    const heavy = roundRobin(server('a', { weight: 5 }), server('b'), server('c'))
    expect(answers(heavy, 7)).toBe('a a b a c a a')
  })

  test('after one round every account is where it began', () => {
    let accounts = [5, 1, 1].map((weight) => ({ weight, currentWeight: 0 }))
    for (let pick = 0; pick < 7; pick++) {
      const { currentWeights } = smoothPick(accounts)
      accounts = accounts.map((one, at) => ({ ...one, currentWeight: currentWeights[at]! }))
    }
    expect(accounts.map(({ currentWeight }) => currentWeight)).toEqual([0, 0, 0])
  })

  test('on a tie the earlier server is chosen', () =>
    expect(answers(roundRobin(server('a'), server('b')), 4)).toBe('a b a b'))

  test('among nobody, nobody is chosen', () => expect(smoothPick([]).chosen).toBe(-1))
})

describe('failure and return', () => {
  const two = roundRobin(server('a', { failTimeoutS: 3 }), server('b', { failTimeoutS: 3 }))

  test('a dead server costs the reader nothing: the next one has the request at once', () =>
    expect(answers(two, 4, (name) => (name === 'a' ? 'error' : 'ok'))).toBe('b b b b'))

  test('it is tried again only when more than fail_timeout has passed', () => {
    const tried: number[] = []
    answers(two, 9, (name, nowS) => {
      if (name === 'a') tried.push(nowS - 1000)
      return name === 'a' ? 'error' : 'ok'
    })
    // At 4 s it may be asked again; having lost its weight it must first earn it back.
    expect(tried).toEqual([0, 6])
  })

  test('when both are left alone, readers get 502 although both have come back', () => {
    const bothDown = (_: string, nowS: number): Reaction => (nowS < 1001 ? 'error' : 'ok')
    expect(answers(two, 6, bothDown)).toBe('- - - - b b')
  })

  test('backup answers only while no other server can', () => {
    const spare = roundRobin(server('a', { failTimeoutS: 1 }), server('s', { backup: true }))
    const reaction = (name: string, nowS: number): Reaction =>
      name === 'a' && nowS < 1002 ? 'error' : 'ok'
    expect(answers(spare, 5, reaction)).toBe('s s a a a')
  })

  test('a server that is down gets nothing', () =>
    expect(answers(roundRobin(server('a', { down: true }), server('b')), 3)).toBe('b b b'))

  test('max_fails=0 means that failures are never counted', () => {
    const patient = roundRobin(server('a', { maxFails: 0 }), server('b', { maxFails: 0 }))
    const tried: string[] = []
    answers(patient, 4, (name) => (tried.push(name), name === 'a' ? 'error' : 'ok'))
    expect(tried.filter((name) => name === 'a')).toHaveLength(2)
  })

  test('the last server’s 503 goes to the reader', () => {
    const { result } = passRequest(two, freshState(two), asking, () => 'status', 1000)
    expect(result).toMatchObject({ outcome: 'answered', attempts: [{ server: 0 }, { server: 1 }] })
  })
})

describe('a 403 or 404 that proxy_next_upstream names', () => {
  const two = roundRobin(server('a'), server('b'))

  test('goes on to the next server, and is held against none', () => {
    const tried: string[] = []
    const all = answers(two, 4, (name, nowS) => {
      tried.push(name)
      return nowS < 1002 ? 'absent' : 'ok'
    })
    expect(all).toBe('b a a b')
    expect(tried.join(' ')).toBe('a b b a a b')
  })

  test('a 500 is: after both have said it, nobody is asked any more', () =>
    expect(answers(two, 3, (_, nowS) => (nowS < 1002 ? 'status' : 'ok'))).toBe('b - -'))
})

describe('a name with two addresses', () => {
  const localhost = server('two.test:80')
  const addresses = ['127.0.0.1:80', '127.0.0.2:80']
  const upstream = roundRobin(...atAddresses(localhost, addresses))
  /** The application is at the first address only, and away for the second request. */
  function reactionAt(index: number, nowS: number): Reaction {
    return upstream.servers[index]!.address === addresses[0] && nowS !== 1001 ? 'ok' : 'error'
  }

  test('is two servers: after one bad moment both are left alone for fail_timeout', () => {
    let state = freshState(upstream)
    const outcomes = [1000, 1001, 1002, 1003, 1012].map((nowS) => {
      const passed = passRequest(upstream, state, asking, (at) => reactionAt(at, nowS), nowS)
      state = passed.state
      return passed.result.outcome
    })
    expect(outcomes).toEqual([
      ...['answered', 'gave-up', 'no-live-servers', 'no-live-servers', 'answered'],
    ])
  })

  test('with one address it is one server, whose failures are not even counted', () => {
    const one = roundRobin(localhost)
    expect(answers(one, 3, (_, nowS) => (nowS === 1001 ? 'error' : 'ok'))).toBe(
      'two.test:80 - two.test:80',
    )
  })
})

describe('what nginx does not start with', () => {
  test.each([
    [
      'ip-hash',
      [server('a'), server('b', { backup: true })],
      'does not support parameter "backup"',
    ],
    ['random', [server('a'), server('b', { backup: true })], 'does not support parameter "backup"'],
    ['hash', [], 'no servers are inside upstream'],
    ['round-robin', [server('a', { backup: true })], 'no servers in upstream'],
  ] as const)('%s', (method, servers, words) =>
    expect(() => freshState({ method, servers })).toThrow(words),
  )
})

describe('least_conn', () => {
  test('the one that is busy is passed over', () => {
    const upstream: Upstream = { method: 'least-conn', servers: [server('a'), server('b')] }
    const first = takeIn(upstream, freshState(upstream), asking, 1000)
    const second = takeIn(upstream, first.state, asking, 1000)
    expect([first.result, second.result]).toMatchObject([{ server: 0 }, { server: 1 }])
    if (second.result.outcome !== 'under-way') throw new Error('nobody has it')
    const done = react(upstream, second.state, second.result, 'ok', 1000)
    expect(takeIn(upstream, done.state, asking, 1000).result).toMatchObject({ server: 1 })
  })
})

describe('hashes', () => {
  test('one network is one client for ip_hash', () => {
    expect(ipHash([192, 0, 2, 7])).toBe(ipHash([192, 0, 2, 99]))
    expect(ipHash([192, 0, 2, 7])).not.toBe(ipHash([192, 0, 3, 7]))
  })

  test('on the ring unix: is no part of a server’s name', () => {
    const points = (name: string) => {
      const own = ring([server(name)])
      return Array.from({ length: own.size }, (_, index) => own.pointAt(index).at)
    }
    expect(points('unix:/run/a')).toEqual(points('/run/a'))
    expect(points('UNIX:/run/a')).toEqual(points('/run/a'))
  })

  test('only four numbers up to 255 are an address', () => {
    expect(ipv4('192.0.2.7')).toEqual([192, 0, 2, 7])
    expect(['192.0.2', '1.2.3.256', 'web1'].map(ipv4)).toEqual([undefined, undefined, undefined])
  })

  test('one more server moves about a quarter of the keys on a ring, and most of them without', () => {
    const three = ['a:1', 'b:1', 'c:1'].map((name) => server(name))
    const four = [...three, server('d:1')]
    const keys = Array.from({ length: 1000 }, (_, index) => `/topic/${index}`)
    const owners = (servers: readonly Server[]) => {
      const own = ring(servers)
      return keys.map((key) => own.nodeFor(key))
    }
    const [before, after] = [owners(three), owners(four)]
    const moved = after.filter((owner, index) => owner !== before[index])
    expect(moved.length).toBeGreaterThan(150)
    expect(moved.length).toBeLessThan(350)
    expect(new Set(moved)).toEqual(new Set(['d:1']))
  })
})

test('the configuration leaves out what is nginx’s default', () => {
  const servers = [server('web1:3000', { weight: 5 }), server('web2:3000', { backup: true })]
  expect(printUpstream('teahouse', { method: 'least-conn', servers })).toBe(
    [
      'upstream teahouse {',
      '    least_conn;',
      '    server web1:3000 weight=5;',
      '    server web2:3000 backup;',
      '}',
    ].join('\n'),
  )
})

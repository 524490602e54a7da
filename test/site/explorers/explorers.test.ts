import { describe, expect, test } from 'vitest'
import { messages as cacheTexts } from '../../../.vitepress/theme/explorers/cache/cache-messages.ts'
import { barsOf } from '../../../.vitepress/theme/explorers/cache/cache-picture.ts'
import * as caches from '../../../.vitepress/theme/explorers/cache/cache-session.ts'
import { messages as distanceTexts } from '../../../.vitepress/theme/explorers/distance/distance-messages.ts'
import { messages as locationTexts } from '../../../.vitepress/theme/explorers/location/location-messages.ts'
import { presets } from '../../../.vitepress/theme/explorers/location/location-presets.ts'
import { ask, elsewhere } from '../../../.vitepress/theme/explorers/location/location-question.ts'
import {
  marksOf,
  notesOf,
  problemsOf,
} from '../../../.vitepress/theme/explorers/location/location-rows.ts'
import { splitUrl } from '../../../.vitepress/theme/explorers/location/location-url.ts'
import { arcs, placeOf, sharesOf } from '../../../.vitepress/theme/explorers/parts/ring-picture.ts'
import { messages as upstreamTexts } from '../../../.vitepress/theme/explorers/upstream/upstream-messages.ts'
import {
  newSession,
  sendNext,
  standings,
  tally,
  type Condition,
  type Session,
} from '../../../.vitepress/theme/explorers/upstream/upstream-session.ts'
import { readConfig } from '../../../snippets/nginx/read-config.ts'
import { server, type Method, type Upstream } from '../../../snippets/balancing/upstream.ts'

const upstream = (method: Method): Upstream => ({
  method,
  servers: [server('web1:3000', { weight: 5 }), server('web2:3000'), server('web3:3000')],
})

function after(count: number, method: Method, conditions: readonly Condition[]): Session {
  let session = newSession(upstream(method))
  for (let sent = 0; sent < count; sent++) session = sendNext(session, upstream(method), conditions)
  return session
}

describe('the upstream explorer', () => {
  test('its first seven requests with weights 5, 1, 1 go a a b a c a a', () => {
    const { sent } = after(7, 'round-robin', ['well', 'well', 'well'])
    expect(sent.map((one) => one.server)).toEqual([0, 0, 1, 0, 2, 0, 0])
  })

  test('the arithmetic adds up: had + weight − sum = has', () => {
    for (const { account } of after(20, 'round-robin', ['well', 'dead', 'well']).sent)
      for (const { before, earns, raised, pays, after: has } of account) {
        expect(before + earns).toBe(raised)
        expect(raised - pays).toBe(has)
      }
  })

  test('a dead server has one failed try, and is left alone', () => {
    const session = after(10, 'round-robin', ['well', 'dead', 'well'])
    expect(tally(session, 3)[1]).toEqual({ got: 0, failed: 1 })
    expect(standings(session, upstream('round-robin'))).toEqual(['asked', 'left-alone', 'asked'])
  })

  test('least_conn gives a slow server fewer requests than round robin does', () => {
    const slow: Condition[] = ['slow', 'well', 'well']
    const [least, turns] = (['least-conn', 'round-robin'] as const).map(
      (method) => tally(after(60, method, slow), 3)[0]!.got,
    )
    expect(least!).toBeLessThan(turns!)
  })

  test('the shares of the ring sum to one, and the picture agrees with the choice', () => {
    const { servers } = upstream('consistent-hash')
    const shares = sharesOf(arcs(servers), servers.length)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
    for (const { client, server: chosen } of after(20, 'consistent-hash', ['well', 'well', 'well'])
      .sent)
      expect(placeOf(servers, client.key).server).toBe(chosen)
  })
})

describe('the location explorer', () => {
  const winnerOf = (id: string) => {
    const { text, url } = presets.find((preset) => preset.id === id)!
    const asked = ask(text, url, elsewhere)
    return (
      asked.kind === 'answered' && 'choice' in asked.answer && asked.answer.choice.winner?.title
    )
  }

  test.each([
    ['article', '~ .*\\.(js|css|txt)$'],
    ['caret', '^~ /public/'],
    ['nested', '~ \\.png$'],
    ['hosts', '/'],
  ])('its example "%s" is answered by %s', (id, title) => expect(winnerOf(id)).toBe(title))

  test('all that is wrong is told at once, each with its line, and what was probably forgotten', () => {
    const asked = ask('server {\n  lissen 80;\n  root /a\n  expires 1d;\n}', 'http://x/', elsewhere)
    expect(problemsOf(asked, locationTexts.en)).toEqual([
      expect.stringMatching(/^line 2: .*"lissen"/),
      expect.stringMatching(/^line 4: .*"root".*Line 4 begins with expires.*missing/),
    ])
    expect(marksOf(asked).map(({ from }) => from)).toEqual([2, 4])
  })

  test('what an answer depends on, and what was passed over, is said below it', () => {
    const text = 'server {\n  gzip on;\n  location / {\n    try_files $uri /a.php;\n  }\n}'
    expect(notesOf(ask(text, '/x', elsewhere), locationTexts.en)).toEqual([
      'Up to here. What follows depends on try_files (line 4).',
      expect.stringMatching(/searches again, for \/a\.php: location \/ answers, line 3/),
      'Passed over, since they cannot change who answers: gzip.',
    ])
  })

  test('where a listen names a host, the answer says that it depends on where that points', () => {
    const asked = ask('server {\n  listen tea.test:81;\n}', 'http://tea.test:81/', elsewhere)
    expect(asked).toMatchObject({ addresses: ['tea.test'], answer: { outcome: 'no-location' } })
    expect(notesOf(asked, locationTexts.en)).toEqual([
      expect.stringMatching(/depends on where this name points \(line 2\)/),
    ])
    const local = ask('server {\n  listen localhost:81;\n}', 'http://localhost:81/', elsewhere)
    expect(local).toMatchObject({ answer: { outcome: 'no-location' } })
    expect(notesOf(local, locationTexts.en)).toEqual([])
  })

  test('what nginx -t passes over is told with the line that is in its way', () => {
    const text = 'server {\n  listen 80;\n  listen [::]:80 ipv6only=off;\n}'
    expect(problemsOf(ask(text, '/', elsewhere), locationTexts.en)).toEqual([
      expect.stringMatching(/^line 3: .*bind\(\) to \[::\]:80 .*Line 2 takes these addresses, too/),
    ])
  })

  const [first] = readConfig('server { listen [::]:81; listen 8080; server_name *.b a.test; }')

  test('a path stays as it was typed', () => {
    expect(splitUrl('http://x:8080/a/../b?c', first!)).toEqual({
      ...{ host: 'x:8080', port: 8080, target: '/a/../b?c', isTls: false },
    })
    expect(splitUrl('http://x', first!)?.target).toBe('/')
  })

  test.each([
    ['https://x/', { host: 'x', port: 443, target: '/', isTls: true }],
    ['http://[::1]:81/a', { host: '[::1]:81', port: 81, target: '/a', isTls: false }],
    ['x/a', { host: 'x', port: 80, target: '/a', isTls: undefined }],
    ['/a?b', { host: 'a.test', port: 81, target: '/a?b', isTls: undefined }],
    ['ftp://x/', undefined],
    ['http://[::1/', undefined],
    ['http://x:99999/', undefined],
  ])('%s is understood', (url, parts) => expect(splitUrl(url, first!)).toEqual(parts))

  test('an address in the URL is the one that the reader comes to', () => {
    const text = 'server { listen [::1]:81; location / { } }'
    const outcome = (url: string) => {
      const asked = ask(text, url, elsewhere)
      return asked.kind === 'answered' && asked.answer.outcome
    }
    expect([outcome('http://[0::0:1]:81/'), outcome('http://[::2]:81/')]).toEqual([
      'location',
      'nobody-listens',
    ])
  })
})

/** A story as it is told by this program: who got what, in a row. */
function told(id: caches.StoryId, program: caches.Program) {
  let settings = { ...caches.startSettings, ...caches.stories[id].set, program }
  let session = caches.newSession
  for (const { waitS, reader, set } of caches.stories[id].steps) {
    settings = { ...settings, ...set }
    session = caches.send(caches.pass(session, waitS), settings, reader)
  }
  return { session, outcomes: session.asked.map(({ exchange }) => exchange.outcome).join(' ') }
}

describe('the cache explorer', () => {
  test.each([
    ['life', 'varnish', 'miss hit hit miss'],
    ['life', 'nginx', 'miss hit hit revalidated'],
    ['grace', 'varnish', 'miss hit stale hit miss'],
    ['grace', 'nginx', 'miss hit stale hit revalidated'],
    ['cookie', 'varnish', 'miss hit-for-miss pass hit-for-miss hit'],
    ['cookie', 'nginx', 'miss miss miss miss hit'],
    ['languages', 'varnish', 'miss miss hit hit pass'],
    ['languages', 'nginx', 'miss miss hit hit pass'],
    ['dead', 'varnish', 'miss hit stale stale miss miss'],
  ] as const)('its story "%s" goes with %s: %s', (id, program, outcomes) =>
    expect(told(id, program).outcomes).toBe(outcomes),
  )

  test('two languages are two bars, side by side in time', () => {
    const bars = barsOf(told('languages', 'varnish').session, 'varnish')
    expect(bars.map(({ lane }) => lane)).toEqual([0, 1])
  })

  test('a bar ends where its object was replaced', () => {
    const [old, fresh] = barsOf(told('grace', 'varnish').session, 'varnish')
    expect(old!.stretches.at(-1)).toMatchObject({ phase: 'grace', toS: 8 })
    expect(fresh!.stretches[0]).toMatchObject({ phase: 'fresh', fromS: 8, toS: 14 })
    expect(fresh!.stretches.at(-1)).toMatchObject({ phase: 'kept', toS: 20 })
  })

  test('in its keep a page is only asked about', () => {
    const { exchange } = told('grace', 'varnish').session.asked.at(-1)!
    expect(exchange.fetch?.etag).toBe('"tea"')
    expect(exchange.storing).toBe('stored-again')
  })

  const asked = (set: Partial<caches.Settings>, ...waits: readonly number[]) => {
    const settings = { ...caches.startSettings, ...set }
    const sent = waits.reduce(
      (session, waitS) => caches.send(caches.pass(session, waitS), settings, 'english'),
      caches.newSession,
    )
    return sent.asked.map(({ exchange }) => exchange.outcome).join(' ')
  }

  test.each([
    ['nginx', 'Cache-Control', 'miss hit revalidated'],
    ['nginx', 'Expires', 'miss hit revalidated'],
    ['nginx', 'X-Accel-Expires', 'miss hit revalidated'],
    ['varnish', 'Expires', 'miss hit miss'],
    // It does not know this one, and keeps for its default of two minutes.
    ['varnish', 'X-Accel-Expires', 'miss hit hit'],
  ] as const)('%s hears how long in %s: %s', (program, says, outcomes) =>
    expect(asked({ program, says, graceS: 0, keepS: 0 }, 0, 5, 3)).toBe(outcomes),
  )

  test('`private` beside Surrogate-Control: Varnish keeps, nginx does not', () => {
    const set = { says: 'Surrogate-Control', isPrivate: true } as const
    expect(asked({ ...set, program: 'varnish' }, 0, 1)).toBe('miss hit')
    expect(asked({ ...set, program: 'nginx' }, 0, 1)).toBe('miss miss')
  })
})

test('both languages have the same texts', () => {
  const keys = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([key, inner]) => [key, keys(inner)])
      : typeof value
  for (const { en, zh } of [locationTexts, upstreamTexts, cacheTexts, distanceTexts] as const)
    expect(keys(zh)).toEqual(keys(en))
})

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { watchArrivals } from '../../../labs/kit/arrivals.ts'
import { ageOf, ownLifetime, sharedLifetime } from '../../../labs/kit/freshness.ts'
import { readRecording } from '../../../labs/kit/recording.ts'
import type { Runtime } from '../../../labs/runtime/runtime.ts'

describe('how long a copy is good', () => {
  test.each([
    [{ 'cache-control': 'public, s-maxage=5, max-age=0' }, 5, 0],
    [{ 'cache-control': 'max-age=60' }, 60, 60],
    [{ 'cache-control': 'private, max-age=60' }, 0, 60],
    [{ 'cache-control': 'Private="x-user", S-MaxAge=60' }, 0, 0],
    [{ 'cache-control': 'no-store, s-maxage=5' }, 0, 0],
    [{ 'cache-control': 's-maxage="7", no-cache' }, 0, 0],
    [{ 'cache-control': 'stale-while-revalidate=60' }, 0, 0],
    [{ 'cache-control': 's-maxage=5', vary: '*' }, 0, 0],
    [{}, 0, 0],
    [{ date: 'Sun, 01 Jun 2025 12:00:00 GMT', expires: 'Sun, 01 Jun 2025 12:00:09 GMT' }, 9, 9],
    [{ date: 'Sun, 01 Jun 2025 12:00:00 GMT', expires: '0' }, 0, 0],
  ] as const)('%o: %i s in a shared cache, %i s in a browser', (headers, shared, own) => {
    expect(sharedLifetime({ headers })).toBe(shared)
    expect(ownLifetime({ headers })).toBe(own)
  })

  test('an answer without Age is new', () => {
    expect(ageOf({ headers: {} })).toBe(0)
    expect(ageOf({ headers: { age: '12' } })).toBe(12)
  })
})

/** Servers whose log is a list of lines; `late` of them are not yet there when it is read first. */
function servers(late: number) {
  const logs = new Map([
    ['web1', 'GET /before 200 1.0ms -\n'],
    ['web2', ''],
  ])
  const write = (server: string, line: string) => logs.set(server, `${logs.get(server)}${line}\n`)
  let reads = 0
  const runtime = {
    request: async ({ requests }: { requests: { to: string; path: string }[] }) => {
      for (const { to, path } of requests) write(to, `GET ${path} 200 0.3ms -`)
      return [{ status: 200, headers: {}, cookies: [], body: '', ms: 1 }]
    },
    server: (name: string) => ({
      output: async () => {
        const lines = (logs.get(name) ?? '').split('\n')
        return (++reads <= late ? lines.slice(0, -2) : lines).join('\n')
      },
    }),
  } as unknown as Runtime
  return { runtime, write }
}

describe('what reaches a server', () => {
  const watched = { servers: ['web1', 'web2'], port: 3000 }

  test.each([0, 3])('is read from its own log between two marks (%i late reads)', async (late) => {
    const { runtime, write } = servers(late)
    const arrivals = await watchArrivals(runtime, watched, async () => {
      write('web1', 'GET /topics/1?x=1 200 3.1ms 10.1.1.16')
      write('web2', 'GET /healthz 200 0.2ms 127.0.0.1')
      write('web2', 'POST /signin 303 2.0ms 10.1.1.16')
    })
    write('web1', 'GET /after 200 1.0ms -')
    expect(arrivals).toEqual([
      { server: 'web1', method: 'GET', path: '/topics/1?x=1', status: 200, client: '10.1.1.16' },
      { server: 'web2', method: 'POST', path: '/signin', status: 303, client: '10.1.1.16' },
    ])
  })
})

test('a recording is a line for each request; a comment is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recording-'))
  writeFileSync(
    join(folder, 'day.tsv'),
    '# made\n00:00:04\tGET\t/a?b=c\tzh\n00:00:05\tHEAD\t/\t-\n',
  )
  expect(readRecording(folder, 'day.tsv')).toEqual([
    { method: 'GET', path: '/a?b=c', headers: { 'accept-language': 'zh' } },
    { method: 'HEAD', path: '/', headers: {} },
  ])
})

import { expect, test } from 'vitest'
import { casualtiesOf, complaintsOf } from '../../../labs/kit/casualties.ts'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import type { Runtime, ServiceStatus } from '../../../labs/runtime/runtime.ts'
import { labCalled } from '../lab-under-test.ts'

const place = { lab: labCalled('one-redis') } as unknown as Place

const stack = `GET /topics/3 500 2.1ms 10.0.0.2
TypeError: redis.gett is not a function
    at read (file:///lab/app/cache.ts:31:32)
    at GET (/app/labs/teahouse/kept.ts:16:3)
GET / 200 2.1ms 10.0.0.2
`

const runtime = (said: Readonly<Record<string, string>>, ...states: readonly ServiceStatus[]) =>
  ({
    status: () => Promise.resolve(states),
    server: (name: string) => ({
      logs: () => Promise.resolve(said[name] ?? ''),
      output: () => Promise.resolve(said[name] ?? ''),
    }),
  }) as unknown as Runtime

const exited = (service: string, exitCode: number): ServiceStatus => ({
  service,
  state: 'exited',
  exitCode,
})

test("a web server that its reader's code has ended is told with its words and line", async () => {
  const last = `${stack}\nNode.js v22.11.0\n`
  const all = await casualtiesOf(place, runtime({ web1: last }, exited('web1', 1)))
  expect(all).toEqual([
    {
      server: 'web1',
      ownWords: 'TypeError: redis.gett is not a function (app/cache.ts:31) (exit code 1)',
    },
  ])
})

test('without a stack its last line is told', async () => {
  const last = 'listens on port 3000\nFatal: no memory left\n\nNode.js v22.11.0\n'
  const [one] = await casualtiesOf(place, runtime({ web2: last }, exited('web2', 134)))
  expect(one).toEqual({ server: 'web2', ownWords: 'Fatal: no memory left (exit code 134)' })
})

test('who was killed, is gone, or has none of the reader’s files has ended for other reasons', async () => {
  const states = [exited('web1', 137), exited('web2', 143), exited('db', 1)]
  const gone = { service: 'nginx', state: 'missing' } as const
  const runs = { service: 'redis', state: 'running' } as const
  expect(await casualtiesOf(place, runtime({ web1: stack }, ...states, gone, runs))).toEqual([
    { server: 'web1' },
    { server: 'web2' },
    { server: 'db' },
    { server: 'nginx' },
  ])
})

test('errors of the reader’s code are told, those of others are not', async () => {
  const up = ['web1', 'web2', 'db'].map((service) => ({ service, state: 'running' }) as const)
  const own = 'TypeError: not theirs\n    at GET (/app/labs/teahouse/kept.ts:16:3)\n'
  const said = { web1: stack, web2: own, db: stack }
  expect(await complaintsOf(place, runtime(said, ...up), '')).toEqual([
    'web1: TypeError: redis.gett is not a function (app/cache.ts:31)',
  ])
})

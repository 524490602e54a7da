import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { applyEdits } from '../../../labs/catalog/edits.ts'
import { readFileSync } from 'node:fs'
import { noAlarms } from '../alarms.ts'
import { labCalled, LabUnderTest } from '../lab-under-test.ts'

/** A Redis that answers, but not as it should: our own answer gives every page all the same. */
const lab = labCalled('one-redis')
const solution = join(lab.folder, 'solution')
const conf = 'redis/redis.conf'
const pages = ['/', '/topics/3', '/topics/5', '/topics/999999']

let under: LabUnderTest
beforeAll(async () => {
  under = await LabUnderTest.open(lab, 'bad-redis')
})
afterAll(() => under?.close())
noAlarms(() => under)
beforeEach(async () => {
  await under.answer(solution)
})

async function redis(...commands: string[]) {
  const script = commands.map((one) => `redis-cli ${one}`).join(' && ')
  return (await under.session.runtime.server('redis').exec(['sh', '-c', script])).stdout.trim()
}

/** Every page comes in half a second from both servers. */
async function expectPages() {
  const requests = ['web1', 'web2'].flatMap((to) =>
    pages.map((path) => ({ path, to, port: 3000, timeoutMs: 5000 })),
  )
  const answers = await under.session.runtime.request({ requests })
  expect(answers.map(({ status, failure }) => failure ?? status)).toEqual(
    requests.map(({ path }) => (path === '/topics/999999' ? 404 : 200)),
  )
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(500)
}

/** Fresh connections, that know nothing of the time before. */
const hangUp = 'CLIENT KILL TYPE normal SKIPME yes'

test.each([
  [
    'asks for a password',
    ['CONFIG SET requirepass tea', `-a tea ${hangUp}`],
    '-a tea CONFIG SET requirepass ""',
    'NOAUTH',
  ],
  ['has become a copy', ['REPLICAOF 127.0.0.1 1'], 'REPLICAOF NO ONE', 'READONLY'],
  [
    'is out of memory',
    ['CONFIG SET maxmemory-policy noeviction', 'CONFIG SET maxmemory 1'],
    'CONFIG SET maxmemory 24mb',
    'OOM',
  ],
] as const)('a Redis that %s costs no page', async (_, spoil, mend, refusal) => {
  await redis(...spoil)
  expect(await redis('SET tea 1')).toContain(refusal)
  await expectPages()
  await redis(mend)
  await under.answer(
    solution,
    new Map([[conf, `${readFileSync(join(solution, conf), 'utf8')}\n# mended\n`]]),
  )
  await expectPages()
})

test('a Redis that loads its data costs no page until it has done so', async () => {
  const slow = applyEdits(readFileSync(join(solution, conf), 'utf8'), [
    {
      find: 'save ""\n',
      // Not in /data, which is memory and goes with the process.
      replace:
        'save ""\ndir /tmp\nkey-load-delay 100000\nloading-process-events-interval-bytes 1024\n',
    },
  ])
  await under.answer(solution, new Map([[conf, slow]]))
  const script =
    'for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9; do echo "SET filling:$i$j $(head -c 600 /dev/zero | tr "\\\\0" x)"; done; done | redis-cli > /dev/null; redis-cli SAVE'
  const { stdout } = await under.session.runtime.server('redis').exec(['sh', '-c', script])
  expect(stdout).toContain('OK')
  await under.session.runtime.server('redis').kill()
  const back = under.session.runtime.server('redis').start()
  await expect.poll(() => redis('PING'), { timeout: 20_000, interval: 50 }).toContain('LOADING')
  await expectPages()
  await back
  await expect.poll(() => redis('PING'), { timeout: 60_000 }).toBe('PONG')
  await expectPages()
})

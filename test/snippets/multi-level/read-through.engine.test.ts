import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import {
  readThrough,
  type LevelPlan,
  type Load,
  type StoreLoad,
} from '../../../snippets/multi-level/read-through.ts'
import { readings, type Reading } from '../../../snippets/multi-level/readings.ts'
import { seededRandom } from '../../../snippets/sim/random.ts'
import { start, type Container } from '../../real/container.ts'
import { takeEngine } from '../../real/engine.ts'
import { fuzzSeed } from '../nginx/seeded.ts'

const seed = fuzzSeed()
const mainPort = 7000
const portOf = (group: number) => 7001 + group
let engine: Engine

beforeAll(async () => {
  engine = await takeEngine(['redis:8.0'])
})
afterAll(() => engine?.release())

/** A group, then the main level, then whoever knows; filled back into both. */
const readPage = `
read_page() {
  [ -n "$(redis-cli -p $1 GET $2)" ] && return
  if [ -z "$(redis-cli -p ${mainPort} GET $2)" ]; then
    echo $2
    redis-cli -p ${mainPort} SET $2 page > /tmp/told
  fi
  redis-cli -p $1 SET $2 page > /tmp/told
}`

const level = (name: string, ports: readonly number[]): LevelPlan => ({
  ...{ name, choice: 'chance', policy: 'lru', entries: 1000, ttlMs: 1e9, askMs: 1 },
  stores: ports.map(String),
})

const cli = (container: Container, port: string | number, ...command: readonly string[]) =>
  container.exec('redis-cli', '-p', `${port}`, ...command)

/** What this Redis has been asked, by its own count. */
async function loadOf(container: Container, name: string): Promise<StoreLoad> {
  const commands = await cli(container, name, 'INFO', 'commandstats')
  const calls = (command: string) =>
    Number(new RegExp(`^cmdstat_${command}:calls=(\\d+)`, 'm').exec(commands)?.[1] ?? 0)
  const stats = await cli(container, name, 'INFO', 'stats')
  const found = Number(/^keyspace_hits:(\d+)/m.exec(stats)![1])
  return { name, asked: calls('get'), found, filled: calls('set') }
}

/** Real groups and a real main level, read by a shell; what they and the database count. */
async function really(groups: number, trace: readonly Reading[]): Promise<Load['levels']> {
  const image = `${engine.imagePrefix}redis:8.0`
  const wait = ['sh', '-c', 'while :; do sleep 60; done']
  const container = await start(engine.env, '--init', '--network', 'none', image, ...wait)
  try {
    const near = Array.from({ length: groups }, (_, group) => portOf(group))
    for (const port of [mainPort, ...near]) {
      const server = ['redis-server', '--port', `${port}`, '--save', '', '--daemonize', 'yes']
      await container.exec(...server)
      await expect
        .poll(() => cli(container, port, 'PING').catch(() => ''), { timeout: 60_000 })
        .toBe('PONG')
    }
    const random = seededRandom(seed)
    const draw = () => (groups === 1 ? 0 : Math.floor(random() * groups))
    const lines = trace.map(({ page }) => `read_page ${portOf(draw())} ${page}`)
    const asked = await container.exec('sh', '-c', [readPage, ...lines].join('\n'))
    const levels = await Promise.all(
      [near, [mainPort]].map((ports) =>
        Promise.all(ports.map((port) => loadOf(container, `${port}`))),
      ),
    )
    const questions = asked.split('\n').filter(Boolean).length
    return [
      { name: 'near', stores: levels[0]! },
      { name: 'main', stores: levels[1]! },
      {
        name: 'database',
        stores: [{ name: '', asked: questions, found: questions, filled: 0 }],
      },
    ]
  } finally {
    await container.remove()
  }
}

test.each([1, 2, 4])('the loads of %i groups are those that real Redis count', async (groups) => {
  const trace = readings(
    { count: 300, perSecond: 100, servers: 2, pages: 60, s: 0.9, hotShare: 0.5 },
    seededRandom(seed + groups),
  )
  const near = Array.from({ length: groups }, (_, group) => portOf(group))
  const plan = { levels: [level('near', near), level('main', [mainPort])], databaseMs: 16 }
  const model = readThrough(plan, trace, seededRandom(seed))
  const [nearLoad, mainLoad, database] = await really(groups, trace)
  expect([nearLoad, mainLoad], `FUZZ_SEED=${seed}`).toEqual(model.levels)
  expect(database!.stores[0]!.asked).toBe(model.database)
  // What is compared is not nothing: the hot page is in each group, and asked of the main level once each.
  for (const { asked, filled } of nearLoad!.stores) {
    expect(asked).toBeGreaterThan(300 / groups / 2)
    expect(filled).toBeGreaterThan(5)
  }
})

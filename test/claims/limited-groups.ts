import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { seededRandom } from '../../snippets/sim/random.ts'
import { claimsOn } from './claim.ts'
import { Containers } from './containers.ts'
import { RedisServer } from './redis-servers.ts'

const image = 'redis:8.0'
const [key, page] = ['page:topic:7', 'x'.repeat(1000)]

/** Redis each in a container of its own, all with the same page. */
export function openGroups(testFile: string) {
  let containers: Containers | undefined
  const versions: Record<string, string> = { Node: process.versions.node }
  beforeAll(async () => {
    containers = await Containers.open(testFile, [image])
  })
  afterAll(() => containers?.close())

  async function startOne(): Promise<{ readonly id: string; readonly server: RedisServer }> {
    const here = containers!
    const program = ['redis-server', '--port', '7001', '--protected-mode', 'no', '--save', '']
    const id = await here.run('--publish', '127.0.0.1::7001', here.image(image), ...program)
    onTestFinished(async () => {
      await here.docker('rm', '--force', '--volumes', id)
    })
    await here.untilSays(id, 'Ready to accept connections')
    const server = new RedisServer(here, id, 0)
    versions.Redis = await server.meet()
    await server.redis.set(key, page)
    return { id, server }
  }

  /** `cpus`: how much of a processor each of them has; a whole one if it isn't said. */
  async function start(count: number, cpus?: number): Promise<readonly RedisServer[]> {
    const started = await Promise.all(Array.from({ length: count }, startOne))
    // Only now: with a hundredth of a processor, starting takes seconds.
    if (cpus !== undefined)
      await containers!.docker('update', '--cpus', `${cpus}`, ...started.map(({ id }) => id))
    return started.map(({ server }) => server)
  }
  return { claim: claimsOn(() => versions), start }
}

export interface Rush {
  readonly perSecond: number
  /** 0 to 1: for how much of the time this process had something to do. */
  readonly busy: number
}

/**
 * So many readings at once from this process, each from a group that is drawn by lot. All are under way
 * from the beginning, so each group has something to do until it has answered its share.
 */
export async function rush(groups: readonly RedisServer[], readings: number): Promise<Rush> {
  const random = seededRandom(103)
  const before = performance.eventLoopUtilization()
  const begun = performance.now()
  const pages = await Promise.all(
    Array.from({ length: readings }, () =>
      groups[Math.floor(random() * groups.length)]!.redis.get(key),
    ),
  )
  const seconds = (performance.now() - begun) / 1000
  const { utilization } = performance.eventLoopUtilization(before)
  expect(pages.every((one) => one === page)).toBe(true)
  return { perSecond: readings / seconds, busy: utilization }
}

import type { WayRun } from '../.vitepress/book/measured.ts'
import { alone, Balancer, nginx } from '../test/claims/balancer.ts'
import * as cache from '../test/claims/cache-ways.ts'
import { Containers } from '../test/claims/containers.ts'
import * as layerFour from '../test/claims/price.ts'
import { withRack } from './rack.ts'
import { short, table } from './table.ts'

type Print = (line: string) => void
type Named = readonly [name: string, run: WayRun]

/** What each tier buys and costs: the same page with and without it, all in one run. */
export async function benchTiers(print: Print): Promise<void> {
  await benchCacheTier(print)
  print('')
  await withRack(import.meta.url, (rack) => benchLayerFour(print, rack))
}

async function benchCacheTier(print: Print): Promise<void> {
  const images = [...new Set([nginx(cache.waysConf), ...cache.besideNginx].map((one) => one.image))]
  const containers = await Containers.open(import.meta.url, images)
  let balancer: Balancer | undefined
  try {
    balancer = await Balancer.open(containers, nginx(cache.waysConf), alone)
    const ids: string[] = []
    for (const { mounts, image, command = [], ready } of cache.besideNginx) {
      const place = ['--network', `container:${balancer.id}`, ...mounts]
      const id = await containers.run(...place, containers.image(image), ...command)
      await containers.untilSays(id, ready)
      ids.push(id)
    }
    const stage = { containers, balancer, ids }
    await cache.warmUp(stage)
    const run = (way: cache.CacheWay, headers = {}) => cache.runCacheWay(stage, way, headers)
    print(`cache tier (Teahouse's front page, ${cache.readersAtOnce} readers at once)`)
    show(print, 'requests/s', [
      ['nginx → Teahouse', await run('application')],
      ['nginx → Varnish → Teahouse', await run('varnish')],
      ['edge (nginx, proxy_cache) → Teahouse', await run('edge')],
    ])
    print('  the same for readers who are signed in: their page is nobody else’s')
    show(print, 'requests/s', [
      ['nginx → Teahouse', await run('application', cache.signedIn)],
      ['nginx → Varnish → Teahouse', await run('varnish', cache.signedIn)],
    ])
  } finally {
    await balancer?.close()
    await containers.close()
  }
}

type Rack = Parameters<typeof layerFour.runDoors>[0]

async function benchLayerFour(print: Print, rack: Rack): Promise<void> {
  await layerFour.prepareDoors(rack)
  const { straight, ipvs, nginx } = await layerFour.runDoors(rack, 2000)
  print(
    `layer four (a small page, one connection after the other, pace of the quicker half, ` +
      `one processor, User-Mode Linux ${rack.versions.Linux})`,
  )
  show(print, 'connections/s', [
    ['client → nginx', straight],
    ['client → IPVS → nginx', ipvs],
    ['client → nginx → nginx', nginx],
  ])
  const [byIpvs, byNginx] = [ipvs, nginx].map(({ cpuMs }) => (cpuMs - straight.cpuMs) * 1000)
  print(
    `  a connection costs ${Math.round(byIpvs!)} µs more through IPVS, ` +
      `${Math.round(byNginx!)} µs more through nginx`,
  )
}

/** Ratios are against the first row: the way without the tier. */
function show(print: Print, rate: string, runs: readonly Named[]): void {
  const [, without] = runs[0]!
  const ratio = (ours: number, theirs: number) => (ours / theirs).toFixed(2)
  const head = ['the way', rate, 'ratio', 'p50 ms', 'p99 ms', 'CPU ms each', 'ratio', 'memory MB']
  const rows = runs.map(([name, run]) => [
    name,
    `${Math.round(run.perSecond)}`,
    ratio(run.perSecond, without.perSecond),
    short(run.p50Ms),
    short(run.p99Ms),
    short(run.cpuMs),
    ratio(run.cpuMs, without.cpuMs),
    short(run.megabytes),
  ])
  for (const line of table(head, rows)) print(`  ${line}`)
}

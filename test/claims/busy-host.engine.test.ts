import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'
import { failed } from './tally.ts'
import type { Answer } from './crew/orders.ts'

const conf = new URL('./nginx/busy-host.conf', import.meta.url)
const own = fileURLToPath(new URL('./nginx/own-house.conf', import.meta.url))
const main = fileURLToPath(new URL('./nginx/nginx.conf', import.meta.url))
const front = nginx(conf)
const stage = openStage(import.meta.url, front, [])
const { claim } = stage

/** A second nginx beside the first, on the same card: in the place of its default site, on port 80. */
async function openOwnHouse(): Promise<void> {
  const { balancer, containers } = stage
  const id = await containers.run(
    ...['--network', `container:${balancer.id}`],
    ...['--volume', `${main}:/etc/nginx/nginx.conf:ro`],
    ...['--volume', `${own}:/etc/nginx/conf.d/default.conf:ro`],
    containers.image(front.image),
  )
  await containers.untilSays(id, front.ready)
}

/** Twenty megabytes that are twenty kilobytes in the end, after a tenth of a second or more. */
const writeReport = () =>
  stage.containers.docker(
    ...['exec', stage.balancer.id, 'sh', '-c'],
    'mkdir -p /srv/reports && yes tea | head -c 20000000 >/srv/reports/report.txt',
  )

const report = {
  port: 8001,
  path: '/report.txt',
  headers: { host: 'reports.test', 'accept-encoding': 'gzip' },
}
const workersOf = (answers: readonly Answer[]) =>
  new Set(answers.map(({ headers }) => headers['x-worker']))

/** What the middle one of nine readers waits for a cup of tea. */
async function waitAt(port: number) {
  const request = { port, path: '/', headers: { host: 'teahouse.test' } }
  const answers = await stage.balancer.askTimes(9, request)
  expect(answers.map(({ body }) => body)).toEqual(Array(9).fill('tea'))
  const waits = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  return { ms: waits[4]!, workers: workersOf(answers) }
}

claim(
  'a-busy-host-slows-its-neighbour',
  'a host that keeps the workers busy lets its neighbour’s readers wait; in an nginx of their own they would not',
  async ({ figure }) => {
    const { balancer } = stage
    await writeReport()
    await openOwnHouse()
    const quiet = await waitAt(8001)
    await balancer.flood(report, { atOnce: 8 })
    const shared = await waitAt(8001)
    const apart = await waitAt(8002)
    const reports = await balancer.ebb()
    expect(failed(reports)).toBe(0)
    expect(reports.every(({ headers }) => headers['content-encoding'] === 'gzip')).toBe(true)
    // The same processes; those of the other nginx have nothing to do with it.
    const busy = workersOf(reports)
    expect([...shared.workers].every((worker) => busy.has(worker))).toBe(true)
    expect([...apart.workers].some((worker) => busy.has(worker))).toBe(false)
    expect(shared.ms).toBeGreaterThan(5 * quiet.ms)
    expect(shared.ms).toBeGreaterThan(5 * apart.ms)
    const ms = (value: number) => `${Math.round(value)} ms`
    figure({
      en: `a page of the quiet host took ${ms(quiet.ms)}, and ${ms(shared.ms)} while 8 readers had its neighbour compress reports; in an nginx of its own, at the same time, ${ms(apart.ms)} (medians)`,
      zh: `安静的那个主机，一个页面要 ${ms(quiet.ms)}；8 位读者让邻居压缩报表时，要 ${ms(shared.ms)}；同一时间，单独一个 nginx 里，要 ${ms(apart.ms)}（中位数）`,
    })
  },
)

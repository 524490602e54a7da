import { say } from '../../language.ts'
import { kindOf } from '../../servers/kind/kinds.ts'
import { lastWords } from '../apply/fallen.ts'
import { EnvironmentError } from '../environment-error.ts'
import { nextPort } from '../next-port.ts'
import type { Report } from '../runtime.ts'
import { wantedServices } from './compose-config.ts'
import { compose } from './docker-cli.ts'
import { lastLines, readStatus } from './health.ts'
import { setHealthPace } from './health-pace.ts'
import { buildImage } from './image.ts'
import { builtService, type Place } from './place.ts'

/** A port or a network that was free when it was chosen. */
export class Taken extends EnvironmentError {}

/** The files that were good once do not bring the servers up. */
export class NotStarted extends EnvironmentError {}

/**
 * The reader's image, then `compose up`, waiting for health: last who looks every name up once,
 * when it starts. A first failure is tried once more: a slow disk is no bug.
 */
export async function startLab(place: Place, report: Report, signal?: AbortSignal): Promise<void> {
  await provideImage(place, report, signal)
  await setHealthPace(place)
  const last = place.lab.changes.flatMap((change) => {
    const kind = kindOf(change)
    return kind.looksNamesUpOnce ? kind.servers(change) : []
  })
  const wanted = await wantedServices(place, { signal })
  const first = wanted.filter((service) => !last.includes(service))
  await bringUp(place, ['--remove-orphans', ...first], report, signal)
  if (last.length > 0) await bringUp(place, ['--no-deps', ...last], report, signal)
}

/** From the last good files, so what stops a build now is not the reader's work. */
async function provideImage(place: Place, report: Report, signal?: AbortSignal): Promise<void> {
  const service = builtService(place)
  if (!service) return
  report(say(`build the image of ${service}`, `构建 ${service} 的镜像`))
  const { exitCode, stderr } = await buildImage(place, signal)
  if (exitCode === 0) return
  throw explain(place, stderr) ?? (await notStarted(place, stderr))
}

async function bringUp(
  place: Place,
  what: readonly string[],
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  const args = ['up', '--detach', '--wait', '--wait-timeout', '120', '--pull', 'never', ...what]
  for (const attempt of [1, 2]) {
    const { exitCode, stderr } = await compose(place, args, { signal, onLine: progress(report) })
    if (exitCode === 0) return
    const known = explain(place, stderr)
    if (known) throw known
    if (attempt === 2) throw await notStarted(place, stderr)
  }
}

async function notStarted(place: Place, stderr: string): Promise<NotStarted> {
  const words = [
    stderr.trim().split('\n').slice(-6).join('\n'),
    ...(await wordsOfFallen(place)),
  ].join('\n')
  return new NotStarted(
    say(`The lab did not start:\n${words}`, `实验没有启动成功：\n${words}`),
    'npm run lab doctor',
  )
}

/** What Compose says of a server is that it is ill; why, it says itself. */
async function wordsOfFallen(place: Place): Promise<string[]> {
  const fallen = (await readStatus(place)).filter(({ state }) => isFallen.has(state))
  return Promise.all(
    fallen.map(async ({ service }) => {
      const words = lastWords(await lastLines(place, service, 30))
      return say(`${service} said last: ${words}`, `${service} 最后的输出：${words}`)
    }),
  )
}

const isFallen: ReadonlySet<string> = new Set(['exited', 'restarting', 'unhealthy'])

const progress = (report: Report) => (line: string) => {
  const step = /^\s*(?:Container|Network|Volume)\s+\S+\s+(?:Created|Started|Healthy)/.exec(line)
  if (step) report(step[0].trim().replace(/\s+/g, ' '))
}

function explain(place: Place, stderr: string): EnvironmentError | undefined {
  const port = takenPort(stderr)
  if (port)
    return new Taken(
      say(`Port ${port} is in use.`, `端口 ${port} 已被占用。`),
      `npm run lab ${place.lab.number} -- --port ${nextPort(port)}`,
    )
  if (/no space left on device/i.test(stderr))
    return new EnvironmentError(
      say('The disk is full.', '磁盘已满。'),
      say(
        'free some space, for instance with: docker system prune',
        '清出一些空间，例如：docker system prune',
      ),
    )
  if (/pool overlaps/i.test(stderr))
    return new Taken(
      say(`The network ${place.subnet}.0/24 is in use.`, `网段 ${place.subnet}.0/24 已被占用。`),
      `npm run lab ${place.lab.number} down`,
    )
  return undefined
}

/** The words of the userland proxy, of the daemon's own list, and of Docker Desktop. */
export function takenPort(stderr: string): number | undefined {
  const words =
    /:(\d+): bind: address already in use|Bind for [\d.]+:(\d+) failed|exposing port TCP [\d.]+:(\d+)/i
  const found = words.exec(stderr)?.slice(1).find(Boolean)
  return found ? Number(found) : undefined
}

import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { type Lab, readCatalog } from '../labs/catalog/catalog.ts'
import { labsFolder } from '../labs/session/folders.ts'
import type { Session } from '../labs/session/session.ts'
import { onSolution, save } from './solved-lab.ts'
import { short, table } from './table.ts'

type Print = (line: string) => void

interface Stage {
  readonly name: string
  readonly slug: string
  /** In the place of the answer's own cache. */
  readonly cache?: string
  /** Files of the answer that are as the reader finds them at the start. */
  readonly asAtStart?: readonly string[]
}

/** Sessions in the process; every page comes from the database. */
const nothingKept = `
export function openCache() {
  const logins = new Map()
  return {
    read: async (name, load) => ({ outcome: 'bypass', value: await load() }),
    change: async (names, write) => write(),
    sessions: {
      get: async (id) => logins.get(id),
      set: async (id, session) => void logins.set(id, session),
      delete: async (id) => void logins.delete(id),
    },
  }
}
`

const stages: readonly Stage[] = [
  { name: 'without a cache', slug: 'one-redis', cache: nothingKept },
  { name: 'one Redis', slug: 'one-redis' },
  { name: 'four Redis', slug: 'many-redis' },
  { name: 'master and copy', slug: 'replicated-redis' },
  // The process keeps nothing: else the groups would hardly be asked.
  { name: 'groups before it', slug: 'multi-level', asAtStart: ['app/in-process.ts'] },
  { name: 'and the process', slug: 'multi-level' },
]

const readers = 40
const [warmSeconds, seconds] = [4, 10]
/** Every second reading is for one topic; the others are for the rest of the forum, in turn. */
const hot = '/topics/7'
const others = Array.from({ length: 14 }, (_, at) => `/topics/${at + 1}`).filter(
  (path) => path !== hot,
)
const requests = ['/', ...others].flatMap((path) => [{ path: hot }, { path }])

interface StageRun {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Processor time for one reading, of all the lab's servers together. */
  readonly cpuMs: number
  readonly questionsPerSecond: number
}

/** The same application behind each stage of its cache, with the same readers, one after the other. */
export async function benchStages(print: Print): Promise<void> {
  const labs = readCatalog(labsFolder)
  const runs: (readonly [Stage, StageRun])[] = []
  for (const stage of stages) {
    const lab = labs.find(({ slug }) => slug === stage.slug)!
    runs.push([stage, await measure(lab, stage, print)])
  }
  print(`stages of the cache (two web servers, ${readers} readers, every second one wants ${hot})`)
  const head = ['application', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms each', 'questions/s']
  const rows = runs.map(([{ name }, run]) => [
    name,
    `${Math.round(run.perSecond)}`,
    short(run.p50Ms),
    short(run.p99Ms),
    short(run.cpuMs),
    short(run.questionsPerSecond),
  ])
  for (const line of table(head, rows)) print(`  ${line}`)
}

async function measure(
  lab: Lab,
  { name, cache, asAtStart = [] }: Stage,
  print: Print,
): Promise<StageRun> {
  const prepare = (work: string) => {
    if (cache) writeFileSync(join(work, 'app/cache.ts'), cache)
    for (const file of asAtStart) cpSync(join(lab.folder, 'starter', file), join(work, file))
  }
  const runSaved = async (session: Session) => {
    await save(session, name)
    print(`  ${name} …`)
    return runStage(session, name)
  }
  return onSolution(lab, 'four-tiers-bench-stages', runSaved, prepare)
}

async function runStage(session: Session, name: string): Promise<StageRun> {
  await shoot(session, warmSeconds)
  const [cpu, questions] = [await cpuSoFar(session), await questionsSoFar(session)]
  const { requests: answered, latency, errors, non2xx, duration } = await shoot(session, seconds)
  const cpuMs = (await cpuSoFar(session)) - cpu
  const asked = (await questionsSoFar(session)) - questions
  if (errors + non2xx > 0) throw new Error(`${name}: ${errors + non2xx} requests without a page`)
  return {
    perSecond: answered.total / duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    cpuMs: cpuMs / answered.total,
    questionsPerSecond: asked / duration,
  }
}

const shoot = ({ place }: Session, duration: number) =>
  autocannon({
    url: `http://127.0.0.1:${Object.values(place.ports)[0]}`,
    connections: readers,
    duration,
    timeout: 10,
    requests: [...requests],
  })

/** Milliseconds of all servers that readers' requests pass; the client measures, and does not count. */
async function cpuSoFar({ runtime }: Session): Promise<number> {
  const servers = (await runtime.status()).map(({ service }) => service)
  const passed = servers.filter((service) => service !== 'client')
  // utime and stime, fields 14 and 15, in ticks of 10 ms; the name in brackets is field 2.
  const read = ['sh', '-c', 'cat /proc/[0-9]*/stat 2>/dev/null || true']
  const ticks = passed.map(async (server) =>
    (await runtime.server(server).exec(read)).stdout
      .split('\n')
      .flatMap((line) => line.replace(/.*\) /, '').split(' ').slice(11, 13).map(Number))
      .reduce((sum, one) => sum + one, 0),
  )
  return (await Promise.all(ticks)).reduce((sum, one) => sum + one, 0) * 10
}

/** What the database was asked, by its own count. */
async function questionsSoFar({ runtime }: Session): Promise<number> {
  const count = "SHOW GLOBAL STATUS LIKE 'Com_select'"
  const command = ['mariadb', '-uteahouse', '-pteahouse', 'teahouse', '-N', '-e', count]
  return Number((await runtime.server('db').exec(command)).stdout.split(/\s+/)[1])
}

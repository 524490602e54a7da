import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { type Lab, readCatalog } from '../labs/catalog/catalog.ts'
import { createChecker } from '../labs/checker/checker.ts'
import { brokenIn } from '../labs/cli/broken.ts'
import { watchFiles } from '../labs/cli/watch/files.ts'
import { WatchLoop } from '../labs/cli/watch/loop.ts'
import { initialState, type Timing, type WatchState } from '../labs/cli/watch/state.ts'
import { composeArguments } from '../labs/runtime/docker/docker-cli.ts'
import { composeEnvironment } from '../labs/runtime/docker/place.ts'
import { labsFolder, projectFolder } from '../labs/session/folders.ts'
import { openSession, type Session } from '../labs/session/session.ts'
import { median, milliseconds, quantile } from './statistics.ts'

const rounds = 20
const task = 'balance'

/**
 * From a save of an nginx file to the verdict on the task in hand, in the loop that `npm run lab`
 * runs; against the same by hand: reload with `docker compose exec`, then one run of vitest.
 */
export async function benchSaveToVerdict(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'four-tiers-bench-'))
  const lab = copyOf(
    readCatalog(labsFolder).find(({ slug }) => slug === 'load-balancer')!,
    folder,
  )
  const folders = {
    work: join(lab.folder, 'work'),
    live: join(folder, 'live'),
    running: join(folder, 'running.json'),
  }
  cpSync(join(lab.folder, 'solution'), folders.work, { recursive: true })
  const session = await openSession({
    lab,
    folders,
    project: 'four-tiers-bench',
    report: print,
    consent: () => Promise.resolve(true),
  })
  try {
    const ours = await saves(session, folders.work)
    const peer = await byHand(session)
    const total = ours.map(({ totalMs }) => totalMs)
    print(`save to verdict (${rounds} saves of nginx/teahouse.conf, task ${task})`)
    print(`  median ${milliseconds(median(total))}   p90 ${milliseconds(quantile(total, 0.9))}`)
    print(`    event  ${milliseconds(median(ours.map((one) => one.eventMs)))}`)
    print(
      `    apply  ${milliseconds(median(ours.map((one) => one.applyMs)))}   nginx -t, reload, old workers gone`,
    )
    print(`    check  ${milliseconds(median(ours.map((one) => one.checkMs)))}`)
    print(
      `  by hand  ${milliseconds(median(peer))}   ratio ${(median(total) / median(peer)).toFixed(2)}`,
    )
  } finally {
    await session.runtime.down({ data: true })
    await session.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The reader's own folder is not ours to write to; checks and Compose file stay where they are. */
function copyOf(lab: Lab, folder: string): Lab {
  const own = join(folder, 'labs', '01-load-balancer')
  cpSync(join(projectFolder, 'labs'), join(folder, 'labs'), {
    recursive: true,
    filter: (path) => !/[\\/]work(\.|$)/.test(path),
  })
  cpSync(join(projectFolder, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'))
  return { ...lab, folder: own, tasks: lab.tasks.filter(({ id }) => id === task) }
}

interface SaveTiming extends Timing {
  /** From the write to our hearing of it. */
  readonly eventMs: number
}

async function saves(session: Session, work: string): Promise<SaveTiming[]> {
  const { place, runtime } = session
  const checker = createChecker(place)
  const file = join(work, 'nginx/teahouse.conf')
  const text = readFileSync(file, 'utf8')
  const timings: SaveTiming[] = []
  let heard: (timing: Timing) => void = () => undefined
  const loop = new WatchLoop(initialState(place.lab, ''), {
    runtime,
    checker,
    broken: brokenIn(place, runtime),
    inTurn: (work) => work(),
    onPass: () => undefined,
    onState: tellOnce((timing) => heard(timing)),
  })
  const unwatch = await watchFiles(place.lab, false, {
    onSave: (at) => void loop.saved(at),
    onForeign: () => undefined,
  })
  for (let round = 0; round < rounds; round++) {
    const verdict = new Promise<Timing>((resolve) => (heard = resolve))
    const written = performance.now()
    writeFileSync(file, `${text}# ${round}\n`)
    const timing = await verdict
    const totalMs = performance.now() - written
    timings.push({ ...timing, totalMs, eventMs: totalMs - timing.totalMs })
    await loop.idle()
  }
  await unwatch()
  await loop.close()
  await checker.close()
  return timings
}

function tellOnce(tell: (timing: Timing) => void): (state: WatchState) => void {
  let last: Timing | undefined
  return ({ timing }) => {
    if (!timing || timing === last) return
    last = timing
    tell(timing)
  }
}

async function byHand({ place }: Session): Promise<number[]> {
  const env = composeEnvironment(place)
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const started = performance.now()
    await execa(
      'docker',
      [...composeArguments(place), 'exec', '-T', 'nginx', 'nginx', '-s', 'reload'],
      { env },
    )
    await execa(
      'npx',
      ['vitest', 'run', '--config', 'bench/by-hand.config.ts', `${task}.test.ts`],
      {
        cwd: projectFolder,
        env: { FOUR_TIERS_PLACE: JSON.stringify(place) },
      },
    )
    times.push(performance.now() - started)
  }
  return times
}

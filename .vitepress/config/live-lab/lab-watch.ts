import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import { composeArguments } from '../../../labs/runtime/docker/docker-cli.ts'
import { readStatus } from '../../../labs/runtime/docker/health.ts'
import { composeEnvironment, type Place } from '../../../labs/runtime/docker/place.ts'
import { labFolders, labsFolder } from '../../../labs/session/folders.ts'
import { readProgress } from '../../../labs/session/progress.ts'
import { readRunning } from '../../../labs/session/running.ts'
import { answerIn, type LiveEvent, stateOf } from './lab-events.ts'

/** Looks every second: file events do not arrive on every file system. */
const everyMs = 1_000

/** Tells of the labs on this machine until it is stopped: passes, which runs, its servers and answers. */
export function watchLabs(tell: (event: LiveEvent) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  let traffic: Traffic | undefined

  async function look(): Promise<void> {
    tell({ kind: 'passed', passed: readProgress() })
    const place = runningPlace()
    tell({ kind: 'lab', lab: place?.lab.slug ?? null })
    if (traffic?.project !== place?.project || traffic?.hasEnded()) {
      traffic?.stop()
      traffic = place && !isOver ? follow(place, tell) : undefined
    }
    // An engine that does not answer is the terminal's to report.
    const servers = place ? await readStatus(place).catch(() => []) : []
    servers.map(stateOf).forEach(tell)
    if (!isOver) timer = setTimeout(() => void look(), everyMs)
  }

  void look()
  return () => {
    isOver = true
    clearTimeout(timer)
    traffic?.stop()
  }
}

function runningPlace(): Place | undefined {
  for (const lab of readCatalog(labsFolder)) {
    const place = readRunning(labFolders(lab).running)?.place
    if (place) return place
  }
  return undefined
}

interface Traffic {
  readonly project: string
  hasEnded(): boolean
  stop(): void
}

/** The web servers' own request logs, from now on. */
function follow(place: Place, tell: (event: LiveEvent) => void): Traffic {
  const { lab } = place
  const services = lab.scale.length > 0 ? lab.scale : [lab.front.service]
  const options = ['logs', '--follow', '--since', '0s', '--no-color']
  const process = execa('docker', [...composeArguments(place), ...options, ...services], {
    env: composeEnvironment(place),
    cwd: lab.folder,
    stdin: 'ignore',
    stderr: 'ignore',
    buffer: false,
    reject: false,
  })
  let hasEnded = false
  void process.then(() => (hasEnded = true))
  createInterface({ input: process.stdout }).on('line', (text) => {
    const event = answerIn(text, lab.front.service, performance.now())
    if (event) tell(event)
  })
  return {
    project: place.project,
    hasEnded: () => hasEnded,
    stop: () => void process.kill(),
  }
}

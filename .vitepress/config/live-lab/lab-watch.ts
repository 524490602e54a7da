import { readCatalog } from '../../../labs/catalog/catalog.ts'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import { labFolders, labsFolder } from '../../../labs/session/folders.ts'
import { readProgress } from '../../../labs/session/progress.ts'
import { readRunning } from '../../../labs/session/running.ts'
import type { LiveEvent } from './lab-events.ts'
import { listen, type Listener } from './listen.ts'
import { LiveRoute } from './live-route.ts'

/** Looks every second: file events do not arrive on every file system. */
const everyMs = 1_000

interface Surroundings {
  /** Where the labs are. */
  readonly folder?: string
  /** Told of what cannot be read, once. */
  readonly complain?: (words: string) => void
}

/** Tells of the labs on this machine until it is stopped: passes, which runs, its servers and answers. */
export function watchLabs(
  tell: (event: LiveEvent) => void,
  { folder = labsFolder, complain = sayAloud }: Surroundings = {},
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  let listener: Listener | undefined

  /** A file that is being written, or has a mistake: told once, and looked at again. */
  let complaint = ''

  async function look(): Promise<void> {
    try {
      await lookOnce()
      complaint = ''
    } catch (error) {
      const words = String(error)
      if (words !== complaint) complain(words)
      complaint = words
    }
    if (!isOver) timer = setTimeout(() => void look(), everyMs)
  }

  async function lookOnce(): Promise<void> {
    tell({ kind: 'passed', passed: readProgress() })
    const place = runningPlace(folder)
    tell({ kind: 'lab', lab: place?.lab.slug ?? null })
    if (listener?.project !== place?.project || listener?.hasEnded()) {
      listener?.stop()
      listener = place && !isOver ? follow(place, tell) : undefined
    }
    await listener?.look()
  }

  void look()
  return () => {
    isOver = true
    clearTimeout(timer)
    listener?.stop()
  }
}

function follow(place: Place, tell: (event: LiveEvent) => void): Listener {
  const route = new LiveRoute(place.lab)
  return listen(place, (heard) => {
    const event = route.hear(heard, performance.now())
    if (event) tell(event)
  })
}

const sayAloud = (words: string) => void process.stderr.write(`${words}\n`)

function runningPlace(folder: string): Place | undefined {
  for (const lab of readCatalog(folder)) {
    const place = readRunning(labFolders(lab).running)?.place
    if (place) return place
  }
  return undefined
}

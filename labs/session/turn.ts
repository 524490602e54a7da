import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../language.ts'
import type { Place } from '../runtime/docker/place.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { claim, type Claim } from './running.ts'

/** Minutes; the longest round of checks takes about one. */
const patience = 5

interface Waiting {
  readonly signal?: AbortSignal
  /** Told once, when another process has the turn. */
  readonly onWait?: () => void
}

/**
 * One check, load or break at a time, whichever terminal it comes from: a check that sees another
 * one's dead server would blame the reader.
 */
export async function inTurn<Result>(
  place: Place,
  waiting: Waiting,
  work: () => Promise<Result>,
): Promise<Result> {
  const file = join(dirname(place.live), 'turn.json')
  const turn = await takeTurn(place, file, waiting)
  try {
    return await work()
  } finally {
    turn.release()
  }
}

async function takeTurn(place: Place, file: string, { signal, onWait }: Waiting): Promise<Claim> {
  const deadline = performance.now() + patience * 60_000
  for (let isFirst = true; ; isFirst = false) {
    const claimed = await claim(file)
    if (!('other' in claimed)) return claimed
    if (isFirst) onWait?.()
    if (performance.now() > deadline)
      throw new EnvironmentError(
        say(
          `Process ${claimed.other.pid ?? '?'} has been checking this lab for ${patience} minutes.`,
          `进程 ${claimed.other.pid ?? '?'} 检查这个实验已经超过 ${patience} 分钟。`,
        ),
        `npm run lab ${place.lab.number} down`,
      )
    await pause(100, undefined, { signal })
  }
}

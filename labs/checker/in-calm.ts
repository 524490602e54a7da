import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '../language.ts'
import { CROWDED, roomWithin, watchCrowd } from './crowd.ts'
import type { Verdict } from './verdict.ts'

/** What it needs of the machine; a test brings its own. */
export interface Machine {
  /** Programs that want each processor at this moment. */
  readonly look?: () => number
  readonly pause?: (ms: number) => Promise<unknown>
}

/** How often a check is run before the machine is given up. */
const tries = 3
/** Milliseconds to wait for room before the next try. */
const patience = 10_000

/**
 * A busy machine is not the reader's fault. A check that fails while far more programs want the
 * processors than there are, if only for twenty seconds of it, is run again once there is room, three
 * times in all. What still fails on a crowded machine is an error of the environment, and says so.
 */
export async function inCalm(
  judge: () => Promise<Verdict>,
  isOver: () => boolean,
  { look, pause = sleep }: Machine = {},
): Promise<Verdict> {
  for (let number = 1; ; number++) {
    const crowd = watchCrowd(look)
    const verdict = await judge()
    crowd.stop()
    if (verdict.outcome !== 'fail' || crowd.busiest() < CROWDED || isOver()) return verdict
    if (number === tries) return tooBusy(verdict, crowd.busiest())
    await roomWithin(patience, pause, look)
  }
}

function tooBusy(verdict: Verdict, crowd: number): Verdict {
  const many = Math.round(crowd)
  const message = say(
    `This machine is too busy to judge this: ${many} programs want each processor.`,
    `这台机器太忙，没法判断：每个处理器有 ${many} 个程序在抢。`,
  )
  const next = say('close what else runs, then save again', '关掉别的程序，然后再保存一次')
  const tests = verdict.tests.map((test) =>
    test.outcome === 'fail' ? { ...test, outcome: 'error' as const, message, next } : test,
  )
  return { ...verdict, outcome: 'error', tests }
}

import { median } from '../statistics.ts'
import { firstCounted } from './in-process.ts'
import { type Task, tasks } from './tasks.ts'
import { Thread } from './thread.ts'

export interface Result {
  readonly contender: string
  /** Millions of operations for a second of processor time; the median of all rounds. */
  readonly pace: number
  /** Against the first contender in the same round; the median of all rounds. */
  readonly ratio: number
  readonly facts: Readonly<Record<string, number>>
}

/**
 * All contenders take turns, round after round, so that whatever else the machine does meets all of
 * them alike; one runs at a time.
 */
export async function contest(task: Task, size: number, rounds: number): Promise<Result[]> {
  const threads: Thread[] = []
  try {
    for (const contender of Object.keys(tasks[task]))
      threads.push(await Thread.open({ task, contender, size }))
    const paces: number[][] = threads.map(() => [])
    for (let round = 0; round < firstCounted + rounds; round++)
      for (const [at, thread] of threads.entries()) {
        const { pace } = await thread.ask(round)
        if (round >= firstCounted) paces[at]!.push(pace)
      }
    const results: Result[] = []
    for (const [at, thread] of threads.entries())
      results.push({
        contender: thread.contender,
        pace: median(paces[at]!),
        ratio: median(paces[at]!.map((pace, round) => pace / paces[0]![round]!)),
        facts: (await thread.ask('facts')).facts,
      })
    return results
  } finally {
    for (const thread of threads) await thread.close()
  }
}

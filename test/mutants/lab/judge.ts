import type { Lab } from '../../../labs/catalog/catalog.ts'
import { inCalm, type Machine } from '../../../labs/checker/in-calm.ts'
import type { TestVerdict } from '../../../labs/checker/verdict.ts'
import type { Answer, Judge, Outcome } from '../judge.ts'
import type { Bench } from './bench.ts'
import { likelyFirst } from './likely-first.ts'

export interface JudgeOptions {
  readonly open: () => Promise<Bench>
  readonly tasks: Lab['tasks']
  readonly signal: AbortSignal
  readonly machine?: Machine
}

/** Judges on servers that stay up from one answer to the next. */
export function judgeOnBench({ open, tasks, signal, machine }: JudgeOptions): Judge {
  let bench: Bench | undefined

  async function judge({ file, text }: Answer): Promise<Outcome> {
    const servers = (bench ??= await open())
    const refusal = await refusalOf(servers, new Map([[file, text]]))
    if (refusal !== undefined) return { outcome: 'refused', sentence: refusal }
    for (const task of likelyFirst(tasks, file)) {
      signal.throwIfAborted()
      const sentence = await failing(servers, task)
      if (sentence !== undefined) return { outcome: 'caught', by: task, sentence }
    }
    return { outcome: 'survived' }
  }

  /** A busy machine can make any check fail: that catches nothing, and is tried again in calm. */
  async function failing(servers: Bench, task: string): Promise<string | undefined> {
    const isOver = () => signal.aborted
    const { outcome, tests } = await inCalm(() => servers.check(task), isOver, machine)
    signal.throwIfAborted()
    const of = (kind: TestVerdict['outcome']) => tests.find((test) => test.outcome === kind)
    if (outcome === 'error')
      throw new Error(`${task}: ${of('error')?.message ?? 'an error without words'}`)
    return outcome === 'pass' ? undefined : (of('fail')?.title ?? 'nothing was proved')
  }

  async function close(): Promise<void> {
    const servers = bench
    bench = undefined
    await servers?.close()
  }

  return {
    close,
    async judge(answer) {
      try {
        return await judge(answer)
      } catch {
        signal.throwIfAborted()
        // What has spoilt these servers may have nothing to do with the answer: once more, on others.
        await close()
        return judge(answer)
      }
    },
  }
}

/**
 * What a server says against an answer. It is the answer's fault only if the solution is taken in
 * between and the answer is refused again: a server that did not start may have had too little time.
 */
async function refusalOf(
  servers: Bench,
  answer: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  if (saidAgainst(await servers.apply(answer)) === undefined) return undefined
  const solution = saidAgainst(await servers.apply(new Map()))
  if (solution !== undefined) throw new Error(`not even the solution is taken: ${solution}`)
  return saidAgainst(await servers.apply(answer))
}

function saidAgainst(applied: Awaited<ReturnType<Bench['apply']>>): string | undefined {
  if (applied.outcome !== 'broken') return undefined
  const [problem] = applied.problems
  return problem?.message.split('\n')[0] ?? 'no word'
}

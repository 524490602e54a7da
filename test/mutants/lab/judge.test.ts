import { describe, expect, test } from 'vitest'
import type { Lab } from '../../../labs/catalog/catalog.ts'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import type { Applied } from '../../../labs/runtime/runtime.ts'
import type { Bench } from './bench.ts'
import { judgeOnBench } from './judge.ts'

const tasks = ['balance', 'addresses'].map((id) => ({
  id,
  files: [`${id}.conf`],
})) as unknown as Lab['tasks']
const answer = { file: 'addresses.conf', text: 'wrong' }
const taken: Applied = { outcome: 'applied', files: [], ms: 1 }
const refused = (message: string): Applied => ({
  ...{ outcome: 'broken', ms: 1, problems: [{ file: answer.file, message }] },
})
const verdict = (outcome: Verdict['outcome'], message?: string): Verdict => ({
  ...{ task: '', outcome, ms: 1 },
  tests: [{ title: 'web2 answers', outcome, message, trace: [] }],
})

interface Story {
  /** What becomes of a save, one after the other: the last for all that follow. */
  readonly applied?: readonly (Applied | Error)[]
  readonly checks?: readonly (Verdict | Error)[]
  /** How many programs want each processor. */
  readonly crowd?: () => number
  readonly signal?: AbortSignal
}

/** A judge, and what it has asked for. */
function judgeIn({
  applied = [taken],
  checks = [verdict('pass')],
  crowd = () => 1,
  signal,
}: Story) {
  const asked: string[] = []
  const next = <T>(list: readonly (T | Error)[], count: number): T => {
    const one = list[Math.min(count, list.length - 1)]!
    if (one instanceof Error) throw one
    return one
  }
  let [saves, looks] = [0, 0]
  const bench: Bench = {
    apply: async (changed) => {
      asked.push(changed.size > 0 ? 'apply' : 'apply the solution')
      return next(applied, saves++)
    },
    check: async (task) => {
      asked.push(task)
      return next(checks, looks++)
    },
    close: () => Promise.resolve(void asked.push('close')),
  }
  const judge = judgeOnBench({
    open: () => (asked.push('open'), Promise.resolve(bench)),
    ...{ tasks, signal: signal ?? new AbortController().signal },
    machine: { look: crowd, pause: () => Promise.resolve() },
  })
  return { asked, judge: () => judge.judge(answer), close: () => judge.close() }
}

describe('an answer', () => {
  test('survives when every task passes, that of its own file first', async () => {
    const { asked, judge, close } = judgeIn({})
    expect(await judge()).toEqual({ outcome: 'survived' })
    await close()
    expect(asked).toEqual(['open', 'apply', 'addresses', 'balance', 'close'])
  })

  test('is caught by the first task that fails, and the others are not asked', async () => {
    const { asked, judge } = judgeIn({ checks: [verdict('fail')] })
    expect(await judge()).toEqual({
      ...{ outcome: 'caught', by: 'addresses', sentence: 'web2 answers' },
    })
    expect(asked).not.toContain('balance')
  })

  test('is judged on the servers of the one before', async () => {
    const { asked, judge } = judgeIn({})
    await judge()
    await judge()
    expect(asked.filter((one) => one === 'open')).toHaveLength(1)
  })
})

describe('on a busy machine', () => {
  const crowdedAtFirst = () => {
    let looks = 0
    return () => (looks++ === 0 ? 40 : 1)
  }

  test('a task that fails catches nothing: it is tried again', async () => {
    const { judge, asked } = judgeIn({
      checks: [verdict('fail'), verdict('pass')],
      crowd: crowdedAtFirst(),
    })
    expect(await judge()).toEqual({ outcome: 'survived' })
    expect(asked).toEqual(['open', 'apply', 'addresses', 'addresses', 'balance'])
  })

  test('that stays busy, nothing is judged', async () => {
    const { judge } = judgeIn({ checks: [verdict('fail')], crowd: () => 40 })
    await expect(judge()).rejects.toThrow(/too busy to judge/)
  })
})

describe('a server that does not take an answer', () => {
  test('refuses it, if it takes the solution and then refuses it again', async () => {
    const { judge, asked } = judgeIn({
      applied: [refused('unknown directive "proxy"'), taken, refused('unknown directive "proxy"')],
    })
    expect(await judge()).toEqual({ outcome: 'refused', sentence: 'unknown directive "proxy"' })
    expect(asked).toEqual(['open', 'apply', 'apply the solution', 'apply'])
  })

  test('but takes it the second time, had too little time the first', async () => {
    const { judge } = judgeIn({
      applied: [refused('web1 runs, but does not answer'), taken, taken],
      checks: [verdict('fail')],
    })
    expect(await judge()).toMatchObject({ outcome: 'caught' })
  })

  test('nor the solution, is broken: others judge', async () => {
    const { judge, asked } = judgeIn({
      applied: [refused('no space left'), refused('no space left'), taken],
    })
    expect(await judge()).toEqual({ outcome: 'survived' })
    expect(asked.slice(3, 6)).toEqual(['close', 'open', 'apply'])
  })

  test('nor the solution on others either, judges nothing', async () => {
    const { judge } = judgeIn({ applied: [refused('no space left\nat all')] })
    await expect(judge()).rejects.toThrow('not even the solution is taken: no space left')
  })
})

describe('an error of the environment', () => {
  test('is no verdict: other servers judge', async () => {
    const { judge, asked } = judgeIn({
      checks: [verdict('error', 'the client is gone'), verdict('fail')],
    })
    expect(await judge()).toMatchObject({ outcome: 'caught' })
    expect(asked.slice(3, 6)).toEqual(['close', 'open', 'apply'])
  })

  test('that comes again is told', async () => {
    const { judge } = judgeIn({ checks: [verdict('error', 'the client is gone')] })
    await expect(judge()).rejects.toThrow('addresses: the client is gone')
  })

  test('while a save is applied is one like others', async () => {
    const { judge } = judgeIn({ applied: [new Error('do not start any more'), taken] })
    expect(await judge()).toEqual({ outcome: 'survived' })
  })
})

test('after Ctrl-C nothing is tried again', async () => {
  const interrupted = new AbortController()
  const { judge, asked } = judgeIn({
    signal: interrupted.signal,
    applied: [taken],
    checks: [verdict('error')],
    crowd: () => (interrupted.abort(new Error('SIGINT')), 1),
  })
  await expect(judge()).rejects.toThrow('SIGINT')
  expect(asked).toEqual(['open', 'apply', 'addresses'])
})

import stringWidth from 'string-width'
import { afterEach, describe, expect, test } from 'vitest'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import { initialState, taskInHand, type WatchState } from '../../../labs/cli/watch/state.ts'
import { renderWatch } from '../../../labs/cli/watch/view.ts'
import { labCalled, labs } from '../lab-under-test.ts'

const lab = labCalled('load-balancer')
const waiting = initialState(lab, 'http://127.0.0.1:8080/')
const pass: Verdict = {
  task: 'balance',
  outcome: 'pass',
  ms: 200,
  tests: [{ title: 'shared', outcome: 'pass', trace: [] }],
}
const fail: Verdict = {
  task: 'balance',
  outcome: 'fail',
  ms: 200,
  tests: [
    { title: 'every request is answered', outcome: 'pass', trace: [] },
    {
      title: 'web1 and web2 share the requests evenly',
      outcome: 'fail',
      message: 'web1 answered 60 requests, web2 0',
      expected: '["web1","web2"]',
      observed: '["web1"]',
      trace: ['for i in $(seq 60); do curl -s http://127.0.0.1:8080/whoami; done'],
    },
  ],
}

// Colour is not what is tested here.
// eslint-disable-next-line no-control-regex
const colour = /\u001b\[[0-9;]*m/g
const plain = (lines: readonly string[]) => lines.map((line) => line.replace(colour, ''))
const show = (state: WatchState, columns = 80, rows = 24) =>
  plain(renderWatch(state, { columns, rows }))

afterEach(() => void delete process.env.FOUR_TIERS_LANG)

describe('the watch view', () => {
  test('lists every task and opens the one in hand with expected, observed and how to see it', () => {
    const text = show({ ...waiting, verdicts: { balance: fail } }).join('\n')
    for (const task of lab.tasks) expect(text).toContain(task.title.en)
    expect(text).toMatch(/expected +\["web1","web2"\]/)
    expect(text).toMatch(/observed +\["web1"\]/)
    expect(text).toContain('for i in $(seq 60)')
  })

  test('says which of your files a server refuses, at which line, and that the lab goes on', () => {
    const problems = [
      {
        file: 'nginx/teahouse.conf',
        line: 12,
        message: 'unknown directive "prox_pass"',
        meaning: 'misspelt',
      },
    ]
    const text = show({ ...waiting, problems }).join('\n')
    expect(text).toContain('work/nginx/teahouse.conf:12')
    expect(text).toContain('unknown directive "prox_pass"')
    expect(text).toContain('goes on with the last good files')
  })

  test.each([
    [80, 24],
    [60, 20],
    [120, 50],
    [80, 14],
  ])('never exceeds a screen of %i × %i, in either language', (columns, rows) => {
    for (const language of ['en', 'zh']) {
      process.env.FOUR_TIERS_LANG = language
      const long = { ...fail, tests: Array.from({ length: 9 }, () => fail.tests[1]!) }
      const lines = show(
        { ...waiting, verdicts: { balance: long }, notice: 'x'.repeat(200) },
        columns,
        rows,
      )
      expect(lines.length).toBeLessThanOrEqual(rows)
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns)
    }
  })

  test.each([40, 60, 80])('of every lab fits %i columns, in either language', (columns) => {
    for (const one of labs)
      for (const language of ['en', 'zh']) {
        process.env.FOUR_TIERS_LANG = language
        const state = initialState(one, 'http://127.0.0.1:65535/')
        const passed = one.tasks.map(({ id }) => [id, { ...pass, task: id }] as const)
        const problems = [{ file: `${one.tasks[0]!.files[0]}`, line: 1200, message: 'x' }]
        const timing = { task: state.current, applyMs: 12_100, checkMs: 18_000, totalMs: 30_100 }
        const broken = { web1: 'kill', web2: 'refuse', web3: 'pause', nginx: 'stop' } as const
        const states = [
          { ...state, timing },
          { ...state, problems, broken },
          { ...state, verdicts: Object.fromEntries(passed) },
          { ...state, verdicts: { [state.current]: { ...fail, task: state.current } } },
        ]
        for (const line of states.flatMap((each) => show(each, columns, 60)))
          expect(stringWidth(line), line).toBeLessThanOrEqual(columns)
      }
  })

  test('while a save is judged, what was found before it is not told as news', () => {
    const checking = lab.tasks.map(({ id }) => id)
    const passed = checking.map((task) => [task, { ...pass, task }] as const)
    const verdicts = Object.fromEntries(passed)
    const words = `All ${checking.length} tasks pass`
    expect(show({ ...waiting, verdicts }).join('\n')).toContain(words)
    expect(show({ ...waiting, verdicts, checking }).join('\n')).not.toContain(words)
    const red = { ...waiting, verdicts: { balance: fail } }
    expect(show(red).join('\n')).not.toContain('before this save')
    expect(show({ ...red, checking }).join('\n')).toMatch(/before this save:[^]*observed/)
    expect(show({ ...red, checking: ['dead-server'] }).join('\n')).not.toContain('before this')
  })

  test('an address is never cut', () =>
    expect(show({ ...waiting, url: 'http://127.0.0.1:65535/' }, 40).join('\n')).toContain(
      'http://127.0.0.1:65535/',
    ))

  test('tells what is broken, what is going on, and how long the last save took', () => {
    expect(show({ ...waiting, broken: { web1: 'kill' } }).join('\n')).toContain(
      'broken: web1 (kill)',
    )
    expect(show({ ...waiting, busy: 'applying' }).join('\n')).toContain('applying …')
    const timing = { task: 'static-files', applyMs: 210, checkMs: 180, totalMs: 412 }
    expect(show({ ...waiting, timing }).join('\n')).toContain(
      'task 3 was judged 412 ms after the save',
    )
  })

  test('speaks Chinese to a Chinese reader', () => {
    process.env.FOUR_TIERS_LANG = 'zh'
    expect(show(waiting).join('\n')).toContain(lab.tasks[0]!.title.zh)
  })

  test('the task in hand is the first that does not pass', () => {
    expect(taskInHand(lab, {})).toBe('balance')
    expect(taskInHand(lab, { balance: pass })).toBe('dead-server')
  })
})

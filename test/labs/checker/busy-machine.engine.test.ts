import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import { Reader } from '../cli/reader.ts'
import { outcomes } from '../lab-under-test.ts'
import { besideBusyPrograms } from './busy-programs.ts'

/**
 * True wherever a program has a twentieth of a processor: beside two busy ones for each, even if Linux shares
 * first among sessions and then among all that the reader's own has under way. Never in a crowd of 20.
 */
const inTime = `
import { expect, test } from 'vitest'

test('what takes 50 ms of a processor is done in time', () => {
  const [began, used] = [performance.now(), process.cpuUsage()]
  while (process.cpuUsage(used).user < 50_000);
  expect(performance.now() - began).toBeLessThan(1000)
})
`

let reader: Reader
beforeAll(async () => {
  reader = new Reader()
  await reader.run(['1', 'solution', '--apply'])
  reader.save('checks/greeting.test.ts', inTime)
  const lab = reader.start(['1', '--json'])
  await lab.after('ready', () => undefined)
  await lab.after('idle', () => undefined)
})
afterAll(() => reader?.leave())

/** All tasks, asked from another terminal: our answer is right. */
async function check() {
  const { code, stdout } = await reader.run(['1', 'check', '--json'])
  const { verdicts } = JSON.parse(stdout) as { verdicts: Verdict[] }
  return { code, verdicts, outcomes: outcomes(verdicts) }
}
const right = { balance: 'pass', greeting: 'pass', 'dead-server': 'pass' }

test('in calm a right answer passes', async () =>
  expect(await check()).toMatchObject({ code: 0, outcomes: right }))

test('it passes, too, beside two busy programs for each processor', async () =>
  expect(await besideBusyPrograms(2, check)).toMatchObject({ code: 0, outcomes: right }))

test('in a crowd it never fails: it passes, or the machine is said to be too busy', async () => {
  const { code, verdicts, outcomes } = await besideBusyPrograms(20, check)
  expect(Object.values(outcomes)).not.toContain('fail')
  const late = verdicts.find(({ task }) => task === 'greeting')
  expect(late).toMatchObject({
    outcome: 'error',
    tests: [
      {
        outcome: 'error',
        message: expect.stringMatching(
          /^This machine is too busy to judge this: \d+ programs want each processor\.$/,
        ),
        next: 'close what else runs, then save again',
      },
    ],
  })
  expect(code).toBe(3)
})

test('once there is room it is judged again, and passes', async () =>
  expect(await check()).toMatchObject({ code: 0, outcomes: right }))

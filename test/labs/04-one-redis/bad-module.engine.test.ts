import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyEdits } from '../../../labs/catalog/edits.ts'
import { noAlarms } from '../alarms.ts'
import { labCalled, LabUnderTest, outcomes, reasons } from '../lab-under-test.ts'

/** A cache that misbehaves is the reader's own: it is told where, and the next save is taken. */
const lab = labCalled('one-redis')
const solution = join(lab.folder, 'solution')
const module = 'app/cache.ts'
const text = readFileSync(join(solution, module), 'utf8')
const opening = 'export function openCache({ redisUrl, topicIds }: Forum) {\n'
const reading = '  async function read<T>(name: string, load: Load<T>): Promise<Found<T>> {\n'

let under: LabUnderTest
beforeAll(async () => {
  under = await LabUnderTest.open(lab, 'bad-module')
})
afterAll(() => under?.close())
noAlarms(() => under)

const spoilt = (find: string, replace: string) =>
  new Map([[module, applyEdits(text, [{ find, replace }])]])
const lineOf = (words: string, files: ReadonlyMap<string, string>) =>
  files
    .get(module)!
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1

/** Each answers, with a page of the forum's. */
async function expectToAnswer() {
  const requests = ['web1', 'web2'].map((to) => ({ path: '/', to, port: 3000, timeoutMs: 10_000 }))
  const answers = await under.session.runtime.request({ requests })
  expect(answers.map(({ status, failure }) => failure ?? status)).toEqual([200, 200])
}

async function expectTaken() {
  expect(await under.answer(solution)).toMatchObject({ outcome: 'applied' })
  await expectToAnswer()
}

test.each([
  ['throws', `${opening}  throw new TypeError('no such thing')\n`, /^TypeError: no such thing$/],
  ['waits for ever', `${opening}  for (;;);\n`, /web[12] does not come up|web[12] .*起不来/],
  [
    'gives nothing',
    `${opening}  if (topicIds) return\n`,
    /openCache returned undefined, but Teahouse needs/,
  ],
  [
    'ends the process',
    `${opening}  process.exit(7)\n`,
    /web[12] does not come up|web[12] .*起不来/,
  ],
])(
  'a cache that %s as it is opened is not taken, and the last good one answers',
  { timeout: 300_000 },
  async (_, replace, words) => {
    await under.answer(solution)
    const files = spoilt(opening, replace)
    const applied = await under.answer(solution, files)
    expect(applied).toMatchObject({
      outcome: 'broken',
      problems: [{ file: module, message: expect.stringMatching(words) }],
    })
    const [problem] = applied.outcome === 'broken' ? applied.problems : []
    if (problem?.line) expect(problem.line).toBe(lineOf('no such thing', files))
    await expectToAnswer()
  },
)

test.each([
  [
    'throws',
    "    throw new TypeError('no such thing')\n",
    /web1: TypeError: no such thing \(app\/cache\.ts:\d+\)/,
  ],
  ['gives nonsense', '    if (name) return 7 as never\n', undefined],
  ['never answers', '    await new Promise(() => {})\n', undefined],
  ['blocks the loop', '    for (;;);\n', undefined],
])(
  'a cache that %s when it is read fails, by its own fault, and the next save is taken',
  { timeout: 300_000 },
  async (_, replace, words) => {
    await under.answer(solution)
    expect(await under.answer(solution, spoilt(reading, reading + replace))).toMatchObject({
      outcome: 'applied',
    })
    const [verdict] = await under.check(['cache-aside'], { bail: true })
    expect(verdict).toMatchObject({ outcome: 'fail' })
    const failed = verdict!.tests.find(({ outcome }) => outcome === 'fail')
    if (words) expect(failed?.said).toMatch(words)
    await expectTaken()
  },
)

test('a cache that ends its server by an error that nobody waits for fails, with the line, and the server runs again', async () => {
  const careless = "    setTimeout(() => Promise.reject(new TypeError('nobody waits')), 1)\n"
  const files = spoilt(reading, reading + careless)
  await under.answer(solution)
  await under.answer(solution, files)
  const [verdict] = await under.check(['cache-aside'], { bail: true })
  expect(verdict).toMatchObject({ outcome: 'fail' })
  const failed = verdict!.tests.find(({ outcome }) => outcome === 'fail')
  expect(failed).toMatchObject({
    message: expect.stringMatching(
      `web[12]: TypeError: nobody waits \\(app/cache\\.ts:${lineOf('nobody waits', files)}\\)`,
    ),
    next: expect.stringMatching(/^npm run lab 4 logs web[12]$/),
  })
  const states = await under.session.runtime.status()
  expect(states.filter(({ state }) => state !== 'running')).toEqual([])
  await expectTaken()
})

test('a server that is down is no reason to refuse the next save', async () => {
  await under.session.runtime.server('web1').kill()
  const other = new Map([[module, `${text}\n// once more\n`]])
  expect(await under.answer(solution, other)).toMatchObject({ outcome: 'applied' })
  await expectToAnswer()
})

test('a cache that leaves a timer behind each reading is judged by what it does', async () => {
  const timer = '    setInterval(() => name, 60_000)\n'
  await under.answer(solution, spoilt(reading, reading + timer))
  const verdicts = await under.check(['cache-aside'], { bail: true })
  expect(outcomes(verdicts), reasons(verdicts)).toEqual({ 'cache-aside': 'pass' })
})

test('visitors who come while a save restarts the servers cost the check behind it nothing', async () => {
  const requests = Array.from({ length: 400 }, () => ({ path: '/' }))
  let isSaved = false
  const visited = (async () => {
    let failed = 0
    while (!isSaved) {
      const answers = await under.session.runtime.request({
        requests,
        concurrency: 16,
        bodies: false,
      })
      failed += answers.filter(({ status }) => status !== 200).length
    }
    return failed
  })()
  await under.answer(solution, new Map([[module, `${text}\n// visited\n`]]))
  isSaved = true
  expect(await visited).toBeGreaterThan(0)
  const verdicts = await under.check(['cache-aside'], { bail: true })
  expect(outcomes(verdicts), reasons(verdicts)).toEqual({ 'cache-aside': 'pass' })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { containerOf, docker, engineOfTests, whatIsLeft } from './engine-of-tests.ts'
import { Reader } from './reader.ts'
import type { RunningCommand } from './running-command.ts'

let reader: Reader
let engine: Engine
let lab: RunningCommand
let url: string

beforeAll(async () => {
  engine = await engineOfTests()
  reader = new Reader()
  await reader.run(['1', 'solution', '--apply'])
  lab = reader.start(['1', '--json'])
  url = (await lab.after('ready', () => undefined)).url
  await lab.after('idle', () => undefined)
})
afterAll(async () => {
  await reader.leave()
  await engine.release()
})

const json = async <T>(...words: readonly string[]) => {
  const { code, stdout } = await reader.run(['1', ...words, '--json'])
  return { code, told: JSON.parse(stdout) as T }
}
/** How many of some requests each web server answers. */
async function servedBy(): Promise<Set<string | null>> {
  const ask = () => fetch(url).then(({ headers }) => headers.get('x-served-by'))
  const names = new Set<string | null>()
  for (let i = 0; i < 12; i++) names.add(await ask())
  return names
}

test('the same lab is not started twice: the answer names the process, and what to type', async () => {
  const { code, stderr } = await reader.run(['1'])
  expect(code).toBe(3)
  expect(stderr).toContain(`Lab 1 runs already, in process ${lab.pid}.`)
  expect(stderr).toContain('npm run lab 1 down')
  expect((await reader.run([])).stdout).toContain('runs now')
})

test('one task can be checked by its name or its number', async () => {
  for (const name of ['greeting', '2']) {
    const { code, told } = await json<{ verdicts: Verdict[] }>('check', name)
    expect(code).toBe(0)
    expect(told.verdicts).toMatchObject([{ task: 'greeting', outcome: 'pass' }])
  }
})

test('open tells the address, logs what a server says', async () => {
  expect((await json('open')).told).toEqual({ lab: 'tiny', url })
  expect((await reader.run(['1', 'logs'])).stdout).toMatch(/── nginx ─[^]*── web1 ─[^]*── web2 ─/)
  const { told } = await json<{ service: string; lines: string[] }>('logs', 'nginx')
  expect(told.lines.join('\n')).toContain('start worker process')
})

describe('break and mend', () => {
  test.each(['kill', 'stop', 'cut', 'refuse'])(
    '%s takes web1 from the site, and mend brings it back',
    async (how) => {
      expect(await servedBy()).toContain('web1')
      expect((await json('break', 'web1', how)).told).toMatchObject({ server: 'web1', broken: how })
      expect(await servedBy()).not.toContain('web1')
      expect((await json('mend')).told).toMatchObject({ mended: ['web1'] })
      await expect.poll(servedBy, { timeout: 30_000 }).toContain('web1')
    },
  )

  test('pause freezes web1: whoever asks it waits, so the site is asked for once it is mended', async () => {
    const state = () =>
      docker(engine, 'inspect', '--format', '{{.State.Status}}', containerOf(reader, 'web1'))
    await json('break', 'web1', 'pause')
    expect(await state()).toBe('paused')
    await json('mend', 'web1')
    expect(await state()).toBe('running')
    expect(await servedBy()).toContain('web1')
  })

  test.each([
    [['client'], /It runs: nginx, web1, web2/],
    [['web9'], /no server "web9"/],
    [['nginx', 'refuse'], /nginx cannot close its port; only web1, web2 can/],
  ])('%j is no way to break the site', async (words, told) => {
    const { code, stderr } = await reader.run(['1', 'break', ...words])
    expect(code).toBe(2)
    expect(stderr).toMatch(told)
  })
})

test('servers that died by themselves make a check an error, which names them', async () => {
  const dead = ['web1', 'web2'].map((service) => containerOf(reader, service))
  await docker(engine, 'kill', ...dead)
  const { code, told } = await json<{ outcome: string; verdicts: Verdict[] }>('check', 'balance')
  expect([code, told.outcome]).toEqual([3, 'error'])
  const words = JSON.stringify(told.verdicts)
  expect(words).toMatch(/(?:web1, web2|web2, web1) died while the check ran/)
  expect(words).toContain('npm run lab 1 logs')
  await docker(engine, 'start', ...dead)
  await expect.poll(async () => (await fetch(url)).status, { timeout: 60_000 }).toBe(200)
})

test('a second copy of the book runs the same lab beside it', async () => {
  const other = new Reader()
  try {
    const check = await other.run(['1', 'check', 'balance', '--json'])
    expect(JSON.parse(check.stdout)).toMatchObject({ outcome: 'fail', exitCode: 1 })
    expect(await whatIsLeft(engine, other)).toEqual([])
    expect((await fetch(url)).status).toBe(200)
  } finally {
    await other.leave()
  }
})

test('load tells what a second server buys', async () => {
  const { code, told } = await json<{ rows: { servers: string[]; errors: number }[] }>('load')
  expect(code).toBe(0)
  expect(told.rows.map(({ servers }) => servers.length)).toEqual([1, 2])
  expect(told.rows.map(({ errors }) => errors)).toEqual([0, 0])
})

test('down ends the lab of the other terminal, and leaves nothing', async () => {
  expect((await json('down')).told).toMatchObject({ down: true })
  expect((await lab.ended).code).toBe(130)
  expect(await whatIsLeft(engine, reader)).toEqual([])
})

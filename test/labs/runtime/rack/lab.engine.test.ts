import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { labCalled, LabUnderTest } from '../../lab-under-test.ts'

const lab = labCalled('layer-four')
const solution = join(lab.folder, 'solution')
let under: LabUnderTest
const runtime = () => under.session.runtime

beforeAll(async () => {
  under = await LabUnderTest.open(lab, 'rack')
  expect(await under.answer(solution)).toMatchObject({ outcome: 'applied' })
})
afterAll(() => under?.close())

/** Edits the reader's file, and tells what became of the save. */
function save(file: string, change: (text: string) => string) {
  const path = join(under.session.place.work, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
  return runtime().apply()
}
const out = async (machine: string, ...command: string[]) =>
  (await runtime().exec(machine, command)).stdout
const held = async (machine: string) =>
  (await out(machine, 'ip', '-o', 'addr')).includes('192.0.2.100/')

test('the site is reached through the virtual address, from the reader’s own port, too', async () => {
  await expect.poll(() => held('lvs1'), { timeout: 20_000 }).toBe(true)
  const [answer] = await runtime().request({ requests: [{ path: '/whoami' }] })
  expect(answer?.headers['x-client']).toBe('192.0.2.50')
  const { ports } = under.session.place
  const page = await fetch(`http://127.0.0.1:${ports['FRONT_PORT']}/`)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('Teahouse')
})

test('a save reaches the kernel’s table without a restart of keepalived', async () => {
  const pid = await out('lvs1', 'cat', '/run/lvs1/keepalived.pid')
  const applied = await save('virtual-servers.conf', (text) => text.replace('weight 3', 'weight 7'))
  expect(applied).toMatchObject({ outcome: 'applied', files: ['virtual-servers.conf'] })
  const table = () => out('lvs1', 'ipvsadm', '-Sn')
  await expect.poll(table, { timeout: 20_000 }).toContain('-w 7')
  expect(await out('lvs1', 'cat', '/run/lvs1/keepalived.pid')).toBe(pid)
})

test('what keepalived refuses is not taken: the last good files go on', async () => {
  const before = await out('lvs1', 'cat', '/lab/virtual-servers.conf')
  const broken = await save('virtual-servers.conf', (text) =>
    text.replace('lvs_sched rr', 'lvs_shed rr'),
  )
  expect(broken).toMatchObject({
    outcome: 'broken',
    problems: [{ file: 'virtual-servers.conf', line: 6, message: "Unknown keyword 'lvs_shed'" }],
  })
  expect(await out('lvs1', 'cat', '/lab/virtual-servers.conf')).toBe(before)
  await save('virtual-servers.conf', (text) => text.replace('lvs_shed', 'lvs_sched'))
})

test('what ip refuses is not taken either, and the servers run with the old addresses', async () => {
  const broken = await save('real-server/addresses', (text) => `${text}adress add 1.2.3.4 dev lo\n`)
  expect(broken).toMatchObject({
    outcome: 'broken',
    problems: [{ file: 'real-server/addresses', message: expect.stringContaining('adress') }],
  })
  expect(await out('nginx1', 'ip', '-o', 'addr', 'show', 'lo')).toContain('192.0.2.101/32')
  const states = await runtime().status()
  expect(states.every(({ state }) => state === 'running')).toBe(true)
  await save('real-server/addresses', (text) => text.replace('adress add 1.2.3.4 dev lo\n', ''))
})

test('a closed port and an open one: the machine itself goes on', async () => {
  const ask = async (port: number) => {
    const requests = [{ to: 'nginx2', port, path: '/', timeoutMs: 5000 }]
    return (await runtime().request({ requests }))[0]
  }
  await runtime().refuse('nginx2')
  expect((await ask(80))?.failure).toContain('ECONNREFUSED')
  expect((await ask(9100))?.status).toBe(200)
  await runtime().admit('nginx2')
  expect((await ask(80))?.status).toBe(200)
})

test('every way to break a machine has its way back', async () => {
  const state = async () =>
    (await runtime().status()).find(({ service }) => service === 'nginx1')?.state
  for (const [how, back, seen] of [
    ['kill', 'start', 'exited'],
    ['stop', 'start', 'exited'],
    ['crash', 'start', 'exited'],
    ['pause', 'resume', 'paused'],
    ['cut', 'mend', 'running'],
  ] as const) {
    await runtime()[how]('nginx1')
    expect(await state(), how).toBe(seen)
    await runtime()[back]('nginx1')
    expect(await state(), back).toBe('running')
  }
})

test('the last words of a machine can be read', async () => {
  expect(await runtime().logs({ services: ['lvs1'], tail: 500 })).toContain('(FRONT) Entering')
})

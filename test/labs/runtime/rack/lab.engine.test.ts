import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noAlarms } from '../../alarms.ts'
import { labCalled, LabUnderTest } from '../../lab-under-test.ts'
import { handsOn, testMachines } from './machines.ts'

const lab = labCalled('layer-four')
const solution = join(lab.folder, 'solution')
let under: LabUnderTest
const hands = handsOn(() => under)
const { runtime, out, save } = hands

beforeAll(async () => {
  under = await LabUnderTest.open(lab, 'rack')
  expect(await under.answer(solution)).toMatchObject({ outcome: 'applied' })
})
afterAll(() => under?.close())
noAlarms(() => under)

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

testMachines(hands)

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
    await runtime().server('nginx1')[how]()
    expect(await state(), how).toBe(seen)
    await runtime().server('nginx1')[back]()
    expect(await state(), back).toBe('running')
  }
})

test('the last words of a machine can be read', async () => {
  expect(await runtime().server('lvs1').logs(500)).toContain('(FRONT) Entering')
})

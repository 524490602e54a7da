import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { noAlarms } from '../../alarms.ts'
import { labCalled, LabUnderTest } from '../../lab-under-test.ts'
import { handsOn, testMachines } from './machines.ts'

/**
 * Lab 2 with directors that bring no kernel. The one of a test machine may have no IPVS, and without it
 * keepalived ends at its first virtual server: so there is none here, and what needs one is proved with
 * directors that bring theirs (proof.engine.test.ts).
 */
const lab = labCalled('layer-four')
let under: LabUnderTest
const hands = handsOn(() => under)
const { runtime, out, save } = hands
const nothing = new Map([['virtual-servers.conf', '# Nothing is balanced.\n']])
const takeSolution = () => under.answer(join(lab.folder, 'solution'), nothing)
const holds = async (machine: string, address: string) =>
  (await out(machine, 'ip', '-o', '-4', 'addr')).includes(` ${address}/`)

beforeAll(async () => {
  vi.stubEnv('FOUR_TIERS_KERNEL', 'engine')
  under = await LabUnderTest.open(lab, 'engine-kernel')
  expect(await takeSolution()).toMatchObject({ outcome: 'applied' })
})
afterAll(() => under?.close())
noAlarms(() => under)

test('a machine has the cards and the addresses of the lab, and none of Docker’s', async () => {
  const cards = async (machine: string) =>
    [...(await out(machine, 'ip', '-o', '-4', 'addr')).matchAll(/: (\S+) +inet (\S+)/g)]
      .map(([, card, address]) => `${card} ${address}`)
      .filter((line) => !line.startsWith('lo 127.'))
      .sort()
  expect(await cards('web1')).toEqual(['eth1 10.77.0.21/24'])
  expect(await cards('nginx1')).toEqual([
    'eth0 192.0.2.11/24',
    'eth1 10.77.0.11/24',
    'lo 192.0.2.101/32',
  ])
  expect(await cards('client')).toHaveLength(9)
})

test('readers ask from an address of their own, the forum answers, and the switch floods', async () => {
  const requests = [{ to: 'nginx1', path: '/whoami', from: '192.0.2.53' }]
  const [answer] = await runtime().request({ requests })
  expect(answer).toMatchObject({ status: 200, headers: { 'x-client': '192.0.2.53' } })
})

describe('the virtual addresses', () => {
  const settled = (machine: string, address = '192.0.2.100') =>
    expect.poll(() => holds(machine, address), { timeout: 20_000 }).toBe(true)

  test('move when lvs1 dies, and come back with it', async () => {
    await settled('lvs1')
    expect(await holds('lvs2', '192.0.2.100')).toBe(false)
    await runtime().server('lvs1').kill()
    await settled('lvs2')
    await runtime().server('lvs1').start()
    await settled('lvs1')
  })

  test('a pulled cable leaves the machine its addresses, and makes two masters', async () => {
    await settled('lvs1', '10.77.0.100')
    await runtime().server('lvs1').cut()
    await settled('lvs2', '10.77.0.100')
    expect(await holds('lvs1', '10.77.0.100')).toBe(true)
    await runtime().server('lvs1').mend()
    const holders = async () =>
      (await Promise.all(['lvs1', 'lvs2'].map((one) => holds(one, '10.77.0.100')))).join()
    await expect.poll(holders, { timeout: 20_000 }).toBe('true,false')
  })

  test('the switch behind drops multicast: two who trust in it are both masters', async () => {
    for (const one of ['lvs1', 'lvs2'])
      await save(`${one}/keepalived.conf`, (text) => text.replace(/unicast_src_ip 10[^}]*}\n/, ''))
    await settled('lvs1', '10.77.0.100')
    await settled('lvs2', '10.77.0.100')
    await takeSolution()
  })
})

describe('the kernel settings of the real servers', () => {
  const setting = (name: string) => out('nginx1', 'sysctl', '-n', name)

  test('are those of the file, one card’s too', async () => {
    expect(await setting('net.ipv4.conf.all.arp_ignore')).toBe('1')
    const applied = await save('real-server/sysctl.conf', (text) =>
      text.replaceAll('conf.all.', 'conf.eth0.'),
    )
    expect(applied).toMatchObject({ outcome: 'applied', files: ['real-server/sysctl.conf'] })
    expect(await setting('net.ipv4.conf.all.arp_ignore')).toBe('0')
    expect(await setting('net.ipv4.conf.eth0.arp_ignore')).toBe('1')
    expect(await setting('net.ipv4.conf.eth1.arp_ignore')).toBe('0')
  })

  test.each([
    ['a name that the kernel does not know', 'arp_announce = 2', 'arp_anounce = 2', 'arp_anounce'],
    ['a value that it refuses', 'arp_announce = 2', 'arp_announce = two', 'arp_announce'],
    [
      'a name that is the whole machine’s',
      'net.ipv4.conf.eth0.arp_ann',
      'kernel.panic = 1\nnet.ipv4.conf.eth0.arp_ann',
      'kernel.panic',
    ],
    ['a line that is no setting', 'arp_announce = 2', 'arp_announce', 'sysctl'],
  ])('%s is not taken', async (_, from, to, told) => {
    const broken = await save('real-server/sysctl.conf', (text) => text.replace(from, to))
    expect(broken).toMatchObject({
      outcome: 'broken',
      problems: [{ file: 'real-server/sysctl.conf', message: expect.stringContaining(told) }],
    })
    expect(await setting('net.ipv4.conf.eth0.arp_announce')).toBe('2')
    await save('real-server/sysctl.conf', (text) => text.replace(to, from))
  })
})

testMachines(hands)

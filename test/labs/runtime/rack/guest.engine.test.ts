import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../../../labs/runtime/docker/engine.ts'
import { RACK_IMAGE } from '../../../../labs/runtime/docker/offline/catalog.ts'
import { bootGuest, type Guest } from '../../../../labs/runtime/rack/guest.ts'
import type { Topology } from '../../../../labs/runtime/rack/topology.ts'
import { takeEngine } from '../../../real/engine.ts'

const on = (wire: string, ...addresses: string[]) => ({ eth0: { switch: wire, addresses } })
const topology: Topology = {
  switches: { front: {}, mute: { multicast: false } },
  machines: {
    client: { ports: on('front', '192.0.2.50/24') },
    director: { ports: on('front', '192.0.2.2/24', '192.0.2.100/32') },
    server1: { ports: on('front', '192.0.2.11/24'), command: ['sleep', '1000'] },
    quiet1: { ports: on('mute', '10.9.0.1/24') },
    quiet2: { ports: on('mute', '10.9.0.2/24') },
  },
}

let engine: Engine
let guest: Guest
beforeAll(async () => {
  engine = await takeEngine([RACK_IMAGE])
  guest = await bootGuest({ engine, topology })
})
afterAll(async () => {
  await guest?.close()
  await engine?.release()
})

const sh = async (machine: string, script: string) => {
  const { exitCode, stdout } = await guest.exec(machine, ['sh', '-c', script])
  return exitCode === 0 ? stdout : `exit ${exitCode}`
}

test('the kernel has IPVS, whatever the host has', async () => {
  await sh('director', 'ipvsadm -A -t 192.0.2.100:80 -s wrr')
  await sh('director', 'ipvsadm -a -t 192.0.2.100:80 -r 192.0.2.11:80 -g -w 3')
  expect(await sh('director', 'ipvsadm -Sn')).toContain(
    '-a -t 192.0.2.100:80 -r 192.0.2.11:80 -g -w 3',
  )
  expect(await sh('client', 'ipvsadm -Sn')).toBe('')
})

test('machines reach each other by name, and no longer when a cable is pulled', async () => {
  const ping = () => sh('client', 'arping -q -c 1 -w 1 -I eth0 192.0.2.11 && getent hosts server1')
  expect(await ping()).toMatch(/^192\.0\.2\.11\s+server1$/)
  await guest.cut('server1')
  expect(await ping()).toBe('exit 1')
  expect(await sh('server1', 'cat /sys/class/net/eth0/carrier')).toBe('1')
  await guest.mend('server1')
  expect(await ping()).toMatch(/server1$/)
})

test('a machine that was killed is made anew', async () => {
  await sh('server1', 'ip addr add 192.0.2.99/24 dev eth0')
  await guest.kill('server1')
  expect(await guest.status()).toContainEqual({ machine: 'server1', state: 'exited' })
  await guest.start('server1')
  expect(await guest.status()).toContainEqual({ machine: 'server1', state: 'running' })
  expect(await sh('server1', 'ip -o -4 addr show eth0')).not.toContain('192.0.2.99')
})

/** Sends a frame to 224.0.0.18 (VRRP), and tells whether the neighbour has heard it. */
async function hears(from: string, to: string): Promise<boolean> {
  const heard = sh(to, 'timeout 2 tcpdump -c 1 -nn -i eth0 dst 224.0.0.18 2>/run/listening')
  await sh(to, 'until grep -q listening /run/listening; do sleep 0.02; done')
  await sh(to, 'rm /run/listening')
  await sh(from, 'echo x >/tmp/x; bash -c "echo hello >/dev/udp/224.0.0.18/112"')
  return (await heard).includes('224.0.0.18')
}

test('a switch may drop multicast', async () => {
  await sh('client', 'ip route add default dev eth0')
  await sh('quiet1', 'ip route add default dev eth0')
  expect(await hears('client', 'director')).toBe(true)
  expect(await hears('quiet1', 'quiet2')).toBe(false)
})

test('files arrive as they are, and the old ones are gone', async () => {
  await guest.put('/lab', { 'a/one': '茶\n', two: 'x'.repeat(300_000) })
  expect((await sh('director', 'cat /lab/two')).length).toBe(300_000)
  await guest.put('/lab', { 'a/one': '茶 again\n' })
  expect(await sh('director', 'cd /lab && find . -type f && cat a/one')).toBe('./a/one\n茶 again')
})

test('a request that nobody answers comes back with its reason', async () => {
  const { failure } = (await guest.request({ requests: [{ path: '/', to: 'director' }] }))[0]!
  expect(failure).toMatch(/ECONNREFUSED/)
})

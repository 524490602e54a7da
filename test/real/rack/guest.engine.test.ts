import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { RACK_IMAGE } from '../../../labs/runtime/docker/offline/catalog.ts'
import { bootGuest, type Guest } from './guest.ts'
import type { Topology } from './topology.ts'
import { takeEngine } from '../engine.ts'

const on = (wire: string, ...addresses: string[]) => ({ eth0: { switch: wire, addresses } })
const topology: Topology = {
  switches: ['front'],
  machines: {
    client: { ports: on('front', '192.0.2.50/24') },
    director: { ports: on('front', '192.0.2.2/24', '192.0.2.100/32') },
    server1: { ports: on('front', '192.0.2.11/24') },
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

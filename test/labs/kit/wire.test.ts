import { expect, test } from 'vitest'
import { parseFrames } from '../../../labs/kit/frames.ts'
import { parseConnections, parseTable } from '../../../labs/kit/ipvs.ts'
import { Wire } from '../../../labs/kit/wire.ts'

test('the kernel’s table is read row by row, with method and weight', () => {
  const output = `-A -t 192.0.2.100:80 -s rr
-a -t 192.0.2.100:80 -r 10.77.0.11:80 -m -w 1
-A -t 192.0.2.101:80 -s wrr
-a -t 192.0.2.101:80 -r 192.0.2.12:80 -g -w 0`
  expect(parseTable(output)).toEqual([
    { service: '192.0.2.100:80', server: '10.77.0.11:80', method: 'nat', weight: 1 },
    { service: '192.0.2.101:80', server: '192.0.2.12:80', method: 'direct', weight: 0 },
  ])
})

test('what a persistent service remembers of a reader is no connection', () => {
  const output = `IPVS connection entries
pro expire state       source             virtual            destination
TCP 01:57  TIME_WAIT   192.0.2.50:51234   192.0.2.100:8002   10.77.0.11:80
TCP 04:12  NONE        192.0.2.50:0       192.0.2.100:8002   10.77.0.11:80`
  expect(parseConnections(output)).toEqual([
    { client: '192.0.2.50:51234', service: '192.0.2.100:8002', server: '10.77.0.11:80' },
  ])
})

test('a frame has two MAC addresses, and two addresses with their ports', () => {
  const output =
    '12:00:00.1 02:00:00:00:01:01 > 02:00:00:00:06:01, ethertype IPv4 (0x0800), length 74: 192.0.2.50.41234 > 192.0.2.101.80: Flags [S], seq 1'
  expect(parseFrames(output)).toEqual([
    {
      from: '02:00:00:00:01:01',
      to: '02:00:00:00:06:01',
      source: '192.0.2.50.41234',
      target: '192.0.2.101.80',
    },
  ])
})

const saying = (stdout: string) =>
  new Wire({
    exec: () => Promise.resolve({ exitCode: 0, stdout, stderr: '' }),
    request: () => Promise.reject(new Error('not asked')),
    again: () => Promise.reject(new Error('not asked')),
  })

test('the counters are those of the service that is asked for', async () => {
  const stdout = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
  -> RemoteAddress:Port
TCP  192.0.2.100:80                      8       48       40     3000     4000
  -> 10.77.0.11:80                       4       24       20     1500     2000`
  const counted = (service: string) => saying(stdout).counters('lvs1', service)
  expect(await counted('192.0.2.100:80')).toEqual({ in: 48, out: 40 })
  expect(await counted('192.0.2.10:80')).toEqual({ in: 0, out: 0 })
})

test('an address is held by whoever has just that one, not a longer one', async () => {
  const holders = (stdout: string) => saying(stdout).holders('192.0.2.10', ['lvs1'])
  expect(await holders('2: eth0    inet 192.0.2.100/32 scope global eth0')).toEqual([])
  expect(await holders('2: eth0    inet 192.0.2.10/32 scope global eth0')).toEqual(['lvs1'])
})

test('everybody who answers for an address is listed once', async () => {
  const stdout = `ARPING 192.0.2.101 from 192.0.2.50 eth0
Unicast reply from 192.0.2.101 [02:00:00:00:06:01]  0.6ms
Unicast reply from 192.0.2.101 [02:00:00:00:04:0A]  0.8ms
Unicast reply from 192.0.2.101 [02:00:00:00:06:01]  0.5ms`
  const macs = await saying(stdout).neighbours('192.0.2.101', 'client', 'eth0')
  expect(macs).toEqual(['02:00:00:00:04:0a', '02:00:00:00:06:01'])
})

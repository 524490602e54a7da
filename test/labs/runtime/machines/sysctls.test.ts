import { describe, expect, test } from 'vitest'
import { parseSysctls, settingsFor } from '../../../../labs/runtime/machines/sysctls.ts'

describe('sysctl.conf(5)', () => {
  test('comments and empty lines are none, the last line of a name wins', () =>
    expect(parseSysctls('# a\n; b\n\nnet.ipv4.ip_forward=0\nnet.ipv4.ip_forward = 1\n')).toEqual([
      { name: 'net.ipv4.ip_forward', value: '1' },
    ]))

  test('a leading hyphen lets an error pass, and is no part of the name', () =>
    expect(parseSysctls('-net.ipv4.ip_forward = 1')).toEqual([
      { name: 'net.ipv4.ip_forward', value: '1' },
    ]))

  test('both separators: the first one says which it is', () =>
    expect(parseSysctls('net/ipv4/conf/eth0.5/arp_ignore=1').map(({ name }) => name)).toEqual([
      'net.ipv4.conf.eth0/5.arp_ignore',
    ]))
})

describe('a setting of one card', () => {
  const settings = parseSysctls(
    'net.ipv4.conf.all.arp_ignore = 1\nnet.ipv4.conf.eth0.arp_announce = 2\nnet.ipv4.conf.eth0.arp_ignore = 1\nnet.ipv4.conf.lo.arp_ignore = 1\n',
  )

  const cards = { eth0: 'front', eth1: 'back' }

  test('stands with the others up to Engine 26', () =>
    expect(settingsFor(settings, cards, 45)).toEqual({
      sysctls: {
        'net.ipv4.conf.all.arp_ignore': '1',
        'net.ipv4.conf.eth0.arp_announce': '2',
        'net.ipv4.conf.eth0.arp_ignore': '1',
        'net.ipv4.conf.lo.arp_ignore': '1',
      },
      networks: {},
    }))

  test('belongs to its network from Engine 27 on', () =>
    expect(settingsFor(settings, cards, 46)).toEqual({
      sysctls: { 'net.ipv4.conf.all.arp_ignore': '1', 'net.ipv4.conf.lo.arp_ignore': '1' },
      networks: {
        front: {
          driver_opts: {
            'com.docker.network.endpoint.sysctls':
              'net.ipv4.conf.IFNAME.arp_announce=2,net.ipv4.conf.IFNAME.arp_ignore=1',
          },
        },
      },
    }))
})

import { expect, test } from 'vitest'
import { freeBridge } from '../../../../../labs/runtime/docker/offline/bridges.ts'

const prefix = 'ft-000000007'

test('two engines begin to look at two places', () => {
  expect(freeBridge(prefix, [])).toEqual({ name: 'ft-000000007007', gateway: '10.200.7.1/24' })
  expect(freeBridge('ft-0000000fe', [])).toMatchObject({ gateway: '10.200.254.1/24' })
})

test('a network that is taken, as a whole or in part, is passed over', () => {
  const found = freeBridge(prefix, ['10.200.7.9/32', '10.200.8.0/23'])
  expect(found).toEqual({ name: 'ft-00000000700a', gateway: '10.200.10.1/24' })
  expect(freeBridge('ft-0000000ff', ['10.200.255.1/24'])).toMatchObject({
    gateway: '10.200.0.1/24',
  })
})

test('a tunnel that takes 10.0.0.0/8 leaves the others, and one that takes all leaves none', () => {
  const found = freeBridge(prefix, ['10.0.0.0/8'])
  expect(found).toEqual({ name: 'ft-000000007107', gateway: '172.29.7.1/24' })
  const all = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
  expect(freeBridge(prefix, all)).toEqual({ name: prefix })
})

test('another network has another name, which the kernel allows', () => {
  const names = [[], ['10.200.7.0/24'], ['10.0.0.0/8']].map((used) => freeBridge(prefix, used).name)
  expect(new Set(names).size).toBe(3)
  for (const name of names) expect(name.length).toBeLessThanOrEqual(15)
})

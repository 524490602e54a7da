import { expect, test } from 'vitest'
import { freeGateway } from '../../../../../labs/runtime/docker/offline/bridges.ts'

test('two engines begin to look at two places', () => {
  expect(freeGateway('ft-0000000007', [])).toBe('10.200.7.1/24')
  expect(freeGateway('ft-00000000fe', [])).toBe('10.200.254.1/24')
})

test('a network that is taken, as a whole or in part, is passed over', () => {
  const used = ['10.200.7.9/32', '10.200.8.0/23']
  expect(freeGateway('ft-0000000007', used)).toBe('10.200.10.1/24')
  expect(freeGateway('ft-00000000ff', ['10.200.255.1/24'])).toBe('10.200.0.1/24')
})

test('a tunnel that takes 10.0.0.0/8 leaves the others, and one that takes all leaves none', () => {
  expect(freeGateway('ft-0000000007', ['10.0.0.0/8'])).toBe('172.29.7.1/24')
  const all = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
  expect(freeGateway('ft-0000000007', all)).toBeUndefined()
})

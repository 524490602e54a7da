import { afterEach, expect, test, vi } from 'vitest'
import { chooseKernel, fixedSubnets } from '../../../labs/session/kernel.ts'
import { labCalled } from '../../labs/lab-under-test.ts'

const lab = labCalled('layer-four')
afterEach(() => vi.unstubAllEnvs())

test('the networks that nobody else may have are those of the Compose file', () =>
  expect(fixedSubnets(lab)).toEqual(['192.0.2.0/24', '10.77.0.0/24']))

test.each(['engine', 'guest'])(
  'FOUR_TIERS_KERNEL=%s is obeyed without a question',
  async (wish) => {
    vi.stubEnv('FOUR_TIERS_KERNEL', wish)
    expect(await chooseKernel(lab, 'x', { env: { PATH: '' }, imagePrefix: '' })).toBe(wish)
  },
)

test('where no engine says that it has IPVS, the lab brings a kernel', async () =>
  expect(await chooseKernel(lab, 'x', { env: { PATH: '' }, imagePrefix: '' })).toBe('guest'))

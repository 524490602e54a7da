import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { chooseKernel, wantedSubnets } from '../../../labs/session/kernel.ts'
import { labCalled } from '../../labs/lab-under-test.ts'
import { fakeDocker } from '../runtime/docker/fake-docker.ts'

let docker: ReturnType<typeof fakeDocker>
const networks = (subnet: string) => ({ front: { ipam: { config: [{ subnet }] } }, other: {} })
const answer = (subnet: string) =>
  docker.write('answer', JSON.stringify({ services: {}, networks: networks(subnet) }))
beforeEach(() => {
  docker = fakeDocker()
  // Reserved: no machine is in it.
  answer('240.1.1.0/24')
})
afterEach(() => {
  docker.remove()
  vi.unstubAllEnvs()
})
const place = () => ({ ...docker.place, lab: labCalled('layer-four') })

test('the networks that nobody else may have are those that Compose would make', async () =>
  expect(await wantedSubnets(place())).toEqual(['240.1.1.0/24']))

test.each(['engine', 'guest'])(
  'FOUR_TIERS_KERNEL=%s is obeyed without a question',
  async (wish) => {
    vi.stubEnv('FOUR_TIERS_KERNEL', wish)
    expect(await chooseKernel(place())).toBe(wish)
    expect(docker.asked()).toBe(0)
  },
)

test('where no engine says that it has IPVS, the lab brings a kernel', async () => {
  docker.write('refuse', '')
  expect(await chooseKernel(place())).toBe('guest')
})

test('nor where it has, and this machine is in one of those networks itself', async () => {
  expect(await chooseKernel(place())).toBe('engine')
  answer('127.0.0.0/24')
  expect(await chooseKernel(place())).toBe('guest')
})

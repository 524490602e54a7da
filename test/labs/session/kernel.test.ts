import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { chooseKernel } from '../../../labs/session/kernel.ts'
import { labCalled } from '../../labs/lab-under-test.ts'
import { fakeDocker } from '../runtime/docker/fake-docker.ts'

let docker: ReturnType<typeof fakeDocker>
beforeEach(() => void (docker = fakeDocker()))
afterEach(() => {
  docker.remove()
  vi.unstubAllEnvs()
})
const place = () => ({ ...docker.place, lab: labCalled('layer-four') })

test.each(['engine', 'guest'])(
  'FOUR_TIERS_KERNEL=%s is obeyed without a question',
  async (wish) => {
    vi.stubEnv('FOUR_TIERS_KERNEL', wish)
    expect(await chooseKernel(place())).toBe(wish)
    expect(docker.asked()).toBe(0)
  },
)

test('an engine with IPVS carries the directors itself', async () => {
  docker.write('answer', '')
  expect(await chooseKernel(place())).toBe('engine')
})

test('where no engine says that it has IPVS, the directors bring a kernel', async () => {
  docker.write('refuse', '')
  expect(await chooseKernel(place())).toBe('guest')
})

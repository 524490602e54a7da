import { describe, expect, test } from 'vitest'
import { cpusOf, limitOptions } from '../../../../labs/runtime/docker/limits.ts'
import {
  restartsOf,
  secondsToStop,
  secondsToUnhealthy,
} from '../../../../labs/runtime/docker/supervision.ts'

const seconds = (count: number) => count * 1e9

describe('how long a health check needs to see a hang', () => {
  test.each([
    ['interval and timeout, as often as it may fail', 10, 3, 3, 39],
    ['a second each, twice', 1, 1, 2, 4],
    ['Docker’s own numbers where nothing is said', 0, 0, 0, 180],
  ])('%s', (_, interval, timeout, retries, wanted) => {
    const check = { Test: ['CMD', 'true'], Interval: seconds(interval), Timeout: seconds(timeout) }
    expect(secondsToUnhealthy({ ...check, Retries: retries })).toBe(wanted)
  })

  test.each([null, {}, { Test: [] }, { Test: ['NONE'] }])('%o is none', (check) =>
    expect(secondsToUnhealthy(check)).toBeUndefined(),
  )
})

test.each([
  [null, 0],
  [{ Name: '', MaximumRetryCount: 0 }, 0],
  [{ Name: 'no', MaximumRetryCount: 0 }, 0],
  [{ Name: 'on-failure', MaximumRetryCount: 5 }, 5],
  [{ Name: 'on-failure', MaximumRetryCount: 0 }, Infinity],
  [{ Name: 'unless-stopped', MaximumRetryCount: 0 }, Infinity],
])('%o: started again after %d crashes', (policy, wanted) =>
  expect(restartsOf(policy)).toBe(wanted),
)

test('a stop has ten seconds where nobody has said', () => {
  expect(secondsToStop(null)).toBe(10)
  expect(secondsToStop(0)).toBe(0)
  expect(secondsToStop(30)).toBe(30)
})

describe('the CPUs of a container', () => {
  test.each([
    [{ NanoCpus: 1.5e9 }, 1.5],
    [{ CpuQuota: 50_000 }, 0.5],
    [{ CpuQuota: 50_000, CpuPeriod: 25_000 }, 2],
    [{ NanoCpus: 0, CpuQuota: -1 }, undefined],
  ])('%o: %o', (limits, wanted) => expect(cpusOf(limits)).toBe(wanted))

  test.each([
    // Ten milliseconds are the shortest period that we ask for, one is the least that the kernel gives.
    [0.5, {}, '--cpu-period 10000 --cpu-quota 5000'],
    [0.1, {}, '--cpu-period 10000 --cpu-quota 1000'],
    [0.01, {}, '--cpu-period 100000 --cpu-quota 1000'],
    [2, {}, '--cpu-period 10000 --cpu-quota 20000'],
    // Docker refuses a period where it has been told of `cpus`.
    [0.5, { NanoCpus: 1e9 }, '--cpus 0.50'],
  ])('%d of a processor, given to %o: %s', (cpus, limits, options) => {
    expect(limitOptions(cpus, limits).join(' ')).toBe(options)
  })
})

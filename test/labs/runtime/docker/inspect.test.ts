import { describe, expect, test } from 'vitest'
import { secondsToUnhealthy } from '../../../../labs/runtime/docker/health-check.ts'
import { cpusOf } from '../../../../labs/runtime/docker/limits.ts'

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

describe('the CPUs of a container', () => {
  test.each([
    [{ NanoCpus: 1.5e9 }, 1.5],
    [{ CpuQuota: 50_000 }, 0.5],
    [{ CpuQuota: 50_000, CpuPeriod: 25_000 }, 2],
    [{ NanoCpus: 0, CpuQuota: -1 }, undefined],
  ])('%o: %o', (limits, wanted) => expect(cpusOf(limits)).toBe(wanted))
})

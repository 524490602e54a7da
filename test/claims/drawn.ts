import type { WayRun } from '../../.vitepress/book/measured.ts'

const rounded = (value: number) => Number(value.toPrecision(4))

/** Of a run, what its picture needs. */
export const drawn = ({ way, perSecond, p50Ms, p99Ms, cpuMs, megabytes }: WayRun): WayRun => ({
  way,
  perSecond: rounded(perSecond),
  p50Ms: rounded(p50Ms),
  p99Ms: rounded(p99Ms),
  cpuMs: rounded(cpuMs),
  megabytes: rounded(megabytes),
})

/** As `docker inspect` prints it: `cpus: 0.5` is a number of its own, and so is `cpu_quota`. */
export interface CpuLimits {
  readonly NanoCpus?: number
  /** Microseconds of each period. */
  readonly CpuQuota?: number
  readonly CpuPeriod?: number
}

/** The kernel's own period. https://docs.kernel.org/scheduler/sched-bwc.html */
const period = 100_000

/** Nothing where there is no limit. */
export function cpusOf({ NanoCpus = 0, CpuQuota = 0, CpuPeriod = 0 }: CpuLimits) {
  if (NanoCpus > 0) return NanoCpus / 1e9
  return CpuQuota > 0 ? CpuQuota / (CpuPeriod || period) : undefined
}

/** Microseconds: the least that the kernel gives in one go, and the shortest period that we ask for. */
const [least, shortest] = [1000, 10_000]

/**
 * The options of `docker update` for so many processors. In portions as small as can be, so that a server
 * with few of them is slow, and does not stand still for a tenth of a second at a time. Docker sticks to
 * one way of saying it: who was started with `cpus: 0.5` is given its processors by that number ever after.
 */
export function limitOptions(cpus: number, { NanoCpus = 0 }: CpuLimits): readonly string[] {
  if (NanoCpus > 0) return ['--cpus', cpus.toFixed(2)]
  const micros = Math.round(Math.max(shortest, least / cpus))
  return ['--cpu-period', String(micros), '--cpu-quota', String(Math.round(cpus * micros))]
}

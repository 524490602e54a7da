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

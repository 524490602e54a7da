// What Docker has been told to do about a server: as `docker inspect` prints it.

/** Nanoseconds, and 0 for what nobody has said. */
export interface HealthCheck {
  readonly Test?: readonly string[]
  readonly Interval?: number
  readonly Timeout?: number
  readonly Retries?: number
}

/**
 * Each question comes an interval after the last answer, and may take as long as its timeout; so many
 * failures in a row make a server unhealthy. Docker's own numbers are 30 s, 30 s and 3.
 * https://docs.docker.com/reference/dockerfile/#healthcheck
 */
export function secondsToUnhealthy(check: HealthCheck | null): number | undefined {
  if (!check?.Test?.length || check.Test[0] === 'NONE') return undefined
  const seconds = (nanoseconds = 0) => nanoseconds / 1e9 || 30
  return (seconds(check.Interval) + seconds(check.Timeout)) * (check.Retries || 3)
}

export interface RestartPolicy {
  readonly Name?: string
  /** Of `on-failure`; 0 where nobody has said. */
  readonly MaximumRetryCount?: number
}

/** https://docs.docker.com/engine/containers/start-containers-automatically/ */
export function restartsOf(policy: RestartPolicy | null): number {
  if (!policy?.Name || policy.Name === 'no') return 0
  return policy.MaximumRetryCount || Infinity
}

/** Docker gives ten seconds: https://docs.docker.com/reference/cli/docker/container/stop/ */
export const secondsToStop = (told: number | null): number => told ?? 10

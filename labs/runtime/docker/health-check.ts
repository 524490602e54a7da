/** As `docker inspect` prints it: nanoseconds, and 0 for what nobody has said. */
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

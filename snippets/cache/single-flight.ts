/** True as long as nobody has forgotten the flight since it began. */
export type IsCurrent = () => boolean

/**
 * While somebody is fetching what a key stands for, whoever wants the same waits for the same answer,
 * be it a value or an error: a hundred at once ask the database once. Nothing is kept afterwards.
 *
 * The name is that of Go's package: https://pkg.go.dev/golang.org/x/sync/singleflight
 */
// #region single-flight
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>()

  run(key: string, fetch: (isCurrent: IsCurrent) => Promise<T>): Promise<T> {
    const underWay = this.#flights.get(key)
    if (underWay) return underWay
    const isCurrent = () => this.#flights.get(key) === flight
    // A tick later, so that even a fetch that throws at once finds its flight written down.
    const flight: Promise<T> = Promise.resolve()
      .then(() => fetch(isCurrent))
      .finally(() => {
        if (isCurrent()) this.#flights.delete(key)
      })
    this.#flights.set(key, flight)
    return flight
  }

  /** Whoever comes from now on begins anew; those who wait already get what they wait for. */
  forget(key: string): void {
    this.#flights.delete(key)
  }
}
// #endregion single-flight

/** The function, with calls that come while one with the same key is under way joined to it. */
export function singleFlight<T>(fetch: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const flights = new SingleFlight<T>()
  return (key) => flights.run(key, () => fetch(key))
}

/**
 * Does the work for each item, two at a time. After a failure nothing new is begun, and what is
 * under way is waited for: who cleans up afterwards finds nobody still writing.
 */
export async function twoAtATime<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  const one = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift())
      await work(item).catch((error: unknown) => {
        queue.length = 0
        throw error
      })
  }
  await bothOf(one(), one())
}

/** Both, or the first failure once both have come to an end. */
export async function bothOf(...work: readonly [Promise<void>, Promise<void>]): Promise<void> {
  const failures: unknown[] = []
  await Promise.all(work.map((each) => each.catch((error: unknown) => void failures.push(error))))
  if (failures.length > 0) throw failures[0]
}

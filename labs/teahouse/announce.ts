import type { House } from './house.ts'
import type { Change } from './ports.ts'

/**
 * Tells the caches in front of the house what has changed, before the writer is answered: who comes
 * back from the form shall not be shown the old page. A cache that does not listen costs nothing but
 * a line in the log: its copies end by themselves.
 */
export async function announce(house: House, change: Change): Promise<void> {
  const { noticesOf, sendNotice, report } = house
  if (!noticesOf || !sendNotice) return
  try {
    for (const round of noticesOf(change)) {
      const sent = await Promise.allSettled(round.map((notice) => sendNotice(notice)))
      for (const result of sent) if (result.status === 'rejected') report?.(result.reason)
    }
  } catch (error) {
    report?.(error)
  }
}

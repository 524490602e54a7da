/** How often a lab's solution is run: 20 at night (`npm run test:nightly`). */
export const repeats = Number(process.env.REPEATS ?? 2)

/** At night there is time for what would keep a change waiting by day. */
export const isNight = repeats >= 20

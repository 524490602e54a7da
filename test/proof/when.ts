/**
 * When this run happens. By day (`npm test`) a change is judged by what it changed: what the record
 * knows already is only sampled. At night (`npm run test:all`) everything is proved anew, and models
 * draw new random numbers. Asked for by name (`vitest run FILE`, `npm run prove`): all of that.
 */
export type When = 'day' | 'night' | 'asked'

/** `vitest run --mode day`, handed on by vitest.config.ts. */
const mode = process.env.PROOF_MODE
export const when: When = mode === 'day' || mode === 'night' ? mode : 'asked'
export const isNight = when === 'night'

/** How often a lab's solution is run: it must pass again and again. */
export const repeats = Number(process.env.REPEATS ?? { day: 1, asked: 2, night: 20 }[when])

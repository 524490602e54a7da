import { defineConfig } from 'vitest/config'
import type { Place } from '../labs/runtime/docker/place.ts'

/** A plain `vitest run` of one check, for comparison. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ['labs/*/checks/*.test.ts'],
    setupFiles: ['labs/kit/setup.ts'],
    provide: { place: JSON.parse(process.env.FOUR_TIERS_PLACE ?? '{}') as Place },
  },
})

import { defineConfig } from 'vitest/config'

/** Tests that start servers: two files at a time, and patient. */
const engine = 'test/**/*.engine.test.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [engine, 'test/scratch/**'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'labs',
          include: [engine],
          globalSetup: 'test/labs/engine.ts',
          // Most of their time is waiting for servers.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})

import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests that start servers: three files at a time, and patient. */
const engine = 'test/**/*.engine.test.ts'
/** Tests that read the built site in Chromium. */
const browser = 'test/**/*.browser.test.ts'

/** What takes the longest comes first: begun last, it would keep the other workers idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      moduleId.includes('/proof.engine.') || moduleId.includes('/exercises.browser.')
    const sorted = await super.sort(files)
    // Later labs have more servers.
    const long = sorted.filter(isLong).sort((a, b) => b.moduleId.localeCompare(a.moduleId))
    return [...long, ...sorted.filter((file) => !isLong(file))]
  }
}

/**
 * Servers and browsers on a borrowed machine: a neighbour may take its time away. In CI a test that
 * fails gets a second try, and .ci/run says which needed it.
 */
const retry = process.env.CI ? 1 : 0

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [engine, browser, 'test/scratch/**'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'labs',
          include: [engine],
          globalSetup: 'test/labs/engine.ts',
          retry,
          // Most of their time is waiting for servers.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'site',
          include: [browser],
          globalSetup: 'test/site/built-site.ts',
          retry,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})

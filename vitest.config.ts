import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { allLabs, labsForToday, planForBrowserFiles, planForFiles } from './test/proof/items.ts'
import { projectFolder } from './labs/session/folders.ts'
import { readProofs } from './test/proof/records.ts'

/** Whatever unit tests write into the temporary directory goes with the run. */
const temporary = mkdtempSync(join(tmpdir(), 'four-tiers-run-'))
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))

const engine = 'test/**/*.engine.test.ts'
/** What proves a lab. */
const proof = 'test/labs/proof.engine.test.ts'
/**
 * What measures milliseconds in a guest kernel, or the processor's work for a page, has the machine
 * alone; and so has what makes it busy.
 */
const alone = [
  'claims/busy-host',
  'claims/cache-cost',
  'claims/direct',
  'claims/failover',
  'claims/promotion',
  'labs/checker/busy-machine',
].map((name) => `test/${name}.engine.test.ts`)
/** Tests that read the built site in Chromium. */
const browser = 'test/**/*.browser.test.ts'

const proofs = readProofs()

/** What takes the longest comes first: begun last, it would keep the other workers idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const seconds = ({ moduleId }: TestSpecification) =>
      /\/(?:proof\.engine|exercises\.browser)\./.test(moduleId)
        ? Infinity
        : (proofs[relative(projectFolder, moduleId)]?.seconds ?? 0)
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => (seconds(a) === seconds(b) ? 0 : seconds(b) - seconds(a)))
  }
}

/** By day: what the record knows already, but for a sample. */
function byRecord(mode: string): readonly string[] {
  if (mode !== 'day') return []
  return [planForFiles(proofs), planForBrowserFiles(proofs)].flatMap(({ now, states }) =>
    [...states.keys()].filter((file) => !now.has(file)),
  )
}

/**
 * Servers and browsers on a borrowed machine: a neighbour may take its time away. In CI a test that
 * fails gets a second try, and .ci/run says which needed it.
 */
const retry = process.env.CI ? 1 : 0

/** Tests that start servers. */
const servers = {
  globalSetup: 'test/labs/engine.ts',
  retry,
  // A lab that runs keeps one processor busy, and waits for the rest of its time.
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
  testTimeout: 300_000,
  hookTimeout: 600_000,
}

export default defineConfig(({ mode }) => {
  const env = { PROOF_MODE: mode }
  const recorded = byRecord(mode)
  return {
    test: {
      reporters: ['default', './test/proof/report.ts'],
      sequence: { sequencer: LongestFirst },
      projects: [
        {
          test: {
            name: 'unit',
            env: { ...env, TMPDIR: temporary },
            include: ['test/**/*.test.ts'],
            exclude: [engine, browser, 'test/scratch/**', 'test/labs/cli/tiny-lab/**'],
            testTimeout: 30_000,
            sequence: { groupOrder: 0 },
          },
        },
        // The same file for each lab: `--project lab-3`.
        ...(mode === 'day' ? labsForToday(proofs) : allLabs()).map(({ number, slug }) => ({
          test: {
            ...servers,
            env,
            name: `lab-${number}`,
            include: [proof],
            provide: { lab: slug },
            // On a crowded machine each check is tried three times, and bounds itself.
            testTimeout: 1_200_000,
          },
        })),
        {
          test: {
            ...servers,
            env,
            name: 'labs',
            include: [engine],
            exclude: [proof, ...alone, ...recorded],
          },
        },
        {
          test: {
            ...servers,
            env,
            name: 'labs-alone',
            include: alone,
            exclude: [...recorded],
            maxWorkers: 1,
            sequence: { groupOrder: 2 },
          },
        },
        {
          test: {
            name: 'site',
            env,
            include: [browser],
            exclude: [...recorded],
            globalSetup: 'test/site/built-site.ts',
            retry,
            maxWorkers: 2,
            sequence: { groupOrder: 3 },
            testTimeout: 120_000,
            hookTimeout: 300_000,
          },
        },
      ],
    },
  }
})

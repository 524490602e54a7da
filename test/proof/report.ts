import { relative, sep } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { projectFolder } from '../../labs/session/folders.ts'
import { allLabs, itemsOfFiles, itemsOfLab, itemsOfPages } from './items.ts'
import { type Item, stateOf } from './plan.ts'
import { type Proof, type Proofs, readProofs, writeProofs } from './records.ts'
import { summary } from './summary.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The item that passes or falls with this test. */
    proves?: string
  }
  interface ProvidedContext {
    /** The slug of the lab that this project proves. */
    lab: string
  }
}

/**
 * Says at the end what was proved now and what by the record only. With `PROOF_RECORD=1` (`npm run
 * prove`, `npm run test:all`) it also writes down what has passed.
 */
export default class ProofReport implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const before = readProofs()
    const groups = [
      ...allLabs().map((lab) => ({ name: lab.slug, items: itemsOfLab(lab) })),
      { name: 'files with servers', items: itemsOfFiles('engine') },
      { name: 'files with a browser', items: itemsOfFiles('browser') },
      { name: 'pages', items: itemsOfPages() },
    ]
    const items = groups.flatMap(({ items }) => items)
    const found = provedBy(modules)
    const now = new Set(items.map(({ id }) => id).filter((id) => found.get(id)?.passed))
    const after: Proofs = Object.fromEntries(
      items.flatMap((item): [string, Proof][] => {
        const ran = found.get(item.id)
        if (ran?.passed) return [[item.id, { ...item.digests, day: today(), seconds: ran.seconds }]]
        const proof = before[item.id]
        return proof && !ran ? [[item.id, proof]] : []
      }),
    )
    if (process.env.PROOF_RECORD) await writeProofs(after)
    if (found.size === 0) return
    const told = (name: string, own: readonly Item[]) => {
      const count = { now: 0, failed: 0, kept: 0, stale: 0, changed: 0 }
      for (const item of own) {
        if (now.has(item.id)) count.now++
        else if (found.has(item.id)) count.failed++
        else count[stateOf(item, before[item.id])]++
      }
      return { name, ...count }
    }
    process.stdout.write(`\n${summary(groups.map(({ name, items }) => told(name, items)))}\n`)
  }
}

interface Ran {
  readonly passed: boolean
  readonly seconds: number
}

function provedBy(modules: readonly TestModule[]): ReadonlyMap<string, Ran> {
  const found = new Map<string, Ran>()
  for (const module of modules) {
    const file = relative(projectFolder, module.moduleId).split(sep).join('/')
    const tests = [...module.children.allTests()]
    // A part of a file, or a test that is skipped, proves nothing of the whole.
    const isWhole = tests.every((test) => test.result().state !== 'skipped')
    if (/\.(?:engine|browser)\.test\.ts$/.test(file) && isWhole)
      found.set(file, {
        passed: module.state() === 'passed' && tests.length > 0,
        seconds: seconds(module.diagnostic().duration),
      })
    for (const test of tests) {
      const { proves } = test.meta()
      const { state } = test.result()
      if (!proves || (state !== 'passed' && state !== 'failed')) continue
      // Several tests may prove one thing: it is proved when all have passed.
      const others = found.get(proves)
      found.set(proves, {
        passed: state === 'passed' && (others?.passed ?? true),
        seconds: seconds(test.diagnostic()?.duration ?? 0) + (others?.seconds ?? 0),
      })
    }
  }
  return found
}

const seconds = (ms: number) => Math.max(1, Math.round(ms / 1000))
const today = () => new Date().toISOString().slice(0, 10)

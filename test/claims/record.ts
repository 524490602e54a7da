import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { ClaimRecord, ClaimRecords } from '../../.vitepress/book/claim-records.ts'
import * as records from '../../.vitepress/book/claim-records.ts'

/** `npm run claims`: writes down what each claim's test has found. An ordinary run writes nothing. */
export default class RecordClaims implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const ran = new Set(modules.map(({ moduleId }) => records.nameOf(moduleId)))
    const found = modules.flatMap(({ children }) => [...children.allTests()].flatMap(recordOf))
    const kept = Object.entries(records.readRecords()).filter(
      ([, { test }]) => !ran.has(test.file) && existsSync(join(records.projectFolder, test.file)),
    )
    const all = [...kept, ...found].sort(([a], [b]) => (a < b ? -1 : 1))
    await write(Object.fromEntries(all))
  }
}

function recordOf(test: TestCase): [string, ClaimRecord][] {
  const { claim } = test.meta()
  if (!claim) return []
  const { id, figure, versions } = claim
  const { moduleId } = test.module
  const record: ClaimRecord = {
    verdict: test.result().state === 'passed' ? 'pass' : 'fail',
    figure,
    versions,
    ranAt: new Date(test.diagnostic()?.startTime ?? Date.now()).toISOString().slice(0, 10),
    test: { file: records.nameOf(moduleId), line: test.location?.line ?? 1 },
    source: records.sourceOf(moduleId),
  }
  return [[id, record]]
}

async function write(all: ClaimRecords): Promise<void> {
  const style = await resolveConfig(records.recordsFile)
  const text = await format(JSON.stringify(all), { ...style, parser: 'json' })
  writeFileSync(records.recordsFile, text)
}

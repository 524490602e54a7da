import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { watchFile, watchFiles } from '../../../labs/cli/watch/files.ts'
import { labCalled } from '../lab-under-test.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function watched(onSave: () => void, onForeign: (file: string) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'four-tiers-watched-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  for (const part of ['work', 'starter']) mkdirSync(join(folder, part))
  writeFileSync(join(folder, 'work/nginx.conf'), 'before')
  const lab = { ...labCalled('load-balancer'), folder }
  ends.push(await watchFiles(lab, false, { onSave, onForeign }))
  return (file: string, text: string) => writeFileSync(join(folder, file), text)
}

test('a save on the heels of another is seen, too', async () => {
  for (let round = 0; round < 5; round++) {
    const onSave = vi.fn()
    const save = await watched(onSave)
    save('work/nginx.conf', '')
    await vi.waitUntil(() => onSave.mock.calls.length > 0, { timeout: 10_000, interval: 1 })
    const seen = onSave.mock.calls.length
    save('work/nginx.conf', 'after')
    await vi.waitUntil(() => onSave.mock.calls.length > seen, { timeout: 5000, interval: 5 })
  }
})

test('a file that is not the reader’s is told of, and is no save', async () => {
  const [onSave, onForeign] = [vi.fn(), vi.fn()]
  const save = await watched(onSave, onForeign)
  save('starter/nginx.conf', 'x')
  await vi.waitUntil(() => onForeign.mock.calls.length > 0, { timeout: 10_000 })
  expect(onForeign).toHaveBeenCalledWith('starter/nginx.conf')
  expect(onSave).not.toHaveBeenCalled()
})

test.each([false, true])(
  'a file renamed into place is seen, again and again (poll: %j)',
  async (poll) => {
    const folder = mkdtempSync(join(tmpdir(), 'four-tiers-watched-'))
    ends.push(() => rmSync(folder, { recursive: true }))
    const [file, onChange] = [join(folder, 'broken.json'), vi.fn()]
    writeFileSync(file, '{}')
    ends.push(watchFile(file, poll, onChange))
    for (let round = 1; round <= 3; round++) {
      const seen = onChange.mock.calls.length
      writeFileSync(`${file}.new`, `${round}`)
      renameSync(`${file}.new`, file)
      await vi.waitUntil(() => onChange.mock.calls.length > seen, { timeout: 10_000 })
    }
  },
)

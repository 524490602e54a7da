import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test, vi } from 'vitest'
import { watchFiles } from '../../../labs/cli/watch/files.ts'
import { labCalled } from '../lab-under-test.ts'

const refusals = vi.hoisted(() => ({ code: '' }))

/** The system refuses events, as it does when all its inotify watches are used up. */
vi.mock(import('chokidar'), async (original) => {
  const chokidar = await original()
  const watch: typeof chokidar.watch = (path, options) => {
    const watcher = chokidar.watch(path, options)
    const error = Object.assign(new Error(refusals.code), { code: refusals.code })
    if (refusals.code && !options?.usePolling) setImmediate(() => watcher.emit('error', error))
    return watcher
  }
  return { ...chokidar, watch }
})

let folder: string
const ends: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'four-tiers-refused-'))
  for (const part of ['work', 'starter']) mkdirSync(join(folder, part))
  writeFileSync(join(folder, 'work/nginx.conf'), 'before')
  ends.push(() => rmSync(folder, { recursive: true }))
})
afterEach(async () => {
  refusals.code = ''
  for (const end of ends.splice(0).reverse()) await end()
})

async function untilSavesAreSeen() {
  const onSave = vi.fn()
  ends.push(
    await watchFiles({ ...labCalled('load-balancer'), folder }, false, {
      onSave,
      onForeign: () => undefined,
    }),
  )
  for (const text of ['first', 'second, which is longer']) {
    const seen = onSave.mock.calls.length
    writeFileSync(join(folder, 'work/nginx.conf'), text)
    await vi.waitUntil(() => onSave.mock.calls.length > seen, { timeout: 10_000 })
  }
}

test.each(['ENOSPC', 'EACCES', 'EMFILE'])(
  'where the system gives no events (%s), saves are looked for',
  async (code) => {
    refusals.code = code
    await untilSavesAreSeen()
  },
)

test('a link to a parent folder leads nowhere, and saves are seen', async () => {
  symlinkSync('../..', join(folder, 'work/up'), 'dir')
  symlinkSync('.', join(folder, 'work/again'), 'dir')
  await untilSavesAreSeen()
})

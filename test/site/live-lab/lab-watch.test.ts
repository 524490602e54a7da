import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { LiveEvent } from '../../../.vitepress/config/live-lab/lab-events.ts'
import { watchLabs } from '../../../.vitepress/config/live-lab/lab-watch.ts'

let stop = () => {}
afterEach(() => stop())

test('a lab.yaml with a mistake is told once, and ends nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-watch-'))
  mkdirSync(join(folder, '01-broken'))
  writeFileSync(join(folder, '01-broken/lab.yaml'), 'slug: [')
  const told: LiveEvent[] = []
  const complain = vi.fn<(words: string) => void>()
  stop = watchLabs((event) => told.push(event), { folder, complain })
  const looks = () => told.filter(({ kind }) => kind === 'passed').length
  await vi.waitUntil(() => looks() > 2, { timeout: 10_000 })
  expect(complain).toHaveBeenCalledOnce()
  expect(complain.mock.calls[0]?.[0]).toContain('01-broken')

  rmSync(join(folder, '01-broken'), { recursive: true })
  await vi.waitUntil(() => told.some(({ kind }) => kind === 'lab'), { timeout: 10_000 })
})

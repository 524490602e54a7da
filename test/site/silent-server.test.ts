import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { projectFolder } from '../../labs/session/folders.ts'

const code = readFileSync(
  join(projectFolder, '.vitepress/config/offline/service-worker.js'),
  'utf8',
)
const scope = 'https://book.test/'

interface FetchEvent {
  readonly request: { readonly url: string; readonly method: string; readonly mode: string }
  respondWith(answer: Promise<Response>): void
}

/** The worker with pages that it has kept, and a network. */
function worker(kept: Readonly<Record<string, string>>, network: () => Promise<Response>) {
  const listeners = new Map<string, (event: FetchEvent) => void>()
  const self = {
    precache: { version: '1', files: [] },
    registration: { scope },
    addEventListener: (name: string, listener: (event: FetchEvent) => void) =>
      listeners.set(name, listener),
  }
  const match = async (url: string) => (kept[url] ? new Response(kept[url]) : undefined)
  const world = { self, caches: { match }, fetch: network, URL, Response, Promise, setTimeout }
  vm.runInNewContext(code, world)
  return (path: string) =>
    new Promise<Response>((resolve) => {
      const request = { url: scope + path, method: 'GET', mode: 'navigate' }
      listeners.get('fetch')!({ request, respondWith: resolve })
    }).then((answer) => answer.text())
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const silent = () => new Promise<Response>(() => {})
const page = { [`${scope}single-server`]: 'kept' }

test('a server that accepts and says nothing is not waited for: the kept page answers', async () => {
  const answer = worker(page, silent)('single-server.html')
  await vi.advanceTimersByTimeAsync(5000)
  expect(await answer).toBe('kept')
})

test('a server that answers in time is believed', async () => {
  const slow = () =>
    new Promise<Response>((resolve) => setTimeout(() => resolve(new Response('new')), 3000))
  const answer = worker(page, slow)('single-server')
  await vi.advanceTimersByTimeAsync(5000)
  expect(await answer).toBe('new')
})

test('what has not been kept is waited for', async () => {
  const slow = () =>
    new Promise<Response>((resolve) => setTimeout(() => resolve(new Response('new')), 30_000))
  const answer = worker({}, slow)('single-server')
  await vi.advanceTimersByTimeAsync(31_000)
  expect(await answer).toBe('new')
})

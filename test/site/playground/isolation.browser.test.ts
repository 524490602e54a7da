import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { goto, openContext } from '../browser.ts'
import { fileOf, onPage, openExercise, pages } from './exercise-page.ts'
import { prying, selfJudging, talkative } from './hostile-answers.ts'

const id = 'smooth-weighted-round-robin'
const starter = fileOf(id, 'starter.ts')
const solution = fileOf(id, 'solution.ts')

/** A server of somebody else's, and what was asked of it. */
async function listen() {
  const asked: string[] = []
  const server = createServer(({ url }, response) => {
    asked.push(url!)
    response.writeHead(200, {
      'access-control-allow-origin': '*',
      'content-type': 'text/javascript',
    })
    response.end()
  })
  server.on('upgrade', ({ url }, socket) => {
    asked.push(url!)
    socket.destroy()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** Without the watch over the page: its policy has something to refuse here. */
async function openUnwatched() {
  const page = await (await openContext()).newPage()
  await goto(page, pages[id]!)
  const reader = onPage(page, id)
  await reader.start()
  await reader.becomes('fail')
  return reader
}

/** What is kept for the site in this browser, and what was told to its tabs. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const files: string[] = []
    for await (const name of (root as unknown as { keys(): AsyncIterable<string> }).keys())
      files.push(name)
    const databases = (await indexedDB.databases()).map(({ name }) => name)
    const { heard } = globalThis as unknown as { heard: readonly string[] }
    return { caches: await caches.keys(), databases, files, heard }
  })

test('an answer reaches no network, and nothing that is kept for the site', async () => {
  const elsewhere = await listen()
  const reader = await openUnwatched()
  await reader.page.evaluate(() => {
    const heard: string[] = []
    Object.assign(globalThis, { heard })
    new BroadcastChannel('hostile').onmessage = ({ data }) => heard.push(String(data))
  })
  await reader.write(solution)
  await reader.becomes('pass')
  await reader.write(prying(starter, elsewhere.url))
  await reader.becomes('fail')
  expect(await kept(reader.page)).toEqual({ caches: [], databases: [], files: [], heard: [] })
  expect(elsewhere.asked).toEqual([])
})

test('an answer does not judge itself', async () => {
  const reader = await openUnwatched()
  await reader.write(selfJudging(solution))
  await reader.becomes('pass')
  await reader.write(selfJudging(starter))
  await reader.becomes('fail')
  expect(await reader.verdict.locator('.check').count()).toBeGreaterThan(1)
})

test('what an answer says is text, and stays within its bounds', async () => {
  const reader = await openUnwatched()
  await reader.write(talkative(solution))
  await reader.becomes('pass')
  const log = reader.verdict.locator('.reader-log')
  expect(await log.innerText()).toContain('<img src=x onerror=alert(1)>')
  expect(await log.innerText()).toContain('[cannot be shown]')
  expect((await log.innerText()).length).toBeLessThan(12_000)
  expect(await log.locator('img').count()).toBe(0)
})

test('a worker that is done with goes with its frame, and the next one is ready', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.becomes('fail')
  for (const text of [solution, starter, solution]) {
    await reader.write(text)
    await reader.becomes(text === solution ? 'pass' : 'fail')
  }
  expect(await reader.page.locator('iframe').count()).toBe(1)
})

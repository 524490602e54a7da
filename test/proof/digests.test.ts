import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLabAnswers } from '../../labs/catalog/answers.ts'
import { type Digests, Sources } from './digests.ts'
import type { Lab } from '../../labs/catalog/catalog.ts'
import { allLabs } from './items.ts'
import { projectFolder } from '../../labs/session/folders.ts'

/** What a change in one place does to the rest, tried in a copy of the project. */
const root = mkdtempSync(join(tmpdir(), 'four-tiers-digests-'))
const parts = ['labs', 'snippets', 'exercises', 'test', 'docs', 'package.json', '.vitepress']
const copy = (to: string) => {
  for (const part of parts)
    cpSync(join(projectFolder, part), join(to, part), {
      recursive: true,
      filter: (path) => !/[\\/](?:work|node_modules|cache|dist)$/.test(path),
    })
}
const [first, second] = allLabs() as [Lab, Lab]
const claim = 'test/claims/static.engine.test.ts'
const model = 'test/snippets/balancing/upstream.engine.test.ts'
const engine = 'test/labs/runtime/docker/offline/redis.engine.test.ts'
const runsLabs = 'test/labs/cli/past.engine.test.ts'
const browser = 'test/site/search.browser.test.ts'
const pages = ['', second.slug, 'glossary']
const starterOf = (slug: string) => `${slug} starter`
const site = [browser, ...pages.map((slug) => `/${slug}`)]

/** Of an answer of each task of two labs, and their starters, of five test files, and of three pages. */
function digests(folder: string): Record<string, { own: string; machinery: string }> {
  const sources = new Sources(folder)
  const ofLabs = [first, second].flatMap((lab) =>
    lab.tasks.map(({ id }) => {
      const answer = readLabAnswers(join(folder, 'labs', basename(lab.folder))).find(
        ({ task }) => task === id,
      )!
      return [
        `${lab.slug}/${id}`,
        sources.ofAnswer(basename(lab.folder), id, answer.files),
      ] as const
    }),
  )
  const ofStarters = [first, second].map(
    ({ slug, folder }) => [starterOf(slug), sources.ofStarter(basename(folder))] as const,
  )
  const files = [claim, model, engine, runsLabs, browser]
  const ofFiles = files.map((file) => [file, sources.ofTest(file)] as const)
  const ofPages = pages.map((slug) => [`/${slug}`, sources.ofPage(slug)] as const)
  return Object.fromEntries([...ofLabs, ...ofStarters, ...ofFiles, ...ofPages])
}

let before: ReturnType<typeof digests>
beforeAll(() => {
  copy(root)
  before = digests(root)
})
afterAll(() => rmSync(root, { recursive: true }))

/** What differs after a line more in this file: whose own part, and whose machinery. */
const touched = (file: string) => differences(file, (text) => `${text}\n`)

/** What differs when this file says one thing instead of another. */
const rewritten = (file: string, found: string, instead: string) =>
  differences(file, (text) => {
    expect(text).toContain(found)
    return text.replaceAll(found, () => instead)
  })

function differences(file: string, change: (text: string) => string) {
  const path = join(root, file)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, change(text))
  const after = digests(root)
  writeFileSync(path, text)
  const ids = Object.keys(before)
  return {
    own: ids.filter((id) => after[id]!.own !== before[id]!.own),
    machinery: ids.filter((id) => after[id]!.machinery !== before[id]!.machinery),
  }
}
const answersOf = ({ slug, tasks }: Lab) => tasks.map(({ id }) => `${slug}/${id}`)
const lab = `labs/${basename(second.folder)}`

describe('a change', () => {
  test('of a check makes the answers to its task void, and no others, but for the starter', () =>
    expect(touched(`${lab}/checks/${second.tasks[0]!.id}.test.ts`)).toEqual({
      own: [`${second.slug}/${second.tasks[0]!.id}`, starterOf(second.slug)],
      machinery: [],
    }))

  test('of what a lab tells its readers touches the pages alone, of what it does all its answers, too', () => {
    expect(rewritten(`${lab}/lab.yaml`, 'title: { en: ', 'title: { en: Not ')).toEqual({
      own: site.filter((id) => id.startsWith('/')),
      machinery: [],
    })
    expect(rewritten(`${lab}/lab.yaml`, 'exports: [clientAddress]', 'exports: []')).toEqual({
      own: [
        ...answersOf(second),
        starterOf(second.slug),
        ...site.filter((id) => id.startsWith('/')),
      ],
      machinery: [],
    })
  })

  test("of a lab's servers or its solution makes all its answers void, and no other lab's", () => {
    const own = answersOf(second)
    expect(touched(`${lab}/solution/nginx/teahouse.conf`)).toEqual({ own, machinery: [] })
    expect(touched(`${lab}/compose.yaml`)).toEqual({
      own: [...own, starterOf(second.slug)],
      machinery: [],
    })
  })

  test('of what the reader is told makes nothing void; of what he begins with, the starter alone', () => {
    for (const file of ['README.md', 'comments.zh.json', 'hints/en.md'])
      expect(touched(`${lab}/${file}`)).toEqual({ own: [], machinery: [] })
    expect(touched(`${lab}/starter/nginx/teahouse.conf`)).toEqual({
      own: [starterOf(second.slug)],
      machinery: [],
    })
  })

  const judged = () => Object.keys(before).filter((id) => !site.includes(id) && id !== engine)
  test('of the machinery makes everything stale that a lab had to run for', () => {
    for (const file of ['teahouse/app.ts', 'runtime/docker/docker-runtime.ts', 'servers/nginx.ts'])
      expect(touched(`labs/${file}`), file).toEqual({ own: [], machinery: judged() })
  })

  test('of the kit makes the verdicts of checks stale, and not what tests the rest of the machinery', () =>
    expect(touched('labs/kit/lab.ts')).toEqual({
      own: [],
      machinery: judged().filter((id) => id !== runsLabs),
    }))

  test('of a part of the kit, or of a kind of server, leaves alone who has no use for it', () => {
    const verdicts = [first, second].flatMap((one) => [...answersOf(one), starterOf(one.slug)])
    const verdictsTouched = (file: string) => {
      const { own, machinery } = touched(file)
      expect(own).toEqual([])
      return machinery.filter((id) => verdicts.includes(id))
    }
    // What a forger writes is the business of one check here; Varnish and machines are of no lab.
    expect(verdictsTouched('labs/kit/forged.ts')).toEqual([
      `${second.slug}/client-address`,
      starterOf(second.slug),
    ])
    expect(verdictsTouched('labs/servers/varnish.ts')).toEqual([])
    for (const file of ['director/boot.sh', 'machines/machines-runtime.ts'])
      expect(verdictsTouched(`labs/runtime/${file}`), file).toEqual([])
  })

  test('of the command makes stale what runs labs with it, and no verdict of a check', () =>
    expect(touched('labs/cli/run.ts')).toEqual({ own: [], machinery: [runsLabs] }))

  test('of the engine that we bring makes stale what tries it out, too', () => {
    const all = [...judged(), engine].sort()
    for (const file of ['engine.ts', 'start-daemon.sh', 'stand-ins/redis/entrypoint.sh']) {
      const { own, machinery } = touched(`labs/runtime/docker/offline/${file}`)
      expect({ own, machinery: machinery.sort() }, file).toEqual({ own: [], machinery: all })
    }
  })

  test('of a model makes the test void that holds it against the real servers', () =>
    expect(touched('snippets/balancing/methods.ts')).toEqual({ own: [model], machinery: site }))

  test('of a file that a test mounts or imports makes that test void', () => {
    expect(touched(claim).own).toEqual([claim])
    expect(touched('test/claims/containers.ts').own).toEqual([claim])
  })

  test("of a page's text makes that page void, and the tests that open it", () => {
    expect(touched('docs/index.md')).toEqual({ own: [browser, '/'], machinery: [] })
    expect(touched('docs/zh/glossary.md')).toEqual({ own: ['/glossary'], machinery: [] })
    expect(touched('docs/terms/00-single-server.yaml')).toEqual({
      own: ['/', '/glossary'],
      machinery: [],
    })
  })

  test('of the theme, the pictures or an exercise concerns every page', () => {
    for (const file of ['.vitepress/theme/index.ts', 'exercises/say.ts'])
      expect(touched(file), file).toEqual({ own: [], machinery: site })
  })
})

test('what judges a text is a part of its digest, and so is the text', () => {
  const sources = new Sources(root)
  const [one, other] = [claim, model].map((file) => sources.ofTest(file)) as [Digests, Digests]
  const own = (text: string, ...judges: [Digests, ...Digests[]]) =>
    sources.ofText(text, ...judges).own
  const all = [own('a', one), own('b', one), own('a', other), own('a', one, other)]
  expect(new Set(all).size).toBe(4)
  expect(sources.ofText('a', one).machinery).toBe(one.machinery)
})

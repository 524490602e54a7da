import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import * as cacheModel from '../../../.vitepress/theme/explorers/cache/cache-session.ts'
import { messages as cacheTexts } from '../../../.vitepress/theme/explorers/cache/cache-messages.ts'
import { messages as copyingTexts } from '../../../.vitepress/theme/explorers/replication/copying-messages.ts'
import { messages as distanceTexts } from '../../../.vitepress/theme/explorers/distance/distance-messages.ts'
import { messages as failoverTexts } from '../../../.vitepress/theme/explorers/replication/failover-messages.ts'
import * as failoverModel from '../../../.vitepress/theme/explorers/replication/failover-session.ts'
import { wordsOf as wordsOfMoment } from '../../../.vitepress/theme/explorers/replication/failover-words.ts'
import { messages as keyTexts } from '../../../.vitepress/theme/explorers/key/key-messages.ts'
import * as keyModel from '../../../.vitepress/theme/explorers/key/key-session.ts'
import { messages as loadTexts } from '../../../.vitepress/theme/explorers/multi-level/level-load-messages.ts'
import * as loadModel from '../../../.vitepress/theme/explorers/multi-level/level-load-session.ts'
import { messages as levelTexts } from '../../../.vitepress/theme/explorers/multi-level/multi-level-messages.ts'
import { messages as packetTexts } from '../../../.vitepress/theme/explorers/packet/packet-messages.ts'
import { stepsOf } from '../../../.vitepress/theme/explorers/packet/packet-question.ts'
import { endingOf, sentenceOf } from '../../../.vitepress/theme/explorers/packet/packet-story.ts'
import { messages as replicationTexts } from '../../../.vitepress/theme/explorers/replication/replication-messages.ts'
import { messages as ringTexts } from '../../../.vitepress/theme/explorers/ring/ring-messages.ts'
import * as ringModel from '../../../.vitepress/theme/explorers/ring/ring-session.ts'
import { stories as ringStories } from '../../../.vitepress/theme/explorers/ring/ring-stories.ts'
import { messages as staleTexts } from '../../../.vitepress/theme/explorers/multi-level/stale-messages.ts'
import * as staleModel from '../../../.vitepress/theme/explorers/multi-level/stale-session.ts'
import {
  seenAt,
  wordsOf as wordsOfWindow,
} from '../../../.vitepress/theme/explorers/multi-level/stale-words.ts'
import { direct, warmEdge } from '../../../snippets/network/distance.ts'
import { openPage, type View } from '../browser.ts'

async function openExplorer(path: string, title: string, view: View = {}): Promise<Locator> {
  const page = await openPage(path, view)
  const explorer = page.getByRole('region', { name: title })
  await explorer.scrollIntoViewIfNeeded()
  return explorer
}

/** From where the focus is, by keys alone. */
async function pressOn(button: Locator): Promise<void> {
  await button.focus()
  await button.page().keyboard.press('Enter')
}

const chip = (explorer: Locator, name: string) =>
  explorer.getByRole('button', { name, exact: true })

/** Pressed, and alive: the first press may come before the code does, and is not lost. */
async function choose(explorer: Locator, name: string): Promise<void> {
  await pressOn(chip(explorer, name))
  await explorer.locator('[aria-pressed=true]', { hasText: name }).waitFor()
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim())
const motionOf = (part: Locator, property: 'animationName' | 'transitionDuration') =>
  part.evaluate((element, name) => getComputedStyle(element)[name], property)

describe('the packet explorer', () => {
  const texts = packetTexts.en

  test('by keyboard alone: every frame is told and marked as the model has it', async () => {
    const explorer = await openExplorer('/layer-four', texts.title)
    const page = explorer.page()
    await choose(explorer, texts.modes.tunnel)
    await page.keyboard.press('Shift+Tab')
    expect(await focused(page)).toBe(texts.modes['direct-routing'])
    await page.keyboard.press('Enter')
    await choose(explorer, texts.faults['no-arp-ignore'])

    const steps = stepsOf({ mode: 'direct-routing', fault: 'no-arp-ignore' })
    await chip(explorer, texts.next).focus()
    for (const [at, step] of steps.entries()) {
      await explorer.getByText(texts.step(at + 1, steps.length)).waitFor()
      expect(await explorer.locator('.story').innerText()).toContain(sentenceOf(step, texts))
      const changed = step.frame.kind === 'tcp' ? step.frame.rewritten.length : 0
      expect(await explorer.locator('td.rewritten').count()).toBe(changed)
      await page.keyboard.press('ArrowRight')
    }
    const ending = endingOf(steps.at(-1)!.ending!, texts)
    expect(await explorer.locator('.ending').innerText()).toBe(ending)
    expect(await focused(page), 'at the end the focus stays').toBe(texts.next)
    expect(await explorer.locator('.config').innerText()).not.toContain('arp_ignore')

    await page.keyboard.press('ArrowLeft')
    await explorer.getByText(texts.step(steps.length - 1, steps.length)).waitFor()
    await page.keyboard.press('Home')
    await explorer.getByText(texts.step(1, steps.length)).waitFor()
    expect(await explorer.locator('tbody tr', { hasText: '→' }).count()).toBe(steps.length)
    expect(await motionOf(explorer.locator('.parcel rect').first(), 'animationName')).not.toBe(
      'none',
    )
  })

  test('plays by itself when it is asked to, and its parcels don’t travel for who wants no motion', async () => {
    const zh = packetTexts.zh
    const explorer = await openExplorer('/layer-four', zh.title, {
      lang: 'zh',
      reducedMotion: true,
    })
    await choose(explorer, zh.modes.nat)
    const clock = explorer.page().clock
    await clock.install()
    await pressOn(chip(explorer, zh.play))
    const steps = stepsOf({ mode: 'nat', fault: undefined })
    await clock.runFor(60_000)
    await explorer.getByText(zh.step(steps.length, steps.length)).waitFor()
    await chip(explorer, zh.play).waitFor()
    expect(await motionOf(explorer.locator('.parcel rect').first(), 'animationName')).toBe('none')
  })
})

/** What the model makes of a story. */
function told(id: cacheModel.StoryId, program: cacheModel.Program): cacheModel.Session {
  let settings = { ...cacheModel.startSettings, ...cacheModel.stories[id].set, program }
  let session = cacheModel.newSession
  for (const { waitS, reader, set } of cacheModel.stories[id].steps) {
    settings = { ...settings, ...set }
    session = cacheModel.send(cacheModel.pass(session, waitS), settings, reader)
  }
  return session
}

/** What its table says of each request: when, who, and what became of it. */
const tableOf = (explorer: Locator) =>
  explorer
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('td')].slice(0, 3).map((cell) => cell.textContent),
      ),
    )

describe('the cache explorer', () => {
  test('by keyboard alone: a story goes as the model tells it, and ends where the focus was', async () => {
    const texts = cacheTexts.en
    const explorer = await openExplorer('/cache-tier', texts.title)
    const page = explorer.page()
    for (const program of ['nginx', 'varnish'] as const) {
      await choose(explorer, texts.programs[program])
      await choose(explorer, texts.stories.dead)
      const { asked } = told('dead', program)
      await chip(explorer, texts.step).focus()
      // Once more than there are requests: the last press does nothing.
      for (let press = 0; press <= asked.length; press++) await page.keyboard.press('Enter')
      const questions = asked.filter(({ exchange }) => exchange.fetch).length
      await explorer.getByText(texts.tally(asked.length, questions)).waitFor()
      expect(await focused(page)).toBe(texts.step)
      expect(await tableOf(explorer)).toEqual(
        asked.map(({ atS, reader, exchange }) => [
          `${atS} s`,
          texts.readers[reader],
          texts.outcomes[exchange.outcome],
        ]),
      )
      expect(await explorer.locator('svg.wide .lost').count(), 'asked in vain').toBe(3)
    }
    expect(await explorer.locator('tbody').textContent()).toContain('503 by the cache itself')

    await explorer.getByRole('checkbox', { name: texts.setsCookie }).press('Space')
    await pressOn(chip(explorer, texts.wait(5)))
    await pressOn(chip(explorer, texts.readers.chinese))
    expect(await explorer.locator('.lead').innerText()).toBe(texts.free)
    expect(await explorer.locator('.config').innerText()).toContain('set-cookie')
    expect(await explorer.locator('.story').last().innerText()).toContain('a Chinese reader')
  })

  test('plays a story to its end, and once again', async () => {
    const texts = cacheTexts.zh
    const explorer = await openExplorer('/cache-tier', texts.title, { lang: 'zh' })
    await choose(explorer, texts.stories.languages)
    const { asked } = told('languages', 'varnish')
    const clock = explorer.page().clock
    await clock.install()
    for (const time of ['once', 'again']) {
      await pressOn(chip(explorer, texts.play))
      await chip(explorer, texts.pause).waitFor()
      await clock.runFor(10_000)
      await chip(explorer, texts.play).waitFor()
      expect(await tableOf(explorer), time).toHaveLength(asked.length)
    }
    const words = await explorer.locator('svg.wide').getAttribute('aria-label')
    expect(words).toBe(texts.timelineWords(asked, 2))
    expect(words).toContain('第 0 秒未命中')
    expect(words).not.toMatch(/[a-z]/i)
  })
})

describe('the explorer of a key’s life', () => {
  test('by keyboard alone: the late fill, its cure, and a move of the reader’s own', async () => {
    const texts = keyTexts.en
    const explorer = await openExplorer('/one-redis', texts.title)
    const page = explorer.page()
    const told = (filling: 'plain' | 'lease') =>
      keyModel.stories['late-fill'].moves.reduce(
        (session, move) => keyModel.make(session, { writing: 'delete-after', filling }, move),
        keyModel.newSession(undefined),
      ).played
    await choose(explorer, texts.stories['late-fill'])
    for (const filling of ['plain', 'lease'] as const) {
      await choose(explorer, texts.fillings[filling])
      const played = told(filling)
      await chip(explorer, texts.step).focus()
      // Once more than there are steps: the last press does nothing.
      for (let press = 0; press <= played.length; press++) await page.keyboard.press('Enter')
      expect(await focused(page)).toBe(texts.step)
      expect(await explorer.locator('tbody tr').count()).toBe(played.length)
      expect(await explorer.locator('svg.wide .wrong').count()).toBe(filling === 'plain' ? 2 : 0)
      expect(await explorer.locator('svg.wide .cross').count()).toBe(filling === 'plain' ? 0 : 1)
    }
    await pressOn(explorer.locator('summary', { hasText: texts.own }))
    await pressOn(chip(explorer, texts.enter.reader(texts.lanes.web1)))
    expect(await explorer.locator('.lead').innerText()).toBe(texts.free)
    expect(await explorer.locator('.story').innerText()).toContain('R3 at web1')
  })

  test('plays a story to its end, and its picture has words', async () => {
    const texts = keyTexts.zh
    const explorer = await openExplorer('/one-redis', texts.title, { lang: 'zh' })
    await choose(explorer, texts.stories['writer-dies'])
    const clock = explorer.page().clock
    await clock.install()
    await pressOn(chip(explorer, texts.play))
    await chip(explorer, texts.pause).waitFor()
    await clock.runFor(15_000)
    await chip(explorer, texts.play).waitFor()
    expect(await explorer.locator('tbody tr').count()).toBe(7)
    expect(await explorer.locator('svg.wide').getAttribute('aria-label')).toBe(
      texts.pictureWords(7, 'v2', 2),
    )
  })
})

describe('the ring explorer', () => {
  test('by keyboard alone: one joins by each of the ways, and the reader removes another', async () => {
    const texts = ringTexts.en
    const explorer = await openExplorer('/many-redis', texts.title)
    const page = explorer.page()
    await choose(explorer, texts.stories.joins)
    await pressOn(chip(explorer, texts.step))
    const session = ringModel.make(ringModel.newSession(3), ringStories.joins.moves[0]!)
    const worlds = [ringModel.worldBefore(session), ringModel.worldOf(session)] as const
    for (const way of ringModel.ways) {
      await choose(explorer, texts.ways[way])
      const moved = ringModel.movedBy(ringModel.drawnKeys, worlds, way, 10)
      expect(await explorer.locator('svg .key.moved').count(), way).toBe(moved.length)
      expect(await explorer.locator('svg .count').textContent(), way).toBe(`${moved.length}`)
    }
    await pressOn(chip(explorer, texts.remove('redis2')))
    expect(await explorer.locator('.lead').innerText()).toContain(texts.free)
    expect(await explorer.locator('.story').innerText()).toContain('redis2 is gone.')
    expect(await explorer.locator('.servers tbody tr').count()).toBe(3)
    expect(await focused(page)).toBe(texts.add)
  })
})

describe('the replication explorer', () => {
  test('by keyboard alone: away for longer everything comes anew, unless the backlog is larger', async () => {
    const texts = copyingTexts.en
    const explorer = await openExplorer('/replicated-redis', texts.title)
    const page = explorer.page()
    await choose(explorer, texts.stories.long)
    for (const [backlog, answer] of [
      ['16 kB', texts.full['too-late']],
      ['64 kB', texts.partial('24 kB')],
    ] as const) {
      await choose(explorer, backlog)
      await chip(explorer, texts.step).focus()
      // As far as the copy's awakening.
      for (let press = 0; press < 6; press++) await page.keyboard.press('Enter')
      expect(await explorer.locator('.story').innerText(), backlog).toContain(answer)
      expect(await explorer.locator('tbody tr').count()).toBe(6)
      expect(await focused(page)).toBe(texts.step)
    }
    await pressOn(chip(explorer, texts.sleep))
    expect(await explorer.locator('.lead').innerText()).toBe(texts.free)
    await pressOn(chip(explorer, texts.write('8 kB')))
    expect(await explorer.locator('svg.wide .lacks').count()).toBe(1)
    await pressOn(chip(explorer, texts.wake))
    expect(await explorer.locator('svg.wide .lacks').count()).toBe(0)
  })

  test('the other view: a split is told as the model has it, and a move of the reader’s own', async () => {
    const texts = failoverTexts.en
    const explorer = await openExplorer('/replicated-redis', texts.title)
    const page = explorer.page()
    await choose(explorer, replicationTexts.en.views.failover)
    expect(await focused(page)).toBe(replicationTexts.en.views.failover)
    await choose(explorer, texts.stories.split)
    const { disturbances } = failoverModel.stories.split
    const { story } = failoverModel.newSession(failoverModel.settingsOf('split'), disturbances)
    await chip(explorer, texts.step).focus()
    for (const moment of story.moments) {
      await page.keyboard.press('Enter')
      expect(await explorer.locator('.story').innerText()).toContain(wordsOfMoment(moment, texts))
    }
    const { tally } = story.moments.at(-1)!
    expect(await explorer.locator('.lost dd').textContent()).toBe(`${tally.lost}`)
    expect(await explorer.locator('.beliefs tbody tr').count()).toBe(3)
    expect(await focused(page)).toBe(texts.step)

    await choose(explorer, 'sentinel3')
    await pressOn(chip(explorer, texts.acts.killed('sentinel3')))
    expect(await explorer.locator('.lead').innerText()).toBe(texts.free)
    expect(await explorer.locator('.story').innerText()).toContain(texts.events.killed('sentinel3'))
    await choose(explorer, replicationTexts.en.views.copying)
    await choose(explorer, replicationTexts.en.views.failover)
    expect(await explorer.locator('.lead').innerText(), 'as it was left').toBe(texts.free)
  })

  test('the view that was chosen stands in the address, and opens by it', async () => {
    const texts = failoverTexts.en
    const page = (
      await openExplorer('/replicated-redis?view=failover', copyingTexts.en.title)
    ).page()
    const view = page.getByRole('region', { name: texts.title })
    await view.locator('.story').waitFor()
    await choose(view, replicationTexts.en.views.copying)
    await expect.poll(() => new URL(page.url()).search).toBe('')
  })

  test('plays a story to its end, in Chinese, on a telephone, without sideways scrolling', async () => {
    const texts = failoverTexts.zh
    const view = { lang: 'zh', width: 390 } as const
    const explorer = await openExplorer('/replicated-redis', texts.title, view)
    await choose(explorer, replicationTexts.zh.views.failover)
    await choose(explorer, texts.stories.few)
    const clock = explorer.page().clock
    await clock.install()
    await pressOn(chip(explorer, texts.play))
    await chip(explorer, texts.pause).waitFor()
    await clock.runFor(60_000)
    await chip(explorer, texts.play).waitFor()
    expect(await explorer.locator('.story').innerText()).toContain(texts.over)
    expect(await explorer.locator('svg.narrow').getAttribute('aria-label')).toContain('没有')
    const overflow = await explorer.evaluate(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
})

describe('the multi-level explorer', () => {
  test('by keyboard alone: each group more makes all bars of the groups shorter', async () => {
    const texts = loadTexts.en
    const explorer = await openExplorer('/multi-level', texts.title)
    const page = explorer.page()
    await choose(explorer, texts.pages(800))
    const groups = explorer.getByRole('slider', { name: texts.groups })
    await groups.press('Home')
    for (const count of [1, 2, 3]) {
      const settings = { ...loadModel.usual, entries: 800, groups: count }
      const rows = loadModel.rowsOf(loadModel.loadOf(settings))
      const near = rows.find(({ kind }) => kind === 'near')!.bars
      await explorer.getByText(texts.groupsAre(count), { exact: true }).waitFor()
      expect(await explorer.locator('.level.near .figure').allInnerTexts()).toEqual(
        near.map(({ asked }) => texts.of100(loadModel.figure(asked))),
      )
      await groups.press('ArrowRight')
    }
    await choose(explorer, texts.withProcess.on)
    expect(await explorer.locator('.level.process .row').count()).toBe(2)
    await expect
      .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
      .toEqual({ groups: '4', size: '800', process: 'on' })
  })

  test('a story is told as the model has it, and how long it lasted at the end', async () => {
    const texts = staleTexts.en
    const explorer = await openExplorer('/multi-level', loadTexts.en.title)
    const page = explorer.page()
    await pressOn(chip(explorer, levelTexts.en.views.stale))
    const view = page.getByRole('region', { name: texts.title })
    expect(await focused(page)).toBe(levelTexts.en.views.stale)
    await choose(view, texts.stories['near-first'])
    const { story } = staleModel.newSession(staleModel.settingsOf('near-first'))
    await chip(view, texts.step).focus()
    for (const moment of story.moments) {
      expect(await view.locator('.windows dd').first().innerText()).toBe(texts.notYet)
      await page.keyboard.press('Enter')
      expect(await view.locator('.story').innerText()).toContain(wordsOfWindow(moment, texts))
    }
    const end = staleModel.tell(
      { ...staleModel.newSession(staleModel.settingsOf('near-first')) },
      99,
    )
    expect(await view.locator('.windows dd').allInnerTexts()).toEqual(
      (['web1', 'web2'] as const).map((server) => seenAt(end, server, texts)),
    )
    expect(await view.locator('svg.wide .stale').count()).toBe(2)
    expect(await focused(page)).toBe(texts.step)

    await choose(view, texts.options.order['far-first'])
    expect(await view.locator('.lead').innerText()).toBe(texts.told.calm)
    await choose(view, texts.process.off)
    expect(await view.locator('.lead').innerText()).toBe(texts.free)
  })

  test('opens as its address says, and an address that says nonsense opens the usual', async () => {
    const texts = staleTexts.en
    const address = '/multi-level?view=stale&message=lost&ttl=own&step=4&fill=maybe'
    // It reads the address when it is seen first; until then the usual view stands there.
    const page = (await openExplorer(address, loadTexts.en.title)).page()
    const view = page.getByRole('region', { name: texts.title })
    await view.locator('.story b', { hasText: '4.' }).waitFor()
    for (const chosen of [
      texts.options.message.lost,
      texts.options.ttl.own,
      texts.options.fill.plain,
    ])
      expect(await chip(view, chosen).getAttribute('aria-pressed')).toBe('true')
    await pressOn(chip(view, texts.step))
    await expect.poll(() => new URL(page.url()).searchParams.get('step')).toBe('5')
  })

  test('plays to its end, in Chinese, on a telephone, without sideways scrolling', async () => {
    const texts = staleTexts.zh
    const view = { lang: 'zh', width: 390 } as const
    const opened = await openExplorer('/multi-level?view=stale', loadTexts.zh.title, view)
    const page = opened.page()
    const explorer = page.getByRole('region', { name: texts.title })
    await choose(explorer, texts.stories.sum)
    const clock = page.clock
    await clock.install()
    await pressOn(chip(explorer, texts.play))
    await chip(explorer, texts.pause).waitFor()
    await clock.runFor(60_000)
    await chip(explorer, texts.play).waitFor()
    expect(await explorer.locator('.windows dd').allInnerTexts()).toEqual(['18.80 s', '17.90 s'])
    for (const name of [levelTexts.zh.views.stale, levelTexts.zh.views.load]) {
      await pressOn(page.getByRole('button', { name, exact: true }))
      const overflow = await page
        .locator('.ft-explorer')
        .evaluateAll((all) => all.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
      expect(Math.max(...overflow)).toBeLessThanOrEqual(0)
    }
  })
})

test('the picture of distances: arrow keys move the edge, and the words follow', async () => {
  const texts = distanceTexts.en
  const explorer = await openExplorer('/cache-tier', texts.title, { reducedMotion: true })
  await choose(explorer, texts.protocols.quic)
  const edge = explorer.getByRole('slider', { name: texts.edgeKm })
  for (let press = 0; press < 6; press++) await edge.press('ArrowRight')
  const route = { edgeKm: 400, originKm: 9000, protocol: 'quic', workMs: 20 } as const
  const words = texts.words(direct(route).totalMs, warmEdge(route).totalMs)
  await explorer.getByText(words).waitFor()
  expect(await explorer.locator('tbody td').last().textContent()).toBe(
    String(warmEdge(route).totalMs),
  )
  const moves = await motionOf(explorer.locator('.track i').first(), 'transitionDuration')
  expect(parseFloat(moves)).toBeLessThan(0.001)
})

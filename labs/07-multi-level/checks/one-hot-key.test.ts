import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  askedOver,
  beginEmpty,
  createDraw,
  inTurn,
  lab,
  lengthen,
  loadsDuring,
  makeTopics,
  readPages,
  removeTopics,
  say,
  tellServers,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const groups = ['near1', 'near2', 'near3']
const mainLevel = ['redis1', 'copy1']
const usual = { web1: groups, web2: groups }
const draw = createDraw(72)
/** Few enough for every group to have all of them soon. */
const [count, scouts] = [20, 45]
/** Readings until every group has them, and those that are judged. */
const [warmUp, crowd] = [900, 3000]
/** The busiest group over the mean; and who has less to do than a tenth of the readings is not busy. */
const [bar, little] = [1.5, crowd / 10]
/** Of all readings, those of which the main level hears. */
const farther = crowd / 10
const fewLoads = 10
/** To the second hot page, of three thousand letters each. */
const replies = 30

let paths: readonly string[] = []
let others: readonly string[] = []
/** Today's, and tomorrow's, which is longer than what many a cache keeps. */
let hots: readonly string[] = []
beforeAll(async () => {
  const all = await makeTopics(lab, count + scouts, draw.word())
  paths = all.slice(0, count)
  others = all.slice(count)
  hots = draw.some(2, paths)
  await lengthen(lab, hots.slice(1), replies)
  await tellServers(lab, usual, 'NEAR_URL')
  await beginEmpty(lab, { servers, groups }, 'redis1', others)
}, 60_000)
afterAll(() => removeTopics(lab, [...paths, ...others]))

test.each([
  { day: 0, page: say('a short page', '短的一页') },
  { day: 1, page: say('the next day one of ninety kilobytes', '第二天是九万字节的一页') },
])(
  say(
    'half the world wants one page, and all groups share the work: $page',
    '半个世界要同一页，活儿由各组分担：$page',
  ),
  { timeout: 120_000 },
  async ({ day }) => {
    const hot = hots[day]!
    const cold = paths.filter((path) => path !== hot)
    await read(visits(hot, cold, warmUp))
    let loads: readonly string[] = []
    const asked = await askedOver(lab, [...groups, ...mainLevel], async () => {
      loads = await loadsDuring(lab, log, [hot], () => read(visits(hot, cold, crowd)))
    })
    const counted = JSON.stringify(asked)
    const far = mainLevel.reduce((sum, server) => sum + asked[server]!, 0)
    const ofMain = say(
      `what the main level was asked, of ${crowd} readings (${counted})`,
      `${crowd} 次读里，问到主缓存的（${counted}）`,
    )
    expect(far, ofMain).toBeLessThanOrEqual(farther)
    const near = groups.map((group) => asked[group]!)
    const mean = near.reduce((sum, one) => sum + one, 0) / groups.length
    const ofGroup = say(
      `what the busiest group was asked (${counted})`,
      `最忙的一组被问的次数（${counted}）`,
    )
    expect(Math.max(...near), ofGroup).toBeLessThanOrEqual(Math.max(bar * mean, little))
    const loaded = say('loads of the hot page', '热页面的读取次数')
    expect(loads.length, loaded).toBeLessThanOrEqual(fewLoads)
  },
)

/** Every second one for the hot page, in a drawn order. */
const visits = (hot: string, cold: readonly string[], length: number) =>
  Array.from({ length }, () => (draw.one([true, false]) ? hot : draw.one(cold)))

const read = (pages: readonly string[]) => readPages(lab, pages, inTurn(servers))

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  countHomes,
  createDraw,
  emptyRedis,
  expectSeen,
  homesOf,
  inTurn,
  lab,
  type LabRequest,
  loadsDuring,
  loadsIn,
  makeTopics,
  openTopics,
  readPages,
  type RedisLists,
  removeTopics,
  replyAt,
  say,
  tellServers,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const redis = ['redis1', 'redis2', 'redis3', 'redis4']
const usual: RedisLists = {
  web1: ['redis1', 'redis2', 'redis3'],
  web2: ['redis3', 'redis1', 'redis2'],
}
const draw = createDraw(53)
/** The newcomer stands at the end of a list, or anywhere. */
const withFourth = (): RedisLists => ({ web1: redis, web2: draw.some(4, redis) })
const count = 1800
const dayTopics = 300
const bar = 0.9

let paths: readonly string[] = []
beforeAll(async () => {
  paths = await makeTopics(lab, count, draw.word())
})
beforeEach(async () => {
  await tellServers(lab, usual)
  await emptyRedis(lab, redis)
})
afterAll(async () => {
  await removeTopics(lab, paths)
  await tellServers(lab, usual)
})

test(
  say(
    'when a fourth joins, at most 30 % of the pages must be loaded again, and it has its share',
    '来了第四个，需要重新读的页面最多 30%，它也分到了自己那份',
  ),
  { timeout: 120_000 },
  async () => {
    await readAll(paths)
    await tellServers(lab, withFourth())
    const loads = await loadsOf(() => readAll(paths))
    expect(
      Number((loads.length / count).toFixed(3)),
      say('the part of the pages that was loaded again', '重新读过的页面所占的比例'),
    ).toBeLessThanOrEqual(1.2 / 4)
    const [kept = 0] = countHomes(await homesOf(lab, ['redis4'], paths), ['redis4'])
    expect(
      Number((kept / count).toFixed(3)),
      say('the part of the pages that redis4 keeps', 'redis4 存了多大比例的页面'),
    ).toBeGreaterThan(1 / 6)
    const again = await loadsOf(() => readAll(paths, 1))
    expect(
      again.length,
      say('pages that the other server loaded again', '另一台又读了一次的页面'),
    ).toBeLessThanOrEqual(count / 20)
  },
)

test(
  say(
    `it joins in the middle of the recorded day, and nine of ten readings are hits in the second half`,
    '录下的那天过到一半它来了，后半天十次读仍有九次命中',
  ),
  async () => {
    const day = lab.recording('traffic/day.tsv').map(atHand)
    const half = day.length / 2
    await readAll(day.slice(0, half))
    await tellServers(lab, withFourth())
    const asked = await lab.questions(log, () => readAll(day.slice(half)))
    const ratio = 1 - loadsIn(asked).length / half
    expect(
      Number(ratio.toFixed(3)),
      say('hits of all readings in the second half', '后半天的命中率'),
    ).toBeGreaterThanOrEqual(bar)
  },
)

test(
  say(
    'what is written is seen at once: before it joins, after it has joined, and after it has left again',
    '写下的立刻看得到：它来之前，来之后，又走了之后',
  ),
  async () => {
    const some = draw.some(40, paths)
    const texts = new Map<string, string>()
    const writeAll = async () => {
      for (const [index, path] of some.entries()) {
        texts.set(path, draw.word(16))
        await replyAt(lab, path, texts.get(path)!, servers[index % 2]!)
      }
      texts.set('/', draw.word(12))
      const [made = ''] = await openTopics(lab, 1, texts.get('/')!, {
        to: draw.one(servers),
        port: 3000,
      })
      texts.set(made, texts.get('/')!)
    }
    await readAll(['/', ...some])
    await writeAll()
    await expectSeen(lab, texts, servers)
    await tellServers(lab, withFourth())
    await expectSeen(lab, texts, servers)
    await writeAll()
    await expectSeen(lab, texts, servers)
    // Where its pages lived before, old ones may still lie.
    await tellServers(lab, usual)
    await expectSeen(lab, texts, servers)
  },
)

const readAll = (pages: readonly (string | LabRequest)[], first = 0) =>
  readPages(lab, pages, inTurn(servers, first))

const loadsOf = (work: () => Promise<void>) => loadsDuring(lab, log, paths, work)

/** The day knows its topics by their place, from 1 to 300. */
function atHand(request: LabRequest): LabRequest {
  const [, place] = /^\/topics\/(\d+)$/.exec(request.path) ?? []
  if (Number(place) > dayTopics) throw new Error(`the day has a topic ${place}`)
  return place ? { ...request, path: paths[Number(place) - 1]! } : request
}

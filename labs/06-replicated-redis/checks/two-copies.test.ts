import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  beginAnew,
  copiesAll,
  createDraw,
  expectTwoMinutes,
  homesOf,
  inTurn,
  lab,
  makeTopics,
  readPages,
  removeTopics,
  replicationOf,
  replyAt,
  say,
} from '#labs/kit'

const servers = ['web1', 'web2']
/** Crosswise: each master's copy is on the other machine. */
const copies = [
  ['redis1', 'copy1'],
  ['redis2', 'copy2'],
] as const
const redis = copies.flat()
const pairs = { redis, sentinels: ['sentinel1', 'sentinel2', 'sentinel3'], web: servers }
const draw = createDraw(61)
const count = 200
/** A stall of the machine may cost some. */
const few = count / 20
/** Milliseconds for a copy to have what its master has. */
const soon = 3000

let paths: readonly string[] = []
beforeAll(async () => {
  paths = await makeTopics(lab, count, draw.word())
  // Whether anybody watches is another task.
  await beginAnew(lab, pairs, { masters: 0 })
}, 120_000)
/** At both servers: what each keeps for itself would lie in both halves. */
beforeEach(async () => {
  for (const turn of servers.keys()) await readPages(lab, paths, inTurn(servers, turn))
})
afterAll(() => removeTopics(lab, paths))

test.each(copies)(
  say('%s has a copy that has all that it has: %s', '%s 有一个副本，它有的副本都有：%s'),
  async (master, copy) => {
    for (const [index, to] of [...servers, ...servers].entries())
      await lab.signIn(`Guest ${index}`, { to, port: 3000 })
    const message = say(
      `${copy} copies ${master}, and has come as far`,
      `${copy} 是 ${master} 的副本，而且跟上了`,
    )
    const has = () => copiesAll(lab, copy, master)
    await expect.poll(has, { timeout: soon, interval: 100, message }).toBe(true)
    const { copies: count } = (await replicationOf(lab, master))!
    expect(count, say(`copies of ${master}`, `${master} 的副本数`)).toBe(1)
  },
)

test(
  say(
    'each page lies in one half: at its master, and at its copy on the other machine',
    '每个页面只在一半里：主有一份，另一台机器上的副本有一份',
  ),
  async () => {
    const homes = await homesOf(lab, redis, paths)
    const [one, two, elsewhere] = [
      [...homes.values()].filter((found) => found.join() === 'copy1,redis1').length,
      [...homes.values()].filter((found) => found.join() === 'copy2,redis2').length,
      [...homes].filter(([, found]) => !/^copy(\d),redis\1$/.test(found.join())),
    ]
    expect(
      elsewhere.length,
      say('pages that are anywhere else, or once only', '存在别处、或者只存了一份的页面'),
    ).toBeLessThanOrEqual(few)
    for (const [master] of copies) await expectTwoMinutes(lab, master)
    const least = say('pages in the smaller half', '较小的那一半有多少页面')
    expect(Math.min(one, two), least).toBeGreaterThan(count / 4)
  },
)

test(
  say(
    'the front page, too, lies in one half, at its master and its copy',
    '首页也只在一半里：主一份，副本一份',
  ),
  async () => {
    // Often, one after the other: whoever draws lots for the half has both by now.
    for (const turn of Array(12).keys()) await readPages(lab, ['/'], inTurn(servers, turn))
    const homes = async () => (await homesOf(lab, redis, ['/'])).get('/')!.join(' + ')
    const message = say('where the front page lies', '首页存在哪里')
    const options = { timeout: soon, interval: 100, message }
    await expect.poll(homes, options).toMatch(/^copy(\d) \+ redis\1$/)
  },
)

test(
  say('what is deleted at the master is gone at the copy, too', '主删掉的，副本也没有了'),
  async () => {
    const some = draw.some(6, paths)
    for (const [index, path] of some.entries())
      await replyAt(lab, path, draw.word(16), servers[index % 2]!)
    const left = async () =>
      [...(await homesOf(lab, redis, some))].flatMap(([path, found]) =>
        found.map((server) => `${path} ${server}`),
      )
    const message = say('old pages that are still kept', '还留着的旧页面')
    await expect.poll(left, { timeout: soon, interval: 200, message }).toEqual([])
  },
)

test.each(copies)(
  say('%s takes what is written, and its copy %s refuses', '%s 收写入，它的副本 %s 拒绝'),
  async (master, copy) => {
    const key = `probe:${draw.word()}`
    const write = async (server: string) => {
      const { stdout, stderr } = await lab.exec(server, ['redis-cli', 'SET', key, 'x', 'PX', '999'])
      return `${stdout}${stderr}`.trim()
    }
    expect(await write(master), say(`a write at ${master}`, `在 ${master} 上写`)).toBe('OK')
    expect(await write(copy), say(`a write at ${copy}`, `在 ${copy} 上写`)).toMatch(/^READONLY/)
  },
)

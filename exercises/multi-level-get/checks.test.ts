import { beforeEach, expect, test } from 'vitest'
import { say } from '../say.ts'
import { createFakeWorld, ttls, type FakePlace } from './fake-world.ts'
import { createLevels, type Cache } from './starter.ts'

let fake: ReturnType<typeof createFakeWorld>
let cache: Cache

beforeEach(() => {
  fake = createFakeWorld()
  fake.rows.set('tea', 'green')
  cache = createLevels(fake.world)
})

type Seen = string | undefined | 'error' | 'no answer yet'

/** What this reader has been told so far. */
function reader(key = 'tea', of = cache): () => Seen {
  let seen: Seen = 'no answer yet'
  of.get(key).then(
    (value) => (seen = value),
    () => (seen = 'error'),
  )
  return () => seen
}

/** A reader who comes now and waits for nothing but the database. */
async function read(key = 'tea'): Promise<Seen> {
  const seen = reader(key)
  await fake.settle()
  await fake.answer()
  return seen()
}

/** The database has a new page; this says what has become of telling the caches. */
function change(value: string): () => 'under way' | 'done' | 'failed' {
  fake.rows.set('tea', value)
  let state: 'under way' | 'done' | 'failed' = 'under way'
  cache.invalidate('tea').then(
    () => (state = 'done'),
    () => (state = 'failed'),
  )
  return () => state
}

const keep = (places: readonly FakePlace[], value: string, forMs = 150) => {
  for (const { entries } of places) entries.set('tea', { value, until: fake.clock.now + forMs })
}
/** Which pages lie about, wherever. */
const kept = () => [...new Set(fake.all.flatMap((place) => place.has('tea')?.value ?? []))]
const filledGroups = () => fake.groups.filter((group) => group.has('tea'))
/** For how long a place still has it. */
const restAt = (place: FakePlace) => place.has('tea')!.until - fake.clock.now

test(
  say('what the nearest has is shown, and nobody else asked', '最近的有，就直接给，不问别处'),
  async () => {
    keep([fake.own], 'black')
    expect(await read()).toBe('black')
    expect([...fake.groups, fake.main].map(({ asked }) => asked)).toEqual([0, 0, 0, 0])
    expect(fake.questions).toBe(0)
  },
)

test(
  say(
    'what a group has is filled into the process, and the main level isn’t asked',
    '某一组有的，填进进程里，不问主缓存',
  ),
  async () => {
    keep(fake.groups, 'black')
    expect(await read()).toBe('black')
    expect(fake.own.has('tea')?.value).toBe('black')
    expect([fake.main.asked, fake.questions]).toEqual([0, 0])
  },
)

test(
  say(
    'what the main level has is filled into that group which was asked, and no other',
    '主缓存有的，只填进刚才问过的那一组，别的组不填',
  ),
  async () => {
    keep([fake.main], 'black')
    expect(await read()).toBe('black')
    expect(fake.questions).toBe(0)
    expect(fake.own.has('tea')?.value).toBe('black')
    expect(filledGroups().map(({ asked }) => asked)).toEqual([1])
    expect(filledGroups()[0]!.has('tea')?.value).toBe('black')
  },
)

test(
  say(
    'what nobody has is asked of the database once, and filled into one place of each level',
    '都没有就问一次数据库，每一级各填一处',
  ),
  async () => {
    expect(await read()).toBe('green')
    expect(fake.questions).toBe(1)
    expect([fake.own, fake.main].map((place) => place.has('tea')?.value)).toEqual([
      'green',
      'green',
    ])
    expect(filledGroups().map(({ asked }) => asked)).toEqual([1])
  },
)

test(say('two pages are two pages', '两个页面互不相干'), async () => {
  fake.rows.set('milk', 'cold')
  const both = [reader('tea'), reader('milk')]
  await fake.settle()
  await fake.answer()
  await fake.answer()
  expect(both.map((seen) => seen())).toEqual(['green', 'cold'])
  expect([await read('milk'), await read('tea')]).toEqual(['cold', 'green'])
  expect(fake.questions).toBe(2)
})

test(
  say(
    'one page, read three hundred times: each group is asked its share',
    '同一页读三百次：每一组都分到自己那一份',
  ),
  async () => {
    const [, near, main] = fake.world.levels
    const two = createLevels({ ...fake.world, levels: [near!, main!] })
    for (let count = 0; count < 300; count += 1) {
      reader('tea', two)
      await fake.settle()
      await fake.answer()
    }
    for (const { asked } of fake.groups) {
      expect(asked).toBeGreaterThan(60)
      expect(asked).toBeLessThan(141)
    }
    expect([fake.main.asked, fake.questions]).toEqual([3, 1])
  },
)

test(
  say(
    'each level keeps for its own time, if the levels behind do so for longer',
    '后面几级还留得更久，就各按自己的有效期存',
  ),
  async () => {
    await read()
    expect([fake.own, filledGroups()[0]!, fake.main].map(restAt)).toEqual([
      ttls.process,
      ttls.near,
      ttls.main,
    ])
    fake.clock.now += 300
    await read()
    expect([restAt(fake.own), restAt(fake.main)]).toEqual([ttls.process, ttls.main - 300])
  },
)

test(
  say(
    'what is almost over farther off is not kept for longer nearby',
    '远处快到期的，近处也不多留',
  ),
  async () => {
    keep([fake.main], 'black', 70)
    await read()
    expect([restAt(fake.own), restAt(filledGroups()[0]!)]).toEqual([70, 70])
    expect(restAt(fake.main)).toBe(70)
  },
)

test(
  say(
    'from the database, too, no level keeps for longer than those behind it',
    '从数据库来的也一样：哪一级都不比后面的留得久',
  ),
  async () => {
    const [own, near, main] = fake.world.levels
    const levels = [{ ...own!, ttlMs: 900 }, { ...near!, ttlMs: 300 }, main!]
    reader('tea', createLevels({ ...fake.world, levels }))
    await fake.settle()
    await fake.answer()
    expect([fake.own, filledGroups()[0]!, fake.main].map(restAt)).toEqual([300, 300, ttls.main])
  },
)

test(
  say(
    'nobody says that the page has changed: after the main level’s time all see the new one',
    '没人通知页面变了：过了主缓存的有效期，谁看到的都是新的',
  ),
  async () => {
    await read()
    fake.rows.set('tea', 'oolong')
    for (let passed = 0; passed < ttls.main; passed += 50) {
      expect(await read()).toBe('green')
      fake.clock.now += 50
    }
    for (let count = 0; count < 6; count += 1) {
      expect(await read()).toBe('oolong')
      fake.clock.now += ttls.process
    }
  },
)

test(say('a group that is away is passed over', '某一组不在，就绕过它'), async () => {
  for (const group of fake.groups) group.isAway = true
  keep([fake.main], 'black')
  expect(await read()).toBe('black')
  expect(fake.own.has('tea')?.value).toBe('black')
  expect(fake.questions).toBe(0)
})

test(
  say(
    'with the main level away the groups answer, and what they lack comes from the database',
    '主缓存不在：各组照答，没有的去问数据库',
  ),
  async () => {
    fake.main.isAway = true
    expect(await read()).toBe('green')
    expect(fake.own.has('tea')?.value).toBe('green')
    expect(filledGroups()).toHaveLength(1)
    keep(fake.groups, 'black')
    fake.own.entries.clear()
    expect(await read()).toBe('black')
    expect(fake.questions).toBe(1)
  },
)

test(
  say(
    'the database fails: the reader is told, nothing is kept, and the next one asks again',
    '数据库出错：告诉读者，什么也不存，下一位再问',
  ),
  async () => {
    const one = reader()
    await fake.settle()
    await fake.fail()
    expect([one(), kept()]).toEqual(['error', []])
    expect(await read()).toBe('green')
  },
)

test(say('a page that there is not is kept nowhere', '没有的页面，哪里也不存'), async () => {
  expect(await read('coffee')).toBe(undefined)
  expect(fake.all.map(({ entries }) => entries.size)).toEqual([0, 0, 0, 0, 0])
})

test(
  say('a change takes the page from every place of every level', '变动后，每一级的每一处都删掉'),
  async () => {
    keep(fake.all, 'green')
    for (const { entries } of fake.all) entries.set('milk', { value: 'cold', until: 1e9 })
    const told = change('oolong')
    await fake.settle()
    expect([told(), kept()]).toEqual(['done', []])
    expect(fake.all.every((place) => place.has('milk'))).toBe(true)
    expect(await read()).toBe('oolong')
  },
)

for (const [at, en, zh] of [
  [4, 'the main level', '主缓存'],
  [2, 'a group', '某一组'],
  [0, 'the process', '进程内'],
] as const)
  test(
    say(`it is not done before the delete has arrived at ${en}`, `删除还没送到${zh}，就不算完成`),
    async () => {
      const place = fake.all[at]!
      keep(fake.all, 'green')
      place.hold('delete', 'there')
      const told = change('oolong')
      await fake.settle()
      expect(told()).toBe('under way')
      await place.letGo('delete', 'there')
      expect([told(), kept()]).toEqual(['done', []])
    },
  )

test(
  say(
    'who reads while the main level is being told puts nothing old into a group',
    '正在通知主缓存时来的读者，不会把旧的放进某一组',
  ),
  async () => {
    keep([fake.main, ...fake.groups], 'green')
    fake.main.hold('delete', 'there')
    const told = change('oolong')
    await fake.settle()
    for (let count = 0; count < 4; count += 1) {
      reader()
      await fake.settle()
    }
    await fake.main.letGo('delete', 'there')
    await fake.answer()
    expect(told()).toBe('done')
    expect(kept()).not.toContain('green')
    expect(await read()).toBe('oolong')
  },
)

test(
  say(
    'what was read from the database before the change is kept nowhere after it',
    '变动之前从数据库读到的，之后哪里也不存',
  ),
  async () => {
    const slow = reader()
    await fake.settle()
    const told = change('oolong')
    await fake.settle()
    expect(told()).toBe('done')
    const next = reader()
    await fake.settle()
    await fake.answer()
    expect([slow(), kept()]).toEqual(['green', []])
    expect(
      fake.all.map(({ filled }) => filled),
      'not even for a moment',
    ).toEqual([0, 0, 0, 0, 0])
    await fake.answer()
    expect([next(), kept()]).toEqual(['oolong', ['oolong']])
  },
)

test(
  say(
    'what the database said before the change is not kept while the main level is being told, either',
    '数据库在变动之前给的，正在通知主缓存的当口也不存',
  ),
  async () => {
    reader()
    await fake.settle()
    fake.main.hold('delete', 'back')
    const told = change('oolong')
    await fake.settle()
    await fake.answer()
    await fake.main.letGo('delete', 'back')
    expect([told(), kept()]).toEqual(['done', []])
  },
)

test(
  say(
    'what was read from the main level before the change is kept nowhere after it',
    '变动之前从主缓存读到的，之后哪里也不存',
  ),
  async () => {
    keep([fake.main], 'green')
    fake.main.hold('get', 'back')
    const slow = reader()
    await fake.settle()
    const told = change('oolong')
    await fake.settle()
    await fake.main.letGo('get', 'back')
    expect([slow(), told(), kept()]).toEqual(['green', 'done', []])
    expect(await read()).toBe('oolong')
    expect(kept()).toEqual(['oolong'])
  },
)

test(
  say('a fill that arrives behind the delete is taken back', '回填比删除晚到，也要收回来'),
  async () => {
    for (const place of [fake.main, ...fake.groups, fake.own]) {
      place.hold('set', 'there')
      reader()
      await fake.settle()
      await fake.answer()
      const told = change('green')
      await fake.settle()
      await place.letGo('set', 'there')
      expect([told(), kept()]).toEqual(['done', []])
    }
  },
)

test(
  say(
    'a place dies before a fill can be taken back: the page comes all the same',
    '回填还没收回，那一处就死了：页面照给',
  ),
  async () => {
    fake.main.hold('set', 'back')
    const slow = reader()
    await fake.settle()
    await fake.answer()
    const told = change('oolong')
    await fake.settle()
    fake.main.isAway = true
    await fake.main.letGo('set', 'back')
    expect([slow(), told()]).toEqual(['green', 'done'])
  },
)

for (const [from, en, zh] of [
  ['main', 'main level', '主缓存'],
  ['groups', 'group', '某一组'],
] as const)
  test(
    say(
      `who comes during the change, finds the old at a ${en} and is slow leaves nothing behind`,
      `变动途中才来，在${zh}读到旧的，手脚又慢：什么也不留下`,
    ),
    async () => {
      const places = { main: [fake.main], groups: fake.groups }[from]
      keep(places, 'green')
      for (const place of places) {
        place.hold('delete', 'there')
        place.hold('get', 'back')
      }
      const told = change('oolong')
      await fake.settle()
      const slow = reader()
      await fake.settle()
      for (const place of places) await place.letGo('delete', 'there')
      expect(told()).toBe('done')
      for (const place of places) await place.letGo('get', 'back')
      expect([slow(), kept()]).toEqual(['green', []])
    },
  )

test(
  say('nor does he while the process is still being told', '进程内还没通知完的时候，也不留下'),
  async () => {
    keep([fake.main], 'green')
    fake.main.hold('delete', 'there')
    fake.main.hold('get', 'back')
    const told = change('oolong')
    await fake.settle()
    reader()
    await fake.settle()
    fake.own.hold('delete', 'there')
    await fake.main.letGo('delete', 'there')
    await fake.main.letGo('get', 'back')
    await fake.own.letGo('delete', 'there')
    expect([told(), kept()]).toEqual(['done', []])
  },
)

test(say('after a change pages are kept as before', '变动过后，页面照常存'), async () => {
  for (const value of ['oolong', 'white']) {
    const told = change(value)
    await fake.settle()
    expect(told()).toBe('done')
    expect(await read()).toBe(value)
    expect([kept(), filledGroups().length]).toEqual([[value], 1])
    const { questions } = fake
    expect(await read()).toBe(value)
    expect(fake.questions).toBe(questions)
  }
})

for (const [at, en, zh] of [
  [0, 'the process', '进程内'],
  [1, 'the first group', '第一组'],
  [3, 'the last group', '最后一组'],
  [4, 'the main level', '主缓存'],
] as const)
  test(
    say(
      `${en} cannot be told: that is said, and all others are told`,
      `${zh}通知不到：要说出来，其余的照样通知`,
    ),
    async () => {
      keep(fake.all, 'green')
      const place = fake.all[at]!
      place.isAway = true
      const told = change('oolong')
      await fake.settle()
      expect(told()).toBe('failed')
      expect(fake.all.filter((one) => one.has('tea'))).toEqual([place])
    },
  )

import { expect, test } from 'vitest'
import {
  as,
  createDraw,
  form,
  lab,
  loadsIn,
  openTopics,
  say,
  topics,
  whileHolding,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const line = { server: 'line', control: 8000, ports: { web1: 3301, web2: 3302 } }
const servers = ['web1', 'web2'] as const
const bothWays = [servers, ['web2', 'web1']] as const
const draw = createDraw(42)
const readOfReplies = 'replies r'
/** Milliseconds in which who comes asks the database, or has joined somebody who has. */
const fetching = 300

const at = (to: string) => ({ to, port: 3000, timeoutMs: 3000 })

test(
  say(
    'a topic is kept, and a reply to it is seen at once on both servers',
    '话题会被缓存；有人回复，两台服务器上立刻看得到',
  ),
  async () => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    for (const writer of servers) {
      for (const server of servers) await lab.request(path, at(server))
      const asked = await lab.questions(log, async () => {
        for (const server of servers) await lab.request(path, at(server))
      })
      expect(
        loadsIn(asked),
        say('a second reading that asked the database', '第二次读还去问了数据库'),
      ).toEqual([])
      await seenAfter(path, await reply(path, writer))
    }
  },
)

test(
  say(
    'the front page, too, knows of a reply and of a new topic, and a number is a topic from then on',
    '首页也立刻知道新回复和新话题；原来没有的编号从此是话题',
  ),
  async () => {
    for (const server of servers) await lab.request('/', at(server))
    const [{ id, replies } = { id: 0, replies: 0 }] = await busiest('web1')
    await reply(`/topics/${id}`, 'web2')
    for (const server of servers)
      expect((await busiest(server)).find((one) => one.id === id)?.replies, server).toBe(
        replies + 1,
      )
    const [last = ''] = await openTopics(lab, 1, draw.word())
    const next = `/topics/${Number(last.split('/').at(-1)) + 1}`
    for (const server of servers) expect((await lab.request(next, at(server))).status).toBe(404)
    const title = draw.word(12)
    const made = (await openTopics(lab, 1, title))[0] ?? ''
    for (const server of servers) {
      expect(
        (await lab.request(made, at(server))).status,
        say(`${made} at ${server}`, `${server} 上的 ${made}`),
      ).toBe(200)
      expect((await lab.request('/', at(server))).body, say('the front page', '首页')).toContain(
        title,
      )
    }
  },
)

test.each([...bothWays, ['web1', 'web1'], ['web2', 'web2']] as const)(
  say(
    'who read the old topic before the reply cannot put it back afterwards, nor show it to who comes later: reader at %s, writer at %s',
    '回复之前读到旧话题的人，之后不能把它放回去，也不能给后来的人看：读者在 %s，写的人在 %s',
  ),
  async (reader, writer) => {
    // Which of two answers a server takes first, chance decides.
    for (let turn = 0; turn < (reader === writer ? 3 : 1); turn++) {
      const [path = ''] = await openTopics(lab, 1, draw.word())
      const hold = { what: 'answer', words: readOfReplies, of: [reader] } as const
      let text = ''
      await whileHolding(lab, line, hold, async (held) => {
        const slow = lab.request(path, at(reader))
        await held.until(2)
        let isWritten = false
        const writing = reply(path, writer).finally(() => (isWritten = true))
        // Who writes and then reads is held here, too.
        await Promise.race([writing, held.until(3)])
        const comesLater = isWritten
        const late = lab.request(path, at(reader))
        await held.until(4, fetching)
        await held.release(reader)
        text = await writing
        expect((await slow).status, say('the slow reader', '慢读者')).toBe(200)
        const { body } = await late
        if (comesLater) expect(body, say('read after the reply', '回复之后才来读')).toContain(text)
      })
      await seenAfter(path, text)
    }
  },
)

test.each(bothWays)(
  say(
    'who read the front page before a new topic cannot put it back afterwards: reader at %s',
    '新话题之前读到首页的人，之后不能把它放回去：读者在 %s',
  ),
  async (reader, writer) => {
    await lab.emptyCaches()
    const title = draw.word(12)
    const hold = { what: 'answer', words: readOfReplies, of: [reader] } as const
    await whileHolding(lab, line, hold, async (held) => {
      const slow = lab.request('/', at(reader))
      await held.until(2)
      await openTopics(lab, 1, title, { to: writer, port: 3000 })
      const late = lab.request('/', at(reader))
      await held.until(4, fetching)
      await held.release(reader)
      expect((await slow).status, say('the slow reader', '慢读者')).toBe(200)
      expect((await late).body, say('read after the new topic', '新话题之后才来读')).toContain(
        title,
      )
    })
    await seenAfter('/', title)
  },
)

test.each(bothWays)(
  say(
    'who asked which topics there are, before a new one, cannot hide it: reader at %s',
    '新话题之前问过有哪些话题的人，不能把新话题藏起来：读者在 %s',
  ),
  async (reader, writer) => {
    await lab.emptyCaches()
    const hold = { what: 'answer', words: 'SELECT id FROM topics', of: [reader] } as const
    let made = ''
    await whileHolding(lab, line, hold, async (held) => {
      const slow = lab.request(draw.one(topics), at(reader))
      // Whoever keeps no list is not held back.
      await held.until(1, 500)
      made = (await openTopics(lab, 1, draw.word(), { to: writer, port: 3000 }))[0] ?? ''
      const late = lab.request(made, at(reader))
      await held.until(2, fetching)
      await held.release(reader)
      await slow
      const found = say(
        `${made} for who comes after it was opened`,
        `${made} 发出之后才来的人看到的`,
      )
      expect((await late).status, found).toBe(200)
    })
    for (const server of servers)
      expect(
        (await lab.request(made, at(server))).status,
        say(`${made} at ${server}`, `${server} 上的 ${made}`),
      ).toBe(200)
  },
)

test.each(bothWays)(
  say(
    'who reads while a reply is being written keeps nothing old: writer at %s',
    '正在写回复时有人来读，旧的不会留下：写的人在 %s',
  ),
  async (writer, reader) => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    await lab.request(path, at(reader))
    const hold = { what: 'question', words: 'INSERT INTO replies', of: [writer] } as const
    let writing: Promise<string> | undefined
    await whileHolding(lab, line, hold, async (held) => {
      writing = reply(path, writer)
      await held.until(1)
      await lab.request(path, at(reader))
    })
    await seenAfter(path, await writing!)
  },
)

test.each(bothWays)(
  say(
    'two write at nearly the same time, and both are read: the slower one at %s',
    '两个人几乎同时回复，两条都看得到：慢的在 %s',
  ),
  async (slower, faster) => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    for (const server of servers) await lab.request(path, at(server))
    const hold = { what: 'answer', words: readOfReplies, of: [slower] } as const
    const texts: Promise<string>[] = []
    await whileHolding(lab, line, hold, async (held) => {
      texts.push(reply(path, slower))
      // Who writes and then reads is held here; who only writes is done.
      await Promise.race([held.until(1), texts[0]])
      texts.push(reply(path, faster))
      await texts[1]
    })
    for (const text of await Promise.all(texts)) await seenAfter(path, text)
  },
)

test(
  say(
    'what is forgotten is forgotten by its name: nobody searches all keys, nobody empties Redis',
    '该忘的按名字忘：不翻遍所有的键，也不清空 Redis',
  ),
  async () => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    await lab.exec('redis', ['redis-cli', 'CONFIG', 'RESETSTAT'])
    for (const server of servers) await lab.request(path, at(server))
    await reply(path, draw.one(servers))
    await openTopics(lab, 1, draw.word())
    const { stdout } = await lab.exec('redis', ['redis-cli', 'INFO', 'commandstats'])
    expect(stdout, say('what Redis was asked', 'Redis 收到的命令')).toContain('cmdstat_')
    const dear = [...stdout.matchAll(/^cmdstat_(keys|scan|flushall|flushdb):/gm)].map(
      ([, name]) => name,
    )
    expect(dear, say('commands that go over all keys', '遍历所有键的命令')).toEqual([])
  },
)

/** Replies as a member, and returns what was written. */
async function reply(path: string, to: string): Promise<string> {
  const text = draw.word(16)
  const cookie = (await lab.signIn('Pi Rixiu', at(to))) ?? ''
  const request = { path: `${path}/replies`, method: 'POST', headers: form, body: `body=${text}` }
  const { status } = await lab.request(request.path, { ...as(cookie, request), ...at(to) })
  expect(status, say(`a reply at ${to}`, `在 ${to} 上回复`)).toBe(303)
  return text
}

async function seenAfter(path: string, text: string): Promise<void> {
  for (const server of servers)
    for (const turn of [1, 2]) {
      const { body } = await lab.request(path, at(server))
      const message = say(
        `${path} at ${server}, reading ${turn}: what is new`,
        `${server} 上的 ${path}，第 ${turn} 次读：新写的内容`,
      )
      expect(body, message).toContain(text)
    }
}

interface Summary {
  readonly id: number
  readonly replies: number
}

async function busiest(server: string): Promise<Summary[]> {
  const { body } = await lab.request('/api/topics.json', at(server))
  return (JSON.parse(body) as { topics: Summary[] }).topics
}

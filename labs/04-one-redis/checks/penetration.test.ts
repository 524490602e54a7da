import { expect, test } from 'vitest'
import { aboutPages, createDraw, lab, openTopics, say } from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const draw = createDraw(43)
const strangers = 10_000

test(
  say(
    'what does not exist is asked of the database once, not each time',
    '不存在的东西只问数据库一次，而不是每次都问',
  ),
  async () => {
    for (const path of [unknownTopic(), `/topics/${(await newest()) + 2}`]) {
      const asked = await lab.questions(log, async () => {
        for (let turn = 0; turn < 15; turn++)
          for (const to of servers) {
            const { status } = await lab.request(path, { to, port: 3000 })
            expect(status, path).toBe(404)
          }
      })
      const { length } = asked.filter((one) => one.endsWith(`= ${path.split('/').at(-1)}`))
      expect(length, say(`questions about ${path}`, `关于 ${path} 的查询`)).toBeLessThanOrEqual(1)
      // Whoever asks for a list of what exists, asks for it now and then.
      expect(aboutPages(asked).length, say('all questions', '全部查询')).toBeLessThanOrEqual(6)
    }
  },
)

test(
  say(
    'ten thousand different numbers of no topic neither come to the database nor fill Redis',
    '一万个不同的、不存在的编号，既到不了数据库，也填不满 Redis',
  ),
  async () => {
    // Half of them just above what there is, half of them anywhere.
    const above = (await newest()) + 1
    const paths = Array.from({ length: strangers }, (_, index) =>
      index % 2 === 0 ? unknownTopic() : `/topics/${above + (index - 1) / 2}`,
    )
    const requests = paths.map((path) => ({ path, timeoutMs: 20_000 }))
    const before = await keys()
    const asked = await lab.questions(log, async () => {
      // In parts: when a tenth has shown it, the rest can change nothing.
      for (const part of [requests.slice(0, 1000), requests.slice(1000)]) {
        const [answers, meanwhile] = await Promise.all([
          lab.send(part, { concurrency: 32, bodies: false }),
          keysMeanwhile(),
        ])
        // Teahouse says 503 when its database lets it wait for two seconds: a stall of the machine.
        const { 404: unknown = 0, 503: away = 0, ...others } = answers.statuses()
        expect(others, say('other answers than 404', '404 以外的响应')).toEqual({})
        expect(away, say('answers 503', '503 响应')).toBeLessThanOrEqual(part.length / 1000)
        expect(unknown + away, say('answers', '响应')).toBe(part.length)
        const more = Math.max(meanwhile, await keys()) - before
        expect(
          more,
          say('keys in Redis more than before', 'Redis 里多出来的键'),
        ).toBeLessThanOrEqual(200)
      }
    })
    expect(
      aboutPages(asked).length,
      say(`questions for ${strangers} numbers`, `${strangers} 个编号引起的查询`),
    ).toBeLessThanOrEqual(200)
  },
)

test(say('and topics are still there', '话题还都在'), async () => {
  for (const to of servers)
    expect((await lab.request('/topics/3', { to, port: 3000 })).status, to).toBe(200)
})

/** Far above every topic's number. */
function unknownTopic(): string {
  const digits = [...'0123456789']
  const rest = Array.from({ length: 7 }, () => draw.one(digits)).join('')
  return `/topics/${draw.one([...'123456789'])}${draw.one(digits)}${rest}`
}

/** The number of the latest topic. */
const newest = async () => {
  const [path = ''] = await openTopics(lab, 1, draw.word())
  return Number(path.split('/').at(-1))
}

/** The most that were seen within three seconds. */
async function keysMeanwhile(): Promise<number> {
  const { stdout } = await lab.exec('redis', ['redis-cli', '-r', '30', '-i', '0.1', 'DBSIZE'])
  return Math.max(...stdout.trim().split('\n').map(Number))
}

const keys = async () => Number((await lab.exec('redis', ['redis-cli', 'DBSIZE'])).stdout)

import { beforeAll, expect, test } from 'vitest'
import { type Connection, lab, say } from '#labs/kit'

const address = '192.0.2.100'
const directors = ['lvs1', 'lvs2']
const machineAt: Readonly<Record<string, string>> = {
  '10.77.0.11:80': 'nginx1',
  '10.77.0.12:80': 'nginx2',
}

beforeAll(() => lab.wire.settled(address, directors).then(() => undefined))

const connections = async () =>
  (await Promise.all(directors.map((one) => lab.wire.connections(one)))).flat()

const nobody = 'nobody'

/**
 * Whom the director gives new connections to, in the order of asking. Its own memory says so: whether
 * the answers find their way back is another task.
 */
async function scheduled(port: number, readers: readonly string[]): Promise<string[]> {
  const service = `${address}:${port}`
  // A client takes the same port again for another service.
  const nameOf = (one: Connection) => `${one.client} ${one.service}`
  const known = new Set((await connections()).map(nameOf))
  const machines = async () => {
    const fresh = (await connections()).filter(
      (one) => one.service === service && !known.has(nameOf(one)),
    )
    return readers.map((from) => {
      const index = fresh.findIndex(({ client }) => client.startsWith(`${from}:`))
      const [found] = index < 0 ? [] : fresh.splice(index, 1)
      return found ? (machineAt[found.server] ?? found.server) : nobody
    })
  }
  let asking = readers
  let told: string[] = []
  // On a busy machine a request may be given up before it was sent: it has taken nobody's turn.
  for (let round = 0; round < 3 && asking.length > 0; round++) {
    for (const from of asking)
      await lab.request('/alive', { to: address, port, from, timeoutMs: 400 })
    told = await machines()
    asking = readers.filter((_, index) => told[index] === nobody)
    if (asking.length === readers.length) break
  }
  return told
}
const count = (list: readonly string[], name: string) => list.filter((one) => one === name).length
const same = '192.0.2.50'

test(say('port 8001: nginx1 gets three of four', '8001 端口：nginx1 拿到四分之三'), async () => {
  const who = await scheduled(
    8001,
    Array.from({ length: 16 }, () => same),
  )
  const [first, second] = [count(who, 'nginx1'), count(who, 'nginx2')]
  const told = say(
    `of 16 connections nginx1 got ${first}, nginx2 ${second}`,
    `16 个连接里 nginx1 得到 ${first} 个，nginx2 得到 ${second} 个`,
  )
  expect(Math.abs(first - 12) <= 1 && first + second === 16, told).toBe(true)
})

const readers = Array.from({ length: 8 }, (_, index) => `192.0.2.${50 + index}`)

test(
  say(
    'port 8002: the reader’s address decides, whatever the director has forgotten',
    '8002 端口：由读者的地址决定，调度器忘了也一样',
  ),
  async () => {
    const before = await scheduled(8002, readers)
    expect([...new Set(before)].sort(), say('who got readers', '谁分到了读者')).toEqual([
      'nginx1',
      'nginx2',
    ])
    const again = await scheduled(8002, readers)
    const table = (list: readonly string[]) =>
      Object.fromEntries(readers.map((reader, index) => [reader, list[index]]))
    expect(table(again), say('reader by reader, a moment later', '稍后再问，逐个读者')).toEqual(
      table(before),
    )
    for (const director of directors) await lab.kill(director)
    for (const director of directors) await lab.start(director)
    await lab.wire.settled(address, directors)
    const backwards = await scheduled(8002, [...readers].reverse())
    expect(
      table([...backwards].reverse()),
      say('reader by reader, with new directors', '换了新的调度器，逐个读者'),
    ).toEqual(table(before))
  },
)

test(
  say(
    'port 8003: nginx2 gets nothing new, and stays',
    '8003 端口：nginx2 不再接新连接，但仍在表里',
  ),
  async () => {
    const who = await scheduled(
      8003,
      Array.from({ length: 6 }, () => same),
    )
    expect(count(who, 'nginx1'), say('of 6 new ones nginx1 got', '6 个新连接里 nginx1 得到')).toBe(
      6,
    )
    const tables = await Promise.all(directors.map((one) => lab.wire.table(one)))
    const rows = tables.flat().filter(({ service }) => service === `${address}:8003`)
    const weights = rows
      .filter(({ server }) => server === '10.77.0.12:80')
      .map(({ weight }) => weight)
    const message = say('weight of nginx2 in the kernel’s table', '内核表里 nginx2 的权重')
    expect([...new Set(weights)], message).toEqual([0])
  },
)

import { beforeAll, expect, test } from 'vitest'
import { lab, say, withStandIn } from '#labs/kit'

const address = '192.0.2.100'
const directors = ['lvs1', 'lvs2']
const machineAt: Readonly<Record<string, string>> = {
  '10.77.0.11:80': 'nginx1',
  '10.77.0.12:80': 'nginx2',
}
const readers = Array.from({ length: 8 }, (_, index) => `192.0.2.${50 + index}`)

beforeAll(() => lab.wire.settled(address, directors).then(() => undefined))

/** Whom the directors give these readers' connections to, whether or not the answers come back. */
async function scheduled(port: number, from: readonly string[], concurrency = 1) {
  const service = `${address}:${port}`
  const questions = from.map((reader) => ({ service, from: reader }))
  const found = await lab.wire.scheduled(directors, questions, concurrency)
  return found.map((server) => machineAt[server] ?? server)
}
const count = (list: readonly string[], name: string) => list.filter((one) => one === name).length
const times = (number: number, reader = readers[0]!) => Array.from({ length: number }, () => reader)

/** Three of four are 72; four of five are 76 or 77, five of seven 68 or 69. */
const many = 96
const exactWithin = 1

async function judgeShares() {
  for (let isLast = false; ; isLast = true) {
    const who = await scheduled(8001, times(many), 6)
    const [first, second] = [count(who, 'nginx1'), count(who, 'nginx2')]
    const isThreeOfFour = Math.abs(first - 0.75 * many) <= exactWithin && first + second === many
    // A machine that was busy with something else just then gets a second chance.
    if (!isThreeOfFour && !isLast) continue
    const told = say(
      `of ${many} connections nginx1 got ${first}, nginx2 ${second}`,
      `${many} 个连接里 nginx1 得到 ${first} 个，nginx2 得到 ${second} 个`,
    )
    return expect(isThreeOfFour, told).toBe(true)
  }
}

/** Reader by reader: one nginx, or several. Each asks twice in a row, so that taking turns is seen. */
async function homes(order: readonly string[]): Promise<Record<string, string>> {
  const who = await scheduled(
    8002,
    order.flatMap((reader) => times(2, reader)),
  )
  const home = (index: number) => [...new Set(who.slice(2 * index, 2 * index + 2))].sort().join()
  return Object.fromEntries(order.map((reader, index) => [reader, home(index)]).sort())
}
const backwards = [...readers].reverse()

async function judgeDraining(director: string) {
  const who = await scheduled(8003, times(6))
  expect(count(who, 'nginx1'), say('of 6 new ones nginx1 got', '6 个新连接里 nginx1 得到')).toBe(6)
  const rows = await lab.wire.table(director)
  const weights = rows
    .filter(
      ({ service, server }) => service === `${address}:8003` && machineAt[server] === 'nginx2',
    )
    .map(({ weight }) => weight)
  const message = say(
    `weight of nginx2 in the table of ${director}’s kernel`,
    `${director} 的内核表里 nginx2 的权重`,
  )
  expect(weights, message).toEqual([0])
}

test(say('port 8001: nginx1 gets three of four', '8001 端口：nginx1 拿到四分之三'), judgeShares)

test(
  say(
    'port 8002: the reader’s address decides, whatever the director has forgotten',
    '8002 端口：由读者的地址决定，调度器忘了也一样',
  ),
  async () => {
    const before = await homes(readers)
    const used = [...new Set(Object.values(before))].sort()
    expect(used, say('who got readers', '谁分到了读者')).toEqual(['nginx1', 'nginx2'])
    expect(
      await homes(backwards),
      say('reader by reader, a moment later', '稍后再问，逐个读者'),
    ).toEqual(before)
    for (const director of directors) await lab.kill(director)
    for (const director of directors) await lab.start(director)
    await lab.wire.settled(address, directors)
    expect(
      await homes(backwards),
      say('reader by reader, with new directors', '换了新的调度器，逐个读者'),
    ).toEqual(before)
  },
)

test(
  say(
    'port 8003: nginx2 gets nothing new, and stays',
    '8003 端口：nginx2 不再接新连接，但仍在表里',
  ),
  async () => {
    const [director = 'lvs1'] = await lab.wire.holders(address, directors)
    await judgeDraining(director)
  },
)

test(
  say('the other director, in its place, decides alike', '换另一台调度器接手，结果也一样'),
  async () => {
    const before = await homes(readers)
    await withStandIn(lab, address, directors, async (director) => {
      const rows = await lab.wire.table(director)
      const has = (port: number) => rows.some(({ service }) => service === `${address}:${port}`)
      // That it has no such service at all is another task's business.
      if (has(8001)) await judgeShares()
      if (has(8002)) {
        const message = say(`reader by reader, with ${director}`, `由 ${director} 分配，逐个读者`)
        expect(await homes(backwards), message).toEqual(before)
      }
      if (has(8003)) await judgeDraining(director)
    })
  },
)

import { beforeAll, expect, test, vi } from 'vitest'
import { lab, say, withStandIn } from '#labs/kit'

const address = '192.0.2.100'
const directors = ['lvs1', 'lvs2']
const machines = ['nginx1', 'nginx2'] as const
type Machine = (typeof machines)[number]
/** Of the other ports the task says nothing. */
const services = [`${address}:80`, '192.0.2.101:80']
/** In front and behind: a packet finds it at either. */
const addressesOf: Readonly<Record<Machine, readonly string[]>> = {
  nginx1: ['10.77.0.11', '192.0.2.11'],
  nginx2: ['10.77.0.12', '192.0.2.12'],
}

beforeAll(() => lab.wire.settled(address, directors).then(() => undefined))

/** Where this director would give the machine a connection. Weight 0 is out, too. */
async function placesOf(machine: Machine, director: string): Promise<readonly string[]> {
  const rows = (await lab.wire.table(director)).filter(
    ({ weight, service, server }) =>
      weight > 0 &&
      services.includes(service) &&
      addressesOf[machine].includes(server.split(':')[0]!),
  )
  return rows.map(({ service, server }) => `${service} → ${server}`).sort()
}

const serviceOf = (place: string) => place.split(' → ')[0]!

const atWork = async () => (await lab.wire.holders(address, directors))[0] ?? 'lvs1'
/** A second address that is not set up yet is another task; the first must be there. */
const mustBeIn = (machine: Machine, found: readonly string[]) => {
  const message = say(`${machine} is in the table`, `${machine} 在调度表里`)
  expect(found.map(serviceOf), message).toContain(services[0])
}

/** A director notices within two seconds. */
async function untilOut(machine: Machine, director: string): Promise<void> {
  const message = say(
    `within 2 s ${director} gives ${machine} nothing more; it still does at`,
    `两秒之内，${director} 不再把连接交给 ${machine}；仍在给的是`,
  )
  const still = () => placesOf(machine, director)
  await expect.poll(still, { message, timeout: 2000, interval: 50 }).toEqual([])
}

const isOut = (machine: Machine, director: string) =>
  vi
    .waitUntil(async () => (await placesOf(machine, director)).length === 0, { timeout: 1000 })
    .catch(() => false)

for (const [machine, other] of [
  ['nginx1', 'nginx2'],
  ['nginx2', 'nginx1'],
] as const)
  test(
    say(
      `${machine} ends, and leaves the table within 2 s; then it comes back`,
      `${machine} 退出，两秒内离开调度表；恢复后又回来`,
    ),
    async () => {
      const director = await atWork()
      const before = await placesOf(machine, director)
      mustBeIn(machine, before)
      const others = await placesOf(other, director)
      mustBeIn(other, others)
      const waits = directors.find((one) => one !== director)
      await lab.refuse(machine)
      try {
        await untilOut(machine, director)
        await judgeLiving(other, others, director)
        const looksToo = !waits || (await isOut(machine, waits))
        await lab.start(machine)
        const back = say(`within 5 s ${machine} is back`, `五秒之内 ${machine} 回来`)
        const now = async () => placesOf(machine, await atWork())
        await expect.poll(now, { message: back, timeout: 5000, interval: 50 }).toEqual(before)
        if (!looksToo) await judgeStandIn(machine)
      } finally {
        await lab.start(machine)
        // A director that looks seldom would go into the next check without it.
        const isBack = async () =>
          (await placesOf(machine, await atWork())).length === before.length
        await vi.waitUntil(isBack, { timeout: 15_000, interval: 100 }).catch(() => undefined)
      }
    },
  )

/** A director that waits may leave the looking to the other one; once it works it must look itself. */
const judgeStandIn = (machine: Machine) =>
  withStandIn(lab, address, directors, async (director) => {
    await lab.refuse(machine)
    try {
      await untilOut(machine, director)
    } finally {
      await lab.start(machine)
    }
  })

/** What lives gets what is new, and all of it. */
async function judgeLiving(machine: Machine, before: readonly string[], director: string) {
  const stays = say(`${machine}, which lives, stays in`, `活着的 ${machine} 仍在表里`)
  expect(await placesOf(machine, director), stays).toEqual(before)
  const [service = ''] = services
  const questions = Array.from({ length: 6 }, () => ({ service, from: '192.0.2.50' }))
  const who = await lab.wire.scheduled(directors, questions)
  const gets = say('new connections go to', '新连接交给')
  const own = before.filter((place) => serviceOf(place) === service)
  expect([...new Set(who)], gets).toEqual(own.map((place) => place.split(' → ')[1]))
}

test(say('nginx that lives is left alone', '活着的 nginx 不受打扰'), async () => {
  for (let look = 0; look < 10; look++)
    for (const machine of machines) mustBeIn(machine, await placesOf(machine, await atWork()))
})

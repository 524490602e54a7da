import { beforeAll, expect, test, vi } from 'vitest'
import { lab, say } from '#labs/kit'

/** Those for readers, the real servers' gateway, and the one for machines behind. */
const addresses = ['192.0.2.100', '192.0.2.101', '10.77.0.1', '10.77.0.100'] as const
/** A question may have begun before the death, and be given up after the return: milliseconds, and a pause. */
const blur = 220
const directors = ['lvs1', 'lvs2']
const services = [
  { to: '192.0.2.100', port: 80 },
  { to: '192.0.2.101', port: 80 },
  { to: '192.0.2.100', port: 8001 },
  { to: '192.0.2.100', port: 8002 },
  { to: '192.0.2.100', port: 8003 },
]
type Service = (typeof services)[number]
const nameOf = ({ to, port }: Service) => `${to}:${port}`

const holders = (address: string) => lab.wire.holders(address, directors)
const heldBy = (address: string) => say(`who holds ${address}`, `谁持有 ${address}`)
/** The addresses that this director holds, and it alone. */
const heldAloneBy = async (director: string) => {
  const all = await Promise.all(addresses.map(holders))
  return addresses.filter((_, index) => all[index]!.join() === director)
}

/** The addresses that one director holds, whichever: what both hold is another task. */
const heldByOne = async () => {
  const all = await Promise.all(addresses.map(holders))
  return addresses.filter((_, index) => all[index]!.length === 1)
}

beforeAll(() => lab.wire.settled(addresses[0], directors).then(() => undefined))

test(
  say(
    'where each believed to be alone, lvs1 works again, and lvs2 waits',
    '两台都曾以为只剩自己，之后由 lvs1 工作，lvs2 待命',
  ),
  async () => {
    const open = await working()
    await lab.wire.settled(addresses[0], directors)
    const moved = await heldByOne()
    await lab.cut('lvs1')
    const takes = say(
      'lvs2 holds 192.0.2.100 while lvs1 is cut off',
      'lvs1 断网期间由 lvs2 持有 192.0.2.100',
    )
    const held = () => holders(addresses[0])
    await expect.poll(held, { message: takes, timeout: 5000 }).toContain('lvs2')
    // lvs2 may have held it before: then it is lvs1 that takes it, all by itself.
    const both = async () => (await held()).length === directors.length
    await vi.waitUntil(both, { timeout: 1000, interval: 50 }).catch(() => undefined)
    await lab.start('lvs1')
    const agreed = say(
      'within 3 s lvs1 alone holds 192.0.2.100',
      '三秒之内只有 lvs1 持有 192.0.2.100',
    )
    await expect.poll(held, { message: agreed, timeout: 3000 }).toEqual(['lvs1'])
    expect(await lab.wire.settled(addresses[0], directors), heldBy(addresses[0])).toEqual(['lvs1'])
    // Whom the neighbours believe for a while after such a quarrel is not the question here.
    await lab.wire.forgetNeighbours('client', 'nginx1', 'nginx2')
    const all = say('what lvs1 alone holds', '只由 lvs1 持有的地址')
    const now = () => heldAloneBy('lvs1')
    await expect.poll(now, { message: all, timeout: 2000 }).toEqual(expect.arrayContaining(moved))
    await untilWell(open)
  },
)

test(
  say(
    'lvs1 dies: lvs2 takes over all that it had, and no reader waits longer than 1 s',
    'lvs1 死了：lvs2 接过它的一切，任何读者最多等一秒',
  ),
  async () => {
    let slow = await slowAtDeath()
    // A machine that was busy with something else just then gets a second chance.
    if (slow.length > 0) slow = await slowAtDeath()
    const message = say('longer than 1 s without an answer', '超过一秒没有响应')
    expect(slow, message).toEqual([])
  },
)

/** The services that were without an answer for over a second while the director at work died. */
async function slowAtDeath(): Promise<string[]> {
  const open = await working()
  const [dead = 'lvs1'] = await lab.wire.settled(addresses[0], directors)
  const successors = directors.filter((one) => one !== dead)
  const held = await heldAloneBy(dead)
  const shared = await sharedBy(dead, open)
  const outages = await lab.wire.outages('/alive', open, () => lab.kill(dead), 6000)

  const gone = open.filter((_, index) => !outages[index]!.isBack).map(nameOf)
  expect(gone, say('services that never answer again', '再也没有响应的服务')).toEqual([])
  // Together, and now: who comes late shall not have come by the time that it is looked for.
  const now = await Promise.all(held.map(holders))
  for (const [index, address] of held.entries())
    expect(now[index], heldBy(address)).toEqual(successors)
  for (const one of successors) {
    const message = say(`among whom ${one} shares out readers`, `${one} 把读者分给谁`)
    expect(await sharedBy(one, open), message).toEqual(shared)
  }
  await mend(dead, held, open)
  return open.flatMap((service, index) => {
    const { ms } = outages[index]!
    return ms > 1000 + blur ? [`${nameOf(service)}: ${ms} ms`] : []
  })
}

/** Whom this director gives connections to, service by service, by the kernel's table. */
async function sharedBy(director: string, open: readonly Service[]) {
  const rows = (await lab.wire.table(director)).filter(({ weight }) => weight > 0)
  const serversOf = (name: string) =>
    rows.filter(({ service }) => service === name).map(({ server }) => server)
  return Object.fromEntries(open.map(nameOf).map((name) => [name, serversOf(name).sort()]))
}

/** Whether it takes the addresses back is the reader's choice; either way somebody answers. */
async function mend(dead: string, held: readonly string[], open: readonly Service[]) {
  await lab.start(dead)
  const isBack = async () => (await heldAloneBy(dead)).length === held.length
  await vi.waitUntil(isBack, { timeout: 3000, interval: 100 }).catch(() => undefined)
  for (const address of held) {
    const one = say(`how many hold ${address} then`, `之后有几台持有 ${address}`)
    const count = async () => (await holders(address)).length
    await expect.poll(count, { message: one, timeout: 2000 }).toBe(1)
  }
  await untilWell(open)
}

async function untilWell(open: readonly Service[]): Promise<void> {
  for (const service of open) {
    const ask = async () => (await lab.request('/alive', { ...service, timeoutMs: 500 })).status
    const well = say(
      `status of an answer at ${nameOf(service)} then`,
      `之后 ${nameOf(service)} 的状态码`,
    )
    await expect.poll(ask, { message: well, timeout: 2000 }).toBe(200)
  }
}

/** The services that answer now: what does not work yet cannot fail over. */
async function working(): Promise<readonly Service[]> {
  const answers = await lab.send(
    services.map((service) => ({ path: '/alive', ...service, timeoutMs: 1000 })),
    { concurrency: services.length },
  )
  const open = services.filter((_, index) => answers.all[index]!.status === 200)
  const message = say('an address that answers before lvs1 dies', 'lvs1 死之前有响应的地址')
  expect(open, message).not.toEqual([])
  return open
}

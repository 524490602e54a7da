import { expect } from 'vitest'
import { type Director, type Edit, hasAddress, Keepalived, patient } from './keepalived.ts'
import { openRack } from './rack.ts'

const stage = openRack(import.meta.url, (rack) => {
  keepalived = new Keepalived(rack)
  return Promise.resolve()
})
const { claim } = stage
let keepalived: Keepalived

const own = { lvs1: '192.0.2.2', lvs2: '192.0.2.3' } as const
const other = { lvs1: 'lvs2', lvs2: 'lvs1' } as const

const equal: Edit = (same) => patient(same).replace(/priority \d+/, 'priority 100')
/** lvs1 under another address, the higher of the two. */
const higher = '192.0.2.4'
const moved: Edit = (same) => equal(same).replaceAll(own.lvs1, higher)

const has = async (director: Director) =>
  (await stage.rack.run(director, `${hasAddress} && echo yes || echo no`)) === 'yes'
/** This director hears so many advertisements of the other one, or sends them. */
const adverts = (director: Director, count: number) =>
  stage.rack.run(
    director,
    `timeout 60 tcpdump -n -c ${count} -i eth0 'ip proto 112' >/dev/null 2>&1`,
  )

/** The first to be started has the address; the second hears it. */
async function startInOrder(edit: Edit, first: Director): Promise<void> {
  const second = other[first]
  await keepalived.stopAll('lvs1', 'lvs2')
  await keepalived.start(first, edit)
  await stage.rack.until(first, hasAddress)
  await keepalived.start(second, edit)
  // More than three, after which it would be master.
  await adverts(second, 8)
  expect(await has(second), 'there is no quarrel while they hear each other').toBe(false)
}

/** What each sends to the other is lost until both are masters; heard again, who steps back? */
async function quarrel(first: Director, addresses: Readonly<Record<Director, string>>) {
  const { rack } = stage
  const nowhere = '02:00:00:00:00:99'
  const directors = ['lvs1', 'lvs2'] as const
  for (const director of directors)
    await rack.run(
      director,
      `ip neigh replace ${addresses[other[director]]} lladdr ${nowhere} nud permanent dev eth0`,
    )
  await rack.until(other[first], hasAddress)
  expect(await has(first)).toBe(true)
  for (const director of directors)
    await rack.run(director, `ip neigh del ${addresses[other[director]]} dev eth0`)
  const isOver = async () => (await has('lvs1')) !== (await has('lvs2'))
  for (let tries = 0; tries < 20 && !(await isOver()); tries++) await adverts('lvs1', 1)
  // And it stays so.
  await adverts('lvs1', 8)
  expect(await isOver()).toBe(true)
  return (await has('lvs1')) ? 'lvs1' : 'lvs2'
}

claim(
  'equal-priorities-the-higher-address-wins',
  'two masters of equal priority hear each other again: the one with the lower address steps back',
  async ({ figure }) => {
    const winners: Director[] = []
    // Whoever was master before the quarrel: it doesn't count.
    for (const first of ['lvs1', 'lvs2'] as const) {
      await startInOrder(equal, first)
      winners.push(await quarrel(first, own))
    }
    expect(winners).toEqual(['lvs2', 'lvs2'])

    await stage.rack.run('lvs1', `ip address add ${higher}/24 dev eth0`)
    await startInOrder(moved, 'lvs2')
    const after = await quarrel('lvs2', { ...own, lvs1: higher })
    await keepalived.stopAll('lvs1', 'lvs2')
    expect(after).toBe('lvs1')
    figure({
      en: `priority 100 on both: ${own.lvs2} won against ${own.lvs1}, whichever had been master; with the address ${higher}, the other one won`,
      zh: `两台优先级都是 100：不管原来谁是主，都是 ${own.lvs2} 赢了 ${own.lvs1}；后者换成 ${higher} 这个地址，就轮到它赢`,
    })
  },
)

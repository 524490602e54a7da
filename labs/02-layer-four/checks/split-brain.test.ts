import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const address = '10.77.0.100'
const directors = ['lvs1', 'lvs2']
const holders = () => lab.wire.holders(address, directors)
const heldBy = () => say(`who holds ${address}`, `谁持有 ${address}`)

/** Two masters are not seen at once: each waits first whether it hears the other. */
const oneMaster = async () => {
  const held = await lab.wire.settled(address, directors, 5000)
  expect(held, heldBy()).toHaveLength(1)
  return held
}

/** Whoever says that it has the address, asked from a machine behind. */
const believed = async () => {
  const names = await lab.wire.cards('eth1', directors)
  const macs = await lab.wire.neighbours(address, 'web1', 'eth1')
  return macs.map((mac) => names.get(mac) ?? mac)
}
const whoAnswers = () => say(`who answers "who has ${address}?"`, `谁在应答 “${address} 是谁”`)

test(say('one director holds the address behind', '后端地址只由一台调度器持有'), async () => {
  const held = await oneMaster()
  expect(await believed(), whoAnswers()).toEqual(held)
})

for (const [cut, other] of [
  ['lvs1', 'lvs2'],
  ['lvs2', 'lvs1'],
] as const)
  test(
    say(
      `with the cables of ${cut} pulled there are two masters; with them back there is one again within 3 s`,
      `拔掉 ${cut} 的网线会出现两个主节点；网线插回三秒之内只剩一个`,
    ),
    async () => {
      await oneMaster()
      await lab.cut(cut)
      const takes = say(
        `${other} holds the address while ${cut} is cut off`,
        `${cut} 断网期间由 ${other} 持有地址`,
      )
      await expect.poll(holders, { message: takes, timeout: 5000 }).toContain(other)
      await lab.start(cut)
      const ends = say('within 3 s one master is left', '三秒之内只剩一个主节点')
      const count = async () => (await holders()).length
      await expect.poll(count, { message: ends, timeout: 3000 }).toBe(1)
      const held = await oneMaster()
      expect(await believed(), whoAnswers()).toEqual(held)
      // In front, some may go on believing the other one, into the next check.
      await lab.wire.forgetNeighbours('client', 'nginx1', 'nginx2')
    },
  )

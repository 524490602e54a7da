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

test(say('one director holds the address behind', '后端地址只由一台调度器持有'), async () => {
  const held = await oneMaster()
  const names = await lab.wire.cards('eth1', directors)
  const macs = await lab.wire.neighbours(address, 'web1', 'eth1')
  const message = say(`who answers "who has ${address}?"`, `谁在回答 “${address} 是谁”`)
  expect(
    macs.map((mac) => names.get(mac) ?? mac),
    message,
  ).toEqual(held)
})

test(
  say(
    'a pulled cable makes two masters; with the cable back there is one again within 3 s',
    '拔掉网线会出现两个主；网线插回三秒之内只剩一个',
  ),
  async () => {
    await oneMaster()
    await lab.cut('lvs1')
    const takes = say(
      'lvs2 holds the address while lvs1 is cut off',
      'lvs1 断网期间由 lvs2 持有地址',
    )
    await expect.poll(holders, { message: takes, timeout: 5000 }).toContain('lvs2')
    await lab.start('lvs1')
    const ends = say('within 3 s one master is left', '三秒之内只剩一个主')
    const count = async () => (await holders()).length
    await expect.poll(count, { message: ends, timeout: 3000 }).toBe(1)
    await oneMaster()
  },
)

import { beforeAll, expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const addresses = ['192.0.2.100', '192.0.2.101'] as const
const directors = ['lvs1', 'lvs2']
const heldBy = () => say('who holds 192.0.2.100', '谁持有 192.0.2.100')

beforeAll(() => lab.wire.settled(addresses[0], directors).then(() => undefined))

test(
  say('lvs1 works while it lives, and lvs2 waits', 'lvs1 活着就由它工作，lvs2 待命'),
  async () => {
    expect(await lab.wire.settled(addresses[0], directors), heldBy()).toEqual(['lvs1'])
  },
)

test(
  say(
    'lvs1 dies: lvs2 takes over, and the reader waits no longer than 1 s',
    'lvs1 死了：lvs2 接手，读者最多等一秒',
  ),
  async () => {
    const service = await working()
    let ms = await outage(service)
    // A machine that was busy with something else just then gets a second chance.
    if (ms > 1000) ms = await outage(service)
    const told = say(`the reader was without an answer for ${ms} ms`, `读者有 ${ms} 毫秒得不到回答`)
    expect(ms <= 1000, told).toBe(true)
  },
)

/** For how many milliseconds, while lvs1 dies; afterwards all is as it was. */
async function outage(service: { readonly to: string }): Promise<number> {
  const { ms, isBack } = await lab.wire.outage('/alive', service, () => lab.kill('lvs1'), 6000)
  const never = say('the reader gets answers again', '读者又得到回答')
  expect(isBack, never).toBe(true)
  const holders = () => lab.wire.holders(addresses[0], directors)
  expect(await holders(), heldBy()).toEqual(['lvs2'])

  await lab.start('lvs1')
  const back = say('within 5 s lvs1 holds the address again', '五秒之内 lvs1 重新持有地址')
  await expect.poll(holders, { message: back, timeout: 5000 }).toEqual(['lvs1'])
  const ask = async () => (await lab.request('/alive', service)).status
  const well = say('status of an answer then', '之后的状态码')
  await expect.poll(ask, { message: well, timeout: 2000 }).toBe(200)
  return ms
}

/** A service that answers now: what does not work yet cannot fail over. */
async function working() {
  for (const to of addresses)
    if ((await lab.request('/alive', { to, timeoutMs: 1000 })).status === 200) return { to }
  const message = say('an address that answers before lvs1 dies', 'lvs1 死之前有回答的地址')
  expect(undefined, message).toBe(addresses[0])
  return { to: addresses[0] }
}

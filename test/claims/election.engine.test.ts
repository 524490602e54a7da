import { expect } from 'vitest'
import { addressOf, follow, roleOf, untilRole } from './copies.ts'
import { openMachines } from './machines.ts'
import { masterBy, untilAcquainted, untilOneSays, watch } from './sentinels.ts'

const { claim, start } = openMachines(import.meta.url, 245)

claim(
  'no-majority-no-master',
  'two of three Sentinels are dead: with a quorum of 1 the third declares the master down by itself, is not elected, and promotes nobody; when a second is back, the copy is promoted',
  async ({ figure }) => {
    const [machine] = await start(5)
    const [master, copy] = [await machine!.redis(), await machine!.redis()]
    await follow(copy, master)
    const sentinels = await watch(machine!, 3, master, { quorum: 1 })
    await untilAcquainted(sentinels, 1)
    const [left, second, third] = sentinels
    await second!.kill()
    await third!.kill()
    await master.kill()
    const [down] = await untilOneSays([left!], '+odown', 'master one')
    expect(down!.about).toContain('#quorum 1/1')
    const attempts = await untilOneSays([left!], '-failover-abort-not-elected', 'master one', 2)
    expect(await roleOf(copy)).toBe('slave')
    expect(await masterBy(left!)).toBe(addressOf(master))

    await second!.start()
    await untilRole(copy, 'master')
    await untilOneSays([left!, second!], '+switch-master', 'one')
    figure({
      en: `One of three Sentinels alive, quorum 1: +odown, then ${attempts.length} times -failover-abort-not-elected; with a second one alive: promoted`,
      zh: `三个哨兵活一个，quorum 设为 1：+odown，然后 ${attempts.length} 次 -failover-abort-not-elected；第二个活过来：副本升为主`,
    })
  },
)

claim(
  'two-sentinels-on-two-machines',
  'one Sentinel on each of two machines: when the machine of the master dies, the other has no majority and promotes nobody; a third Sentinel elsewhere makes the difference',
  async ({ figure }) => {
    async function afterTheDeath(elsewhere: number) {
      const [a, b, c] = await start(2, 2, 1)
      const [master, copy] = [await a!.redis(), await b!.redis()]
      await follow(copy, master)
      const gone = await watch(a!, 1, master, { quorum: 1 })
      const left = [
        ...(await watch(b!, 1, master, { quorum: 1 })),
        ...(await watch(c!, elsewhere, master, { quorum: 1 })),
      ]
      await untilAcquainted([...gone, ...left], 1)
      await a!.die()
      await untilOneSays(left, '+odown', 'master one')
      const outcome = elsewhere === 0 ? '-failover-abort-not-elected' : '+switch-master'
      const said = await untilOneSays(left, outcome)
      return { said, role: await roleOf(copy) }
    }
    const two = await afterTheDeath(0)
    const three = await afterTheDeath(1)
    expect(two.role).toBe('slave')
    expect(three.role).toBe('master')
    figure({
      en: `The machine with the master and one Sentinel dies: of two Sentinels the other says ${two.said[0]!.name}; of three the other two say ${three.said[0]!.name}`,
      zh: `主和一个哨兵所在的机器死掉：一共两个哨兵，剩下的那个说 ${two.said[0]!.name}；一共三个，剩下的两个说 ${three.said[0]!.name}`,
    })
  },
)

import { expect } from 'vitest'
import { openGroups, rush, type Rush } from './limited-groups.ts'
import type { RedisServer } from './redis-servers.ts'
import { percent } from './spread.ts'

const { claim, start } = openGroups(import.meta.url)

/** Of a processor, for each group that is limited. */
const little = 0.01
const readings = 60_000
const rounds = 2

/** Two groups, all four, two, all four, …: whoever else is busy on this machine meets both. */
async function compare(groups: readonly RedisServer[]) {
  await rush(groups, readings / 10) // warm
  const pairs: { readonly two: Rush; readonly four: Rush; readonly gain: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const two = await rush(groups.slice(0, 2), readings)
    const four = await rush(groups, readings)
    pairs.push({ two, four, gain: four.perSecond / two.perSecond })
  }
  return pairs
}

const count = (number: number) => Math.round(number).toLocaleString('en')
const most = (rushes: readonly Rush[]) => Math.max(...rushes.map(({ perSecond }) => perSecond))

claim(
  'doubling-groups-doubles',
  'groups that have a hundredth of a processor each are full: twice as many of them answer nearly twice as many readings a second, and all of one page',
  async ({ figure }) => {
    const pairs = await compare(await start(4, little))
    const gain = Math.min(...pairs.map((pair) => pair.gain))
    const [two, four] = [pairs.map((pair) => pair.two), pairs.map((pair) => pair.four)]
    expect(gain).toBeGreaterThan(1.6)
    for (const { busy } of [...two, ...four]) expect(busy, 'the asking process').toBeLessThan(0.6)
    figure({
      en: `${count(readings)} readings of one page, a hundredth of a processor for each group: two groups answer ${count(most(two))} a second, four ${count(most(four))}; at least ${gain.toFixed(2)} times as many in each of ${rounds} pairs of runs`,
      zh: `同一个页面读 ${count(readings)} 次，每组只给百分之一个处理器：两组每秒答 ${count(most(two))} 次，四组 ${count(most(four))} 次；轮流跑 ${rounds} 对，每对至少是 ${gain.toFixed(2)} 倍`,
    })
  },
)

claim(
  'where-it-stops',
  'groups that have whole processors are not the limit: four bring hardly more than two, and the process that asks them is busy nearly all the time',
  async ({ figure }) => {
    const pairs = await compare(await start(4))
    const [two, four] = [pairs.map((pair) => pair.two), pairs.map((pair) => pair.four)]
    const gain = most(four) / most(two)
    const busy = Math.min(...[...two, ...four].map((one) => one.busy))
    expect(gain).toBeLessThan(1.4)
    expect(busy).toBeGreaterThan(0.6)
    figure({
      en: `${count(readings)} readings of one page by one process: two groups answer ${count(most(two))} a second, four ${count(most(four))}, ${gain.toFixed(2)} times as many; the process has something to do in ${percent(busy)} of the time`,
      zh: `一个进程把同一个页面读 ${count(readings)} 次：两组每秒答 ${count(most(two))} 次，四组 ${count(most(four))} 次，是 ${gain.toFixed(2)} 倍；这个进程 ${percent(busy)} 的时间都有事做`,
    })
  },
)

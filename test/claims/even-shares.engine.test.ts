import { expect } from 'vitest'
import { HashRing } from '../../snippets/hashing/hash-ring.ts'
import { SlotTable } from '../../snippets/hashing/slot-table.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { claimsOn } from './claim.ts'
import { busiestOverMean, four, median, named, onBareRing, onRing, percent } from './spread.ts'
import { shares, topics } from './spread.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

const keys = topics(4000)

/** Names as an administrator may give them: four servers somewhere in 10.0.0.0/8. */
function draws(count: number): readonly (readonly string[])[] {
  const random = seededRandom(5)
  const byte = () => Math.floor(random() * 256)
  const name = () => `10.${byte()}.${byte()}.${byte()}:6379`
  return Array.from({ length: count }, () => four.map(name))
}

const times = (ratio: number) => ratio.toFixed(2)

claim(
  'one-point-each-is-uneven',
  'four servers with one point each: the busiest has more than one and a half times its share; with 160 points each the shares are nearly even',
  async ({ figure }) => {
    const servers = draws(300)
    const ratios = (place: typeof onRing) =>
      servers.map((names) => busiestOverMean(shares(keys, names, place(names))))
    const [bare, full] = [ratios(onBareRing), ratios(onRing)]
    const [one, many] = [median(bare), median(full)]
    expect(one).toBeGreaterThan(1.5)
    expect(many).toBeLessThan(1.15)
    const within = full.filter((ratio) => ratio <= 1.15).length / full.length
    expect(within).toBeGreaterThan(0.7)
    figure({
      en: `300 times four names, busiest over mean: ${times(one)} in the median with one point, at worst ${times(Math.max(...bare))}; with 160 points ${times(many)}, at worst ${times(Math.max(...full))}`,
      zh: `换 300 组名字，每组四台，最忙的一台比平均：每台一个点，中位数 ${times(one)} 倍，最坏 ${times(Math.max(...bare))} 倍；每台 160 个点，${times(many)} 倍，最坏 ${times(Math.max(...full))} 倍`,
    })
  },
)

claim(
  'twice-the-weight-twice-the-keys',
  'a server of twice the weight stands at twice as many points, and has twice the keys of each of the others',
  async ({ figure }) => {
    const ratios = (weight: number) =>
      draws(100).map((names) => {
        const nodes = names.map((name, index) => (index === 0 ? { name, weight } : { name }))
        const ring = new HashRing(nodes)
        const [heavy, ...light] = shares(keys, names, (key) => ring.nodeFor(key))
        return (heavy! * light.length) / light.reduce((sum, one) => sum + one, 0)
      })
    const [same, twice] = [median(ratios(1)), median(ratios(2))]
    expect(Math.abs(same - 1)).toBeLessThan(0.1)
    expect(Math.abs(twice - 2)).toBeLessThan(0.2)
    figure({
      en: `100 times four names: the first server has ${times(same)} times the keys of another with weight 1, ${times(twice)} times with weight 2`,
      zh: `换 100 组名字，每组四台：第一台权重 1，键是别台的 ${times(same)} 倍；权重 2，${times(twice)} 倍`,
    })
  },
)

claim(
  'a-hash-cannot-split-a-key',
  'the keys are spread evenly and the load is not: few keys are asked for so often that the server that has one is the busiest',
  async ({ figure }) => {
    const [count, years] = [2000, 101]
    const table = new SlotTable(named(four))
    // Zipf's law: the second is asked for half as often as the first, the third a third as often.
    const popularity = (place: number) => 1 / (place + 1)
    const all = Array.from({ length: count }, (_, place) => popularity(place))
    const first = popularity(0) / all.reduce((sum, one) => sum + one, 0)
    const ratios = Array.from({ length: years }, (_, year) => {
      const asked = topics(count, year)
      const homeOf = (key: string) => table.nodeFor(key)
      return {
        keys: busiestOverMean(shares(asked, four, homeOf)),
        load: busiestOverMean(shares(asked, four, homeOf, popularity)),
      }
    })
    const even = median(ratios.map(({ keys }) => keys))
    const uneven = median(ratios.map(({ load }) => load))
    const above = ratios.filter(({ load }) => load > 1.15).length
    expect(even).toBeLessThan(1.1)
    expect(above / years).toBeGreaterThan(0.9)
    expect(uneven - 1).toBeGreaterThan(2 * (even - 1))
    figure({
      en: `2,000 keys by Zipf’s law on four servers, busiest over mean: ${times(even)} of the keys, ${times(uneven)} of the load, and over 1.15 in ${above} of ${years} deals; one key alone is ${percent(first)} of it`,
      zh: `2,000 个键按 Zipf 定律分在四台上，最忙的一台比平均：键 ${times(even)} 倍，负载 ${times(uneven)} 倍，${years} 次里有 ${above} 次超过 1.15；光一个键就占负载的 ${percent(first)}`,
    })
  },
)

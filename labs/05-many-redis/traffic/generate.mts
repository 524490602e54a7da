/**
 * Writes day.tsv: a day of a forum's traffic, made up once from the shares below and a fixed seed, so
 * that it is the same for everybody. `node generate.mts > day.tsv`
 */
import { seededRandom } from '../../../snippets/sim/random.ts'
import { zipf } from '../../../snippets/sim/zipf.ts'

const requests = 2400
const topics = 300
const chance = seededRandom(20_261_129)

/** Many are read now and then, and a few all day: with 0.7 the first is read seven times as often as the sixteenth. */
const topic = zipf(topics, 0.7, chance)
const pageOf = (drawn: number) => (drawn < 0.15 ? '/' : `/topics/${topic() + 1}`)
const languageOf = (drawn: number) => (drawn < 0.55 ? 'en-US,en;q=0.9' : 'zh-CN,zh;q=0.9,en;q=0.8')

const lines = Array.from({ length: requests }, (_, index) => {
  const second = (86_400 * (index + chance())) / requests
  const time = new Date(second * 1000).toISOString().slice(11, 19)
  return [time, 'GET', pageOf(chance()), languageOf(chance())].join('\t')
})
process.stdout.write(
  `# time of day, method, address, Accept-Language; made by generate.mts\n${lines.join('\n')}\n`,
)

/**
 * Writes day.tsv: a day of a forum's traffic, made up once from the shares below and a fixed seed, so
 * that it is the same for everybody. `node generate.mts > day.tsv`
 */
const requests = 1500
let state = 20_261_128

/** mulberry32: a small generator of evenly spread numbers from 0 to 1, the same for the same seed. */
function chance(): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

function pick<T>(shares: readonly (readonly [weight: number, T])[]): T {
  const whole = shares.reduce((sum, [weight]) => sum + weight, 0)
  let left = chance() * whole
  for (const [weight, one] of shares) if ((left -= weight) < 0) return one
  return shares.at(-1)![1]
}

/** The busiest topic is read n times as often as the n-th (Zipf's law). */
const topics = Array.from({ length: 14 }, (_, index) => [1 / (index + 1), index + 1] as const)
const pages: readonly (readonly [number, () => string])[] = [
  [30, () => '/'],
  [60, () => `/topics/${pick(topics)}`],
  [5, () => '/api/topics.json'],
  // An old link, to a topic that is gone.
  [5, () => '/topics/404'],
]
const languages = [
  [55, 'en-US,en;q=0.9'],
  [45, 'zh-CN,zh;q=0.9,en;q=0.8'],
] as const

const lines = Array.from({ length: requests }, (_, index) => {
  const second = (86_400 * (index + chance())) / requests
  const time = new Date(second * 1000).toISOString().slice(11, 19)
  return [time, 'GET', pick(pages)(), pick(languages)].join('\t')
})
process.stdout.write(
  `# time of day, method, address, Accept-Language; made by generate.mts\n${lines.join('\n')}\n`,
)

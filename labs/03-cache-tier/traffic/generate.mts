/**
 * Writes day.tsv: a day of a forum's traffic, made up once from the shares below and a fixed seed, so
 * that it is the same for everybody. `node generate.mts > day.tsv`
 */
const requests = 4000
let state = 20_251_101

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
const topics = Array.from({ length: 8 }, (_, index) => [1 / (index + 1), index + 1] as const)
const word = () => Math.floor(chance() * 36 ** 6).toString(36)

const pages: readonly (readonly [number, () => string])[] = [
  [15, () => '/'],
  [26, () => `/topics/${pick(topics)}`],
  [2, () => '/signin?next=/topics/1'],
]
const rest: readonly (readonly [number, (second: number) => string])[] = [
  [18, () => '/public/style.css?v=5b0e7d1c'],
  [14, () => '/public/logo.svg?v=2f6ac09e'],
  // A script asks whether there is anything new, and adds the time so that no cache can answer.
  [12, (second) => `/api/topics.json?_=${1_761_955_200_000 + Math.round(second * 1000)}`],
  [2, () => '/robots.txt'],
  // Links to what is gone, and what browsers and worse look for by themselves.
  [
    11,
    () =>
      pick([
        [6, '/favicon.ico'],
        [3, '/topics/404'],
        [2, '/wp-login.php'],
      ]),
  ],
]
/** Half of what follows a link from elsewhere says where it came from. */
const tracking: readonly (readonly [number, () => string])[] = [
  [3, () => `utm_source=weibo&utm_campaign=${word()}`],
  [2, () => `fbclid=${word()}${word()}`],
  [1, () => `gclid=${word()}`],
]
const languages = [
  [30, 'en-US,en;q=0.9'],
  [25, 'zh-CN,zh;q=0.9,en;q=0.8'],
  [12, 'en-GB,en;q=0.8'],
  [10, 'zh-CN,zh;q=0.8,zh-TW;q=0.7,zh-HK;q=0.5,en-US;q=0.3,en;q=0.2'],
  [8, '-'],
  [7, 'de,en-US;q=0.7,en;q=0.3'],
  [5, 'zh-TW,zh;q=0.9'],
  [3, 'en'],
] as const

const lines = Array.from({ length: requests }, (_, index) => {
  const second = (86_400 * (index + chance())) / requests
  const isPage = chance() < 0.43
  let path = isPage ? pick(pages)() : pick(rest)(second)
  if (isPage && chance() < 0.03) path += (path.includes('?') ? '&' : '?') + pick(tracking)()
  const method = chance() < 0.02 ? 'HEAD' : 'GET'
  const time = new Date(second * 1000).toISOString().slice(11, 19)
  return [time, method, path, path.startsWith('/api/') ? '-' : pick(languages)].join('\t')
})
process.stdout.write(
  `# time of day, method, address, Accept-Language; made by generate.mts\n${lines.join('\n')}\n`,
)

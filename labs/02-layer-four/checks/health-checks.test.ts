import { beforeAll, expect, test, vi } from 'vitest'
import { lab, say } from '#labs/kit'

const address = '192.0.2.100'
const directors = ['lvs1', 'lvs2']
const server = '10.77.0.12:80'

beforeAll(() => lab.wire.settled(address, directors).then(() => undefined))

/** Does the director that works give nginx2 anything? Weight 0 is out, too. */
async function isIn(): Promise<boolean> {
  const [director = 'lvs1'] = await lab.wire.holders(address, directors)
  const rows = await lab.wire.table(director)
  return rows.some(
    (row) => row.service === `${address}:80` && row.server === server && row.weight > 0,
  )
}

test(
  say(
    'nginx2 ends, and leaves the table within 2 s; then it comes back',
    'nginx2 退出，两秒内离开调度表；恢复后又回来',
  ),
  async () => {
    const inTable = say('nginx2 is in the table', 'nginx2 在调度表里')
    expect(await isIn(), inTable).toBe(true)
    await lab.refuse('nginx2')
    try {
      const out = say(
        'within 2 s the director gives nginx2 nothing more',
        '两秒之内，调度器不再把连接交给 nginx2',
      )
      await expect.poll(isIn, { message: out, timeout: 2000, interval: 50 }).toBe(false)
      await lab.start('nginx2')
      const back = say('within 5 s nginx2 is back in the table', '五秒之内 nginx2 回到调度表')
      await expect.poll(isIn, { message: back, timeout: 5000, interval: 50 }).toBe(true)
    } finally {
      await lab.start('nginx2')
      // A director that looks seldom would go into the next check without nginx2.
      await vi.waitUntil(isIn, { timeout: 15_000, interval: 100 }).catch(() => undefined)
    }
  },
)

test(say('nginx that lives is left alone', '活着的 nginx 不受打扰'), async () => {
  for (let look = 0; look < 10; look++) {
    const message = say('nginx2 is in the table', 'nginx2 在调度表里')
    expect(await isIn(), message).toBe(true)
  }
})

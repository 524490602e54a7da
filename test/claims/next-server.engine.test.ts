import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'
import { failed, tally, tried } from './tally.ts'

const conf = new URL('./nginx/next-server.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web2'])
const { claim } = stage

claim(
  'http-503-asks-the-next',
  'with http_503 in proxy_next_upstream nginx asks another server, and leaves the busy one alone',
  async ({ figure }) => {
    const count = 20
    const ask = (port: number) => stage.balancer.askTimes(count, { port, path: '/' })
    const [bare, told] = [await ask(8001), await ask(8002)]
    const refused = bare.filter(({ status }) => status === 503)
    // An answer like any other: its server stays in turn.
    expect(tally(refused)).toEqual({ busy: count / 2 })
    expect(refused.map((answer) => tried(answer).length)).toEqual(Array(count / 2).fill(1))
    expect(failed(told)).toBe(0)
    expect(tally(told)).toEqual({ web2: count })
    // A failure now, and one is enough for max_fails.
    const asked = told.filter((answer) => tried(answer).length === 2).length
    expect(asked).toBe(1)
    figure({
      en: `one of two servers answers 503: ${refused.length} of ${count} readers saw it; with http_503 ${failed(told)}, and it was asked ${asked} time`,
      zh: `两台服务器中有一台答 503：${count} 个读者里有 ${refused.length} 个看到；写了 http_503，${failed(told)} 个，那一台只被问了 ${asked} 次`,
    })
  },
)

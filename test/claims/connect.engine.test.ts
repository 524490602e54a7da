import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { crewMount } from './crew/foreman.ts'
import { openStage } from './stage.ts'

const conf = new URL('./nginx/connect.conf', import.meta.url)
// Named, so that it belongs to these tests' source.
const program = new URL('./connect/lost-packet.mts', import.meta.url).pathname.split('/').pop()!
const stage = openStage(import.meta.url, nginx(conf), [])
const { claim } = stage

interface Try {
  readonly port: number
  /** For ever, if nothing is said. */
  readonly silentForMs?: number
}
interface Answer {
  readonly status: number
  readonly ms: number
}

/** Readers, one after the other, of a server that is silent when nginx knocks. */
async function knock(...tries: readonly Try[]): Promise<readonly Answer[]> {
  const { balancer, containers } = stage
  const place = ['--rm', ...containers.label, '--network', `container:${balancer.id}`, ...crewMount]
  const node = [containers.image('node:22-slim'), 'node', `../connect/${program}`]
  const warnings = '--disable-warning=ExperimentalWarning'
  const said = await containers.docker(
    'run',
    ...place,
    ...node.slice(0, 2),
    warnings,
    node[2]!,
    JSON.stringify(tries),
  )
  return JSON.parse(said) as readonly Answer[]
}
const sixTimes = (port: number) => Array<Try>(6).fill({ port, silentForMs: 400 })
const failed = (answers: readonly Answer[]) => answers.filter(({ status }) => status !== 200).length
const seconds = (ms: number) => (ms / 1000).toFixed(1)

claim(
  'lost-packet-comes-again-after-a-second',
  'a first packet that is lost is sent again after 1 s: a connect time-out must be longer than that',
  async ({ figure }) => {
    const short = await knock(...sixTimes(8001))
    const second = await knock(...sixTimes(8002))
    const longer = await knock(...sixTimes(8003))
    expect(short.map(({ status }) => status)).toEqual(Array(6).fill(504))
    expect(longer.map(({ status }) => status)).toEqual(Array(6).fill(200))
    for (const { ms } of longer) expect(ms).toBeGreaterThanOrEqual(990)
    const waits = longer.map(({ ms }) => seconds(ms)).join(', ')
    figure({
      en: `the server busy for 0.4 s, six tries each: 950ms gave ${failed(short)} × 504, 1s ${failed(second)}, 1200ms ${failed(longer)} (answered after ${waits} s)`,
      zh: `服务器忙了 0.4 s，各试六次：950ms 有 ${failed(short)} 次 504，1s 有 ${failed(second)} 次，1200ms 有 ${failed(longer)} 次（分别在 ${waits.replaceAll(', ', '、')} s 后得到响应）`,
    })
  },
)

claim(
  'silent-machine-costs-the-connect-timeout',
  'of a machine that is there and silent nginx waits for proxy_connect_timeout, whatever that is',
  async ({ figure }) => {
    const answers = await knock({ port: 8003 }, { port: 8004 })
    expect(answers.map(({ status }) => status)).toEqual([504, 504])
    const [short, long] = answers.map(({ ms }) => ms)
    expect(short).toBeGreaterThanOrEqual(1150)
    expect(short).toBeLessThan(2500)
    expect(long).toBeGreaterThanOrEqual(3950)
    figure({
      en: `silence for ever: 504 after ${seconds(short!)} s with 1200ms, after ${seconds(long!)} s with 4s`,
      zh: `一直沉默：1200ms 时 ${seconds(short!)} s 后 504，4s 时 ${seconds(long!)} s 后 504`,
    })
  },
)

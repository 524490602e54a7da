import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'

const conf = new URL('./nginx/cost.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1'])
const { claim } = stage

/** CPU time that nginx's workers have used so far. Time on the clock would measure the neighbours. */
async function nginxCpu(): Promise<number> {
  const { containers, balancer } = stage
  const read = 'for pid in $(cat /proc/1/task/1/children); do cat /proc/$pid/stat; done'
  const lines = (await containers.docker('exec', balancer.id, 'sh', '-c', read)).split('\n')
  // utime and stime, fields 14 and 15, in ticks of 10 ms; the name in brackets is field 2.
  const ticks = lines.map((line) => line.replace(/.*\) /, '').split(' ').slice(11, 13).map(Number))
  return ticks.flat().reduce((sum, tick) => sum + tick * 10_000, 0)
}

/** Of nginx, for 2,000 requests with eight readers at once. */
async function cost(path: string): Promise<number> {
  const before = await nginxCpu()
  await stage.balancer.askTimes(2000, { port: 8001, path }, { atOnce: 8 })
  return (await nginxCpu()) - before
}

claim(
  'nginx-proxies-cheaply',
  'to pass a request on costs nginx less than three times the CPU of sending a small file itself',
  async ({ figure }) => {
    const file = '/public/name.js'
    await cost('/') // warm
    const ratio =
      ((await cost('/')) + (await cost('/'))) / ((await cost(file)) + (await cost(file)))
    expect(ratio).toBeLessThan(3)
    const times = ratio.toFixed(1)
    figure({
      en: `CPU of nginx for a proxied request: ${times} × that for a small file`,
      zh: `nginx 转发一个请求的 CPU 开销：发送一个小文件的 ${times} 倍`,
    })
  },
)

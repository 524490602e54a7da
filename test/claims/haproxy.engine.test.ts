import { expect } from 'vitest'
import { haproxy } from './balancer.ts'
import { openStage } from './stage.ts'
import { failed, tally } from './tally.ts'

const config = new URL('./haproxy/haproxy.cfg', import.meta.url)
const stage = openStage(import.meta.url, haproxy(config), ['web1', 'web2', 'tea-counter'])
const { claim } = stage

claim(
  'haproxy-does-the-same',
  'HAProxy takes turns, spares the reader a dead server, and takes it back when it is well',
  async ({ figure }) => {
    const { balancer } = stage
    const ask = (count: number) => balancer.askTimes(count, { port: 8001, path: '/' })
    /** Until the health check has noticed; its log goes to nobody here, its choices can be seen. */
    const untilServing = async (expected: readonly string[]) => {
      let servers: readonly string[]
      do servers = Object.keys(tally(await ask(4)))
      while (servers.join() !== expected.join())
    }
    await untilServing(['web1', 'web2'])
    const well = tally(await ask(20))
    expect(well).toEqual({ web1: 10, web2: 10 })

    await balancer.kill('web1')
    const dead = await ask(60)
    expect(failed(dead)).toBe(0)
    expect(tally(dead)).toEqual({ web2: 60 })

    await balancer.start('web1')
    await untilServing(['web1', 'web2'])
    figure({
      en: `${Object.values(well).join(' / ')} of 20; one process killed: ${failed(dead)} of 60 failed; started again: back in turn`,
      zh: `20 个请求 ${Object.values(well).join(' / ')}；杀掉一个进程：60 个失败 ${failed(dead)} 个；重新启动后又轮到它`,
    })
  },
)

claim(
  'haproxy-speaks-fastcgi',
  'HAProxy hands requests on by FastCGI, and returns a file that it has read at its start',
  async ({ figure }) => {
    const { balancer } = stage
    const script = await balancer.ask({ port: 8002, path: '/cups?n=3' })
    expect([script.status, script.body.trim()]).toEqual([200, 'GET /cups?n=3'])
    const file = await balancer.ask({ port: 8002, path: '/one-file' })
    expect([file.status, file.body.includes('fcgi-app tea')]).toEqual([200, true])
    figure({
      en: `by FastCGI ${script.status}, the responder was given ${script.body.trim()}; one named file ${file.status}`,
      zh: `经 FastCGI：${script.status}，应答程序收到 ${script.body.trim()}；指名的一个文件：${file.status}`,
    })
  },
)

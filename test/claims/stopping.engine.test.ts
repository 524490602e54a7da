import { afterAll, beforeAll, expect } from 'vitest'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import { build, TeaServer } from './tea-server.ts'

let containers: Containers
let versions: Versions
/** Node as it is started by an image's exec form, with a handler of SIGTERM and without one. */
let execForm: string
let shellForm: string
const withoutHandler = ['node', 'server.mts']
/** Docker's own default is 10. */
const grace = 2

beforeAll(async () => {
  containers = await Containers.open(import.meta.url, ['node:22-slim'])
  execForm = (await build(containers, 'Dockerfile')).name
  shellForm = (await build(containers, 'shell-form.Dockerfile')).name
  const node = await containers.docker('run', '--rm', execForm, 'node', '--version')
  versions = { Docker: await containers.engineVersion(), 'Node.js': node.replace('v', '') }
})
afterAll(() => containers?.close())
const claim = claimsOn(() => versions)

const start = (...args: readonly string[]) => TeaServer.start(containers, execForm, [], args)
const startWith = (options: readonly string[], ...args: readonly string[]) =>
  TeaServer.start(containers, execForm, options, args)

const stopped = ({ seconds, code }: { readonly seconds: number; readonly code: number }) => ({
  en: `docker stop took ${seconds.toFixed(1)} s of ${grace} s, exit code ${code}`,
  zh: `docker stop 用了 ${seconds.toFixed(1)} s（宽限 ${grace} s），退出码 ${code}`,
})

claim(
  'pid-1-ignores-sigterm',
  'as process 1, Node without a handler ignores SIGTERM, and is killed when the time is up',
  async ({ figure }) => {
    const end = await (await start(...withoutHandler)).stop(grace)
    // 128 + 9: SIGKILL.
    expect(end.code).toBe(137)
    expect(end.seconds).toBeGreaterThanOrEqual(grace)
    figure(stopped(end))
  },
)

claim(
  'init-forwards-sigterm',
  'with --init, process 1 is a small program that passes SIGTERM on',
  async ({ figure }) => {
    const server = await startWith(['--init'], ...withoutHandler)
    const end = await server.stop(60)
    // 128 + 15: SIGTERM.
    expect(end.code).toBe(143)
    figure({
      en: `docker stop took ${end.seconds.toFixed(1)} s, exit code ${end.code}`,
      zh: `docker stop 用了 ${end.seconds.toFixed(1)} s，退出码 ${end.code}`,
    })
  },
)

claim(
  'shell-form-swallows-sigterm',
  'in the shell form of CMD, process 1 is a shell, and SIGTERM never reaches the handler',
  async ({ figure }) => {
    const [exec, shell] = [await start(), await TeaServer.start(containers, shellForm)]
    const [well, swallowed] = [await exec.stop(60), await shell.stop(grace)]
    expect([well.code, swallowed.code]).toEqual([0, 137])
    figure({
      en: `the same handler: exit code ${well.code} in exec form, ${swallowed.code} (killed after ${grace} s) in shell form`,
      zh: `同一个处理函数：exec 形式退出码 ${well.code}，shell 形式 ${swallowed.code}（${grace} s 后被强杀）`,
    })
  },
)

const inFlight = 8
const lost = async (outcomes: readonly Promise<boolean>[]) =>
  (await Promise.all(outcomes)).filter((arrived) => !arrived).length

claim(
  'killed-server-drops-requests-in-flight',
  'a killed server takes with it every request that it was working on',
  async ({ figure }) => {
    const server = await start()
    const outcomes = await server.inFlight(inFlight, '/slow?ms=60000')
    await server.kill()
    const count = await lost(outcomes)
    expect(count).toBe(inFlight)
    figure({
      en: `SIGKILL: ${count} of ${inFlight} requests in flight were lost`,
      zh: `SIGKILL：进行中的 ${inFlight} 个请求丢了 ${count} 个`,
    })
  },
)

claim(
  'graceful-stop-drops-nothing',
  'a server that closes its door on SIGTERM finishes what is in flight, and then ends',
  async ({ figure }) => {
    const server = await start()
    const outcomes = await server.inFlight(inFlight, '/slow?ms=1000')
    const end = await server.stop(60)
    const count = await lost(outcomes)
    expect([count, end.code]).toEqual([0, 0])
    figure({
      en: `SIGTERM: ${count} of ${inFlight} requests in flight were lost, exit code ${end.code}`,
      zh: `SIGTERM：进行中的 ${inFlight} 个请求丢了 ${count} 个，退出码 ${end.code}`,
    })
  },
)

claim(
  'restart-policy-brings-it-back',
  'a process that crashes stays dead, unless its container has a restart policy',
  async ({ figure }) => {
    const [plain, policy] = [await start(), await startWith(['--restart', 'on-failure'])]
    for (const server of [plain, policy]) await server.get('/crash').catch(() => undefined)
    const crashed = performance.now()
    await containers.docker('wait', plain.id)
    await containers.untilEvent(policy.id, 'start', 2)
    const seconds = ((performance.now() - crashed) / 1000).toFixed(1)
    expect([await plain.state('.Status'), await policy.state('.Status')]).toEqual([
      'exited',
      'running',
    ])
    figure({
      en: `crashed with exit code 1: running again after ${seconds} s; without a policy: exited`,
      zh: `以退出码 1 崩溃：${seconds} s 后又在运行；没有重启策略的：一直是 exited`,
    })
  },
)

claim(
  'healthcheck-sees-a-hung-process',
  'a hung process still runs; only a health check that asks it notices',
  async ({ figure }) => {
    const server = await start()
    const until = (health: string) => containers.untilEvent(server.id, `health_status: ${health}`)
    await until('healthy')
    void server.get('/hang').catch(() => undefined)
    const hung = performance.now()
    await until('unhealthy')
    const seconds = ((performance.now() - hung) / 1000).toFixed(1)
    const status = await server.state('.Status')
    expect(status).toBe('running')
    figure({
      en: `status ${status}, health unhealthy after ${seconds} s (every 1 s, 2 retries)`,
      zh: `状态 ${status}，${seconds} s 后健康检查为 unhealthy（每 1 s 一次，重试 2 次）`,
    })
  },
)

claim(
  'published-on-loopback-only',
  'a port published on 127.0.0.1 is open on that address and on no other',
  async ({ figure }) => {
    const server = await start()
    const port = await server.port()
    const listed = await containers.docker('port', server.id)
    expect(listed).toBe(`3000/tcp -> 127.0.0.1:${port}`)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    // Another address of the same machine.
    const refused = await fetch(`http://127.0.0.2:${port}/`).catch((error: Error) => error.cause)
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' })
    figure({
      en: '127.0.0.1: 200; 127.0.0.2, the same machine: connection refused',
      zh: '127.0.0.1：200；同一台机器的 127.0.0.2：拒绝连接',
    })
  },
)

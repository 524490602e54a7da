import { afterAll, beforeAll, expect } from 'vitest'
import { freeSubnet } from '../../labs/session/subnet.ts'
import { Balancer, nginx } from './balancer.ts'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import { crewMount } from './crew/foreman.ts'
import type { Answer } from './crew/orders.ts'
import { failed, tally } from './tally.ts'

const conf = (name: string) => new URL(`./nginx/${name}.conf`, import.meta.url)
const network = 'four-tiers-claims-names'
/** No lab has this number, so no lab has this network. */
const place = 250

let containers: Containers
let balancer: Balancer
let versions: Versions
let subnet: string
const addresses = new Map<string, string>()
const machines = new Map<string, string>()

/** A container with one web server in it: a machine of its own, on an address of its own. */
async function boot(name: string, address = nextAddress()): Promise<void> {
  const at = ['--network', network, '--ip', address, '--network-alias', name, '--hostname', name]
  const server = [containers.image('node:22-slim'), 'node', 'web-server.mts', name]
  const id = await containers.run(...at, ...crewMount, ...server)
  machines.set(name, id)
  addresses.set(name, address)
  await containers.untilSays(id, 'listening')
}
const nextAddress = () => `${subnet}.${11 + addresses.size}`

/** The machine is gone, as when its power fails: nobody says goodbye, nobody answers any more. */
async function vanish(name: string): Promise<void> {
  await containers.docker('rm', '--force', machines.get(name)!)
}

beforeAll(async () => {
  containers = await Containers.open(import.meta.url, ['nginx:1.26', 'node:22-slim'])
  subnet = await freeSubnet(place, network, containers.env)
  const range = ['--subnet', `${subnet}.0/24`, '--internal']
  await containers.docker('network', 'create', ...containers.label, ...range, network)
  await boot('web1')
  await boot('web2')
  balancer = await Balancer.open(containers, nginx(conf('names')), ['--network', network])
  versions = { ...balancer.versions, Docker: await containers.engineVersion() }
})
afterAll(async () => {
  await balancer?.close()
  await containers?.close()
})
const claim = claimsOn(() => versions)

/** web1 is made anew, and a stranger has taken its address meanwhile. */
async function recreateWeb1(stranger: string): Promise<void> {
  const address = addresses.get('web1')!
  await vanish('web1')
  await boot(stranger, address)
  await boot('web1')
}

const of = (answers: readonly Answer[], server: string) => tally(answers)[server] ?? 0

claim(
  'names-are-resolved-once',
  'nginx looks a name up when it starts, and goes on asking whoever has that address now',
  async ({ figure }) => {
    const ask = () => balancer.askTimes(20, { port: 8001, path: '/' })
    expect(tally(await ask())).toEqual({ web1: 20 })
    await recreateWeb1('stranger1')
    const before = await ask()
    await balancer.reload()
    const after = await ask()
    expect([of(before, 'stranger1'), of(after, 'web1')]).toEqual([20, 20])
    figure({
      en: `web1 made anew: ${of(before, 'stranger1')} of 20 requests went to the stranger at its old address; after a reload ${of(after, 'web1')} of 20 to web1`,
      zh: `web1 重建之后：20 个请求有 ${of(before, 'stranger1')} 个去了占用旧地址的陌生容器；reload 之后 ${of(after, 'web1')} 个都到了 web1`,
    })
  },
)

claim(
  'resolver-with-variable-follows',
  'with a resolver and the name in a variable nginx finds the new address by itself',
  async ({ figure }) => {
    const ask = (count: number) => balancer.askTimes(count, { port: 8002, path: '/' })
    expect(tally(await ask(20))).toEqual({ web1: 20 })
    await recreateWeb1('stranger2')
    // An answer of the name server is kept for a second.
    while (of(await ask(1), 'web1') === 0);
    const after = await ask(20)
    expect(tally(after)).toEqual({ web1: 20 })
    figure({
      en: `web1 made anew: without a reload ${of(after, 'web1')} of 20 requests went to it`,
      zh: `web1 重建之后：没有 reload，20 个请求有 ${of(after, 'web1')} 个到了 web1`,
    })
  },
)

claim(
  'dead-container-black-hole',
  'a machine that vanishes does not even refuse: the reader waits for proxy_connect_timeout',
  async ({ figure }) => {
    const ask = (count: number) => balancer.askTimes(count, { port: 8003, path: '/' })
    await balancer.reload()
    expect(tally(await ask(20))).toEqual({ web1: 10, web2: 10 })
    await vanish('web2')
    const answers = await ask(60)
    const waits = answers.map(({ ms }) => ms).filter((ms) => ms >= 950)
    expect(failed(answers)).toBe(0)
    expect(waits.length).toBeGreaterThanOrEqual(1)
    expect(waits.length).toBeLessThanOrEqual(2)
    // They were the first: what came after was spared.
    expect(answers.slice(4).every(({ ms }) => ms < 950)).toBe(true)
    const list = waits.map((ms) => `${(ms / 1000).toFixed(1)} s`)
    figure({
      en: `proxy_connect_timeout 1s: of 60 readers in a row ${waits.length} waited (${list.join(', ')}), ${failed(answers)} failed`,
      zh: `proxy_connect_timeout 1s：先后 60 个读者中 ${waits.length} 个等了（${list.join('、')}），失败 ${failed(answers)} 个`,
    })
  },
)

/** What nginx says of a configuration that it will not start with. */
async function refusal(name: string): Promise<string> {
  const { image, mounts } = nginx(conf(name))
  const place = ['--network', network, ...mounts, containers.image(image)]
  const { exitCode, output } = await containers.attempt(
    'run',
    '--rm',
    ...containers.label,
    ...place,
  )
  expect(exitCode).toBe(1)
  return /\[emerg\].*?: (.*?) in \/etc/.exec(output)?.[1] ?? output
}

claim(
  'missing-name-stops-nginx',
  'one name that cannot be looked up, and nginx does not start at all',
  async ({ figure }) => {
    const said = await refusal('missing-name')
    expect(said).toBe('host not found in upstream "web9:3000"')
    figure({ en: `[emerg] ${said}`, zh: `[emerg] ${said}` })
  },
)

claim(
  'resolve-parameter-refused-by-1-26',
  'nginx 1.26 does not know `resolve` in an upstream',
  async ({ figure }) => {
    const said = await refusal('resolve')
    expect(said).toBe('invalid parameter "resolve"')
    figure({ en: `[emerg] ${said}`, zh: `[emerg] ${said}` })
  },
)

import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'
import { seen } from './tally.ts'

const conf = new URL('./nginx/headers.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1'])
const { claim } = stage

const client = '127.0.0.77'
const lie = '6.6.6.6'

/** The headers that reach the application when this client lies about its address. */
async function arriving(port: number): Promise<Readonly<Record<string, string>>> {
  const headers = { host: 'teahouse.test', 'x-forwarded-for': lie, 'x-real-ip': lie }
  return seen(await stage.balancer.ask({ port, path: '/', from: client, headers })).headers
}

claim(
  'bare-proxy-passes-forged-real-ip',
  'proxy_pass alone hands on an X-Real-IP that the client made up',
  async ({ figure }) => {
    const headers = await arriving(8001)
    expect(headers['x-real-ip']).toBe(lie)
    figure({
      en: `${client} sent X-Real-IP: ${lie}; the application got ${headers['x-real-ip']}`,
      zh: `${client} 发来 X-Real-IP: ${lie}；应用收到的是 ${headers['x-real-ip']}`,
    })
  },
)

claim(
  'host-header-is-the-upstreams-name',
  'unless told otherwise nginx asks for the name in proxy_pass, not for the one the client asked for',
  async ({ figure }) => {
    const [bare, set] = [await arriving(8001), await arriving(8004)]
    expect([bare.host, set.host]).toEqual(['teahouse', 'teahouse.test'])
    figure({
      en: `the client asked for teahouse.test; the application got Host: ${bare.host}`,
      zh: `客户端请求的是 teahouse.test；应用收到 Host: ${bare.host}`,
    })
  },
)

claim(
  'forwarded-for-keeps-the-lie',
  '$proxy_add_x_forwarded_for keeps what the client claimed, as the first entry',
  async ({ figure }) => {
    const { 'x-forwarded-for': chain } = await arriving(8002)
    expect(chain).toBe(`${lie}, ${client}`)
    figure({
      en: `${client} sent ${lie}; the application got ${chain}`,
      zh: `${client} 发来 ${lie}；应用收到 ${chain}`,
    })
  },
)

claim(
  'real-ip-from-everyone-believes-the-lie',
  'set_real_ip_from 0.0.0.0/0 lets every client choose its address',
  async ({ figure }) => {
    const { 'x-real-ip': believed } = await arriving(8003)
    expect(believed).toBe(lie)
    figure({
      en: `${client} claimed to be ${lie}: $remote_addr became ${believed}`,
      zh: `${client} 自称 ${lie}：$remote_addr 就成了 ${believed}`,
    })
  },
)

claim(
  'remote-addr-overwrites-the-lie',
  'written anew from $remote_addr, neither header keeps anything of the lie',
  async ({ figure }) => {
    const headers = await arriving(8004)
    expect([headers['x-real-ip'], headers['x-forwarded-for']]).toEqual([client, client])
    figure({
      en: `${client} sent ${lie} twice; the application got ${client} in both headers`,
      zh: `${client} 在两个头里都写了 ${lie}；应用两处收到的都是 ${headers['x-real-ip']}`,
    })
  },
)

claim(
  'add-header-is-inherited-as-a-set',
  'one add_header in a location, and none of those above holds there',
  async ({ figure }) => {
    const guards = ['x-frame-options', 'x-content-type-options']
    const guarded = async (path: string) => {
      const { headers } = await stage.balancer.ask({ port: 8005, path })
      return guards.filter((name) => name in headers).length
    }
    const [inherited, own] = [await guarded('/'), await guarded('/menu')]
    expect([inherited, own]).toEqual([2, 0])
    figure({
      en: `two headers set for the whole server: ${inherited} arrive from /, ${own} from a location with an add_header of its own`,
      zh: `为整个 server 设置了两个头：/ 的响应带着 ${inherited} 个，另有自己的 add_header 的 location 带着 ${own} 个`,
    })
  },
)

claim(
  'dollar-host-has-no-port',
  '$host is the name without the port, $http_host the header as it came',
  async ({ figure }) => {
    const hostAt = async (port: number) => {
      const request = { port, path: '/', headers: { host: 'teahouse.test:8080' } }
      return seen(await stage.balancer.ask(request)).headers.host
    }
    const [host, httpHost] = [await hostAt(8006), await hostAt(8004)]
    expect([host, httpHost]).toEqual(['teahouse.test', 'teahouse.test:8080'])
    figure({
      en: `the client sent Host: teahouse.test:8080; with $host the application got ${host}, with $http_host ${httpHost}`,
      zh: `客户端发来 Host: teahouse.test:8080；用 $host，应用收到 ${host}，用 $http_host，收到 ${httpHost}`,
    })
  },
)

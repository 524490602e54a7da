import { expect, test } from 'vitest'
import {
  addressForms,
  addressHeaders,
  createDraw,
  drawVisits,
  forgedAddress,
  lab,
  say,
  topics,
} from '#labs/kit'

const servers = ['web1', 'web2', 'web3']
const client = lab.address(50)
const stranger = '203.0.113.7'
const draw = createDraw(13)
const believed = () => say('the address that the forum believes', '论坛认为的地址')

async function whoami(headers: Record<string, string> = {}): Promise<unknown> {
  const { status, body } = await lab.request('/whoami', { headers })
  expect(status, say('status of /whoami', '/whoami 的状态码')).toBe(200)
  return clientIn(body)
}

function clientIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { client?: unknown }).client
  } catch {
    return undefined
  }
}

/** Requests for which the forum's own log has another address than this one. */
async function mistaken(address: string, work: () => Promise<unknown>): Promise<string[]> {
  const running = await lab.running(servers)
  const arrivals = await lab.arrivals({ servers: running, port: 3000 }, work)
  expect(arrivals.length, say('requests in the log of the forum', '论坛日志里的请求数')).not.toBe(0)
  return arrivals
    .filter((one) => one.client !== address)
    .map(({ method, path, client: found }) => `${method} ${path}: ${found}`)
}

const elsewhere = () => say('requests for which it believes another address', '论坛认错地址的请求')

test(
  say(
    'the forum sees the address of the visitor, not of nginx, whatever is asked for',
    '不管请求什么，论坛看到的都是访客的地址，不是 nginx 的',
  ),
  async () => {
    expect(await whoami(), believed()).toBe(client)
    const visits = drawVisits(draw)
    expect(await mistaken(client, () => lab.send(visits)), elsewhere()).toEqual([])
  },
)

test(say('each visitor has an address of their own', '每个访客有自己的地址'), async () => {
  let stdout = ''
  const paths = ['/whoami', draw.one(topics)]
  const others = await mistaken(lab.address(11), async () => {
    stdout = (await lab.exec('web1', ['node', '-e', visit, ...paths])).stdout
  })
  expect(/"client":"([^"]*)"/.exec(stdout)?.[1], believed()).toBe(lab.address(11))
  expect(others, elsewhere()).toEqual([])
})

// Another machine of the network comes as a visitor: fetch() would not send a Host of our own.
const visit = `for (const path of process.argv.slice(1)) require('node:http').get(
  { host: 'nginx', path, headers: { host: 'teahouse.test' } },
  (answer) => answer.pipe(process.stdout, { end: false }),
)`

test(
  say(
    'no header that a visitor forges changes it, be it one that proxies use or one that your module reads',
    '访客伪造的请求头都不起作用：不管是代理常用的，还是你的模块会读的',
  ),
  async () => {
    const forgeries = [
      ...addressHeaders.map((name) => forgedAddress(name, stranger)),
      ...addressHeaders.map((name) => ({ [name]: draw.one(addressForms(stranger)) })),
      ...[...(await headersRead()), 'X-Forwarded-For', 'X-Real-IP'].flatMap((name) =>
        addressForms(stranger).map((value) => ({ [name]: value })),
      ),
    ] as Record<string, string>[]
    const all = Object.assign({}, ...forgeries) as Record<string, string>
    const tries = [...forgeries, all].map((headers) => ({ path: '/whoami', headers }))
    const answers = (await lab.send(tries, { concurrency: 6 })).all
    const fooled = tries.filter((_, at) => clientIn(answers[at]!.body) !== client)
    expect(
      [...new Set(fooled.slice(0, 6).map(({ headers }) => told(headers)))],
      say('forgeries that the forum believes', '被论坛相信的伪造'),
    ).toEqual([])
    const visits = drawVisits(draw).map((one) => ({ ...one, headers: { ...all, ...one.headers } }))
    expect(await mistaken(client, () => lab.send(visits)), elsewhere()).toEqual([])
  },
)

const told = (headers: Record<string, string>) =>
  Object.entries(headers)
    .slice(0, 3)
    .map((header) => header.join(': '))
    .join(', ')

/** The names that the reader's module looks up in a request that has none of them. */
async function headersRead(): Promise<string[]> {
  const script = `const { clientAddress } = await import('/lab/app/client-address.ts')
    const read = new Set()
    const spy = (headers) => new Proxy(headers, { get: (_, key) => {
      const value = headers[key]
      if (value === undefined) read.add(key)
      if (typeof value !== 'function') return value
      return (...words) => (typeof words[0] === 'string' && read.add(words[0]), value.apply(headers, words))
    } })
    try { clientAddress({ headers: spy(new Headers()), peer: '192.0.2.1' }) } catch {}
    console.log(JSON.stringify([...read]))`
  const run = ['node', '--input-type=module', '--eval', script]
  const { stdout } = await lab.exec('web1', run)
  const names = JSON.parse(stdout || '[]') as string[]
  // These belong to the request itself.
  return names.filter((name) => /^[\w-]+$/.test(name) && !/^(?:host|cookie|content-)/i.test(name))
}

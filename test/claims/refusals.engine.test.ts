import { afterAll, beforeAll, expect } from 'vitest'
import { files } from '../real/mounted.ts'
import { alone, nginx } from './balancer.ts'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'

const main = new URL('./nginx/nginx.conf', import.meta.url)
const { image, version } = nginx(main)

let containers: Containers
let versions: Versions
beforeAll(async () => {
  containers = await Containers.open(import.meta.url, [image])
  const run = ['run', '--rm', ...containers.label, ...alone, containers.image(image), ...version]
  const { output } = await containers.attempt(...run)
  versions = { nginx: /\d+(\.\d+)+/.exec(output)?.[0] ?? output }
})
afterAll(() => containers?.close())
const claim = claimsOn(() => versions)

/** What `nginx -t` says of an upstream with these lines: nothing, if it takes them. */
async function refusal(...lines: readonly string[]): Promise<string | undefined> {
  const mounted = await files({ 'claims.conf': `upstream teahouse {\n${lines.join('\n')}\n}` })
  try {
    const mounts = mounted.at('/etc/nginx/conf.d')
    const args = ['--rm', ...containers.label, ...alone, ...mounts, containers.image(image)]
    const { exitCode, output } = await containers.attempt('run', ...args, 'nginx', '-t')
    if (exitCode === 0) return undefined
    return /\[emerg\].*?: (.*?) in \/etc/.exec(output)?.[1] ?? output
  } finally {
    await mounted.remove()
  }
}

const methods = ['hash $request_uri;', 'hash $request_uri consistent;', 'ip_hash;', 'random two;']

claim(
  'no-backup-beside-a-hash',
  'beside a hash or random nginx refuses `backup`, and takes the same lines without it',
  async ({ figure }) => {
    const upstream = (method: string, word: string) =>
      refusal(method, 'server web1:3000;', `server web2:3000${word};`)
    const said: (string | undefined)[] = []
    for (const method of methods) {
      said.push(await upstream(method, ' backup'))
      expect(await upstream(method, ''), method).toBeUndefined()
    }
    const words = 'balancing method does not support parameter "backup"'
    expect(said).toEqual(methods.map(() => words))
    expect(await upstream('least_conn;', ' backup'), 'least_conn').toBeUndefined()
    expect(await upstream('', ' backup'), 'round robin').toBeUndefined()
    const named = ['hash', 'hash … consistent', 'ip_hash', 'random two']
    figure({
      en: `${named.join(', ')}: [emerg] ${words}; round robin and least_conn take it`,
      zh: `${named.join('、')}：[emerg] ${words}；轮询和 least_conn 接受`,
    })
  },
)

claim(
  'a-server-line-has-no-protocol',
  'nginx refuses a server line of an upstream that begins with http://',
  async ({ figure }) => {
    const said = await refusal('server http://web1:3000;')
    expect(said).toBe('invalid host in upstream "http://web1:3000"')
    expect(await refusal('server web1:3000;')).toBeUndefined()
    figure({ en: `[emerg] ${said}`, zh: `[emerg] ${said}` })
  },
)

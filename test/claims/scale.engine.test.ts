import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, expect } from 'vitest'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import { Foreman } from './crew/foreman.ts'
import type { Answer, Request } from './crew/orders.ts'
import { failed, tally } from './tally.ts'

const file = fileURLToPath(new URL('./compose/scale.yaml', import.meta.url))
const conf = fileURLToPath(new URL('./nginx/scale.conf', import.meta.url))

let containers: Containers
let versions: Versions
let crew: Foreman
let nginx: string
beforeAll(async () => {
  containers = await Containers.open(import.meta.url, ['nginx:1.26', 'node:22-slim'])
  await compose('down', '--timeout', '0')
  await scale(3)
  await compose('up', '--detach', '--no-deps', 'nginx')
  nginx = (await compose('ps', '--quiet', 'nginx')).trim()
  await containers.untilSays(nginx, 'start worker process ')
  crew = await Foreman.hire(containers, nginx)
  const { output } = await containers.attempt('exec', nginx, 'nginx', '-v')
  versions = {
    nginx: /\d+(\.\d+)+/.exec(output)?.[0] ?? output,
    Docker: await containers.engineVersion(),
  }
})
afterAll(async () => {
  await crew?.dismiss()
  await compose('down', '--timeout', '0')
  await containers.close()
})
const claim = claimsOn(() => versions)

async function compose(...args: readonly string[]): Promise<string> {
  const env = { ...containers.env, IMAGE_PREFIX: containers.imagePrefix, CONF: conf }
  const { stdout } = await execa('docker', ['compose', '--file', file, ...args], { env })
  return stdout
}

/** So many containers of the service, all of them well; those that there are stay. */
const scale = (count: number) =>
  compose('up', '--detach', '--wait', '--no-recreate', '--scale', `tea=${count}`, 'tea')

const ask = () =>
  crew.tell<readonly Answer[]>({
    do: 'send',
    requests: Array<Request>(60).fill({ port: 8001, path: '/' }),
    atOnce: 1,
  })
const shares = (answers: readonly Answer[]) => {
  expect(failed(answers)).toBe(0)
  return Object.values(tally(answers))
}
const workersOf = (answers: readonly Answer[]) =>
  new Set(answers.map(({ headers }) => headers['x-worker']))

claim(
  'one-name-many-servers',
  'a server line whose name leads to three containers is three servers, and stays so until a reload',
  async ({ figure }) => {
    const first = await ask()
    expect(shares(first)).toEqual([20, 20, 20])
    await scale(4)
    const grown = await ask()
    // The same three, by name.
    expect(tally(grown)).toEqual(tally(first))
    const old = workersOf([...first, ...grown])
    await containers.docker('kill', '--signal', 'HUP', nginx)
    let reloaded = await ask()
    while ([...workersOf(reloaded)].some((worker) => old.has(worker))) reloaded = await ask()
    expect(shares(reloaded)).toEqual([15, 15, 15, 15])
    figure({
      en: `one server line, 60 requests: three containers got ${shares(first).join(' / ')}; with a fourth still ${shares(grown).join(' / ')}, after a reload ${shares(reloaded).join(' / ')}`,
      zh: `一行 server，60 个请求：三个容器分到 ${shares(first).join(' / ')}；加上第四个，还是 ${shares(grown).join(' / ')}；重载之后是 ${shares(reloaded).join(' / ')}`,
    })
  },
)

import { randomUUID } from 'node:crypto'
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import { build } from './tea-server.ts'

let containers: Containers
let versions: Versions
let context: string
beforeAll(async () => {
  containers = await Containers.open(import.meta.url, ['node:22-slim'])
  versions = { Docker: await containers.engineVersion() }
  context = await mkdtemp(join(tmpdir(), 'four-tiers-claims-'))
  await cp(fileURLToPath(new URL('./docker', import.meta.url)), context, { recursive: true })
})
afterAll(async () => {
  await rm(context, { recursive: true, force: true })
  await containers?.close()
})
const claim = claimsOn(() => versions)

/** Whether a build took the layer of `RUN npm ci` from the cache. */
async function isCached(dockerfile: string): Promise<boolean> {
  const { output } = await build(containers, dockerfile, context)
  const step = /^#(\d+) \[[^\]]*\] RUN npm ci/m.exec(output)?.[1]
  expect(step, output).toBeDefined()
  return output.includes(`\n#${step} CACHED`)
}

claim(
  'copy-manifest-first-keeps-cache',
  'with the manifest copied first, a change of the source does not install the packages again',
  async ({ figure }) => {
    const dockerfiles = ['Dockerfile', 'all-at-once.Dockerfile']
    for (const dockerfile of dockerfiles) await isCached(dockerfile)
    await appendFile(join(context, 'server.mts'), `// ${randomUUID()}\n`)
    const [manifestFirst, allAtOnce] = [
      await isCached('Dockerfile'),
      await isCached('all-at-once.Dockerfile'),
    ]
    expect({ manifestFirst, allAtOnce }).toEqual({ manifestFirst: true, allAtOnce: false })
    figure({
      en: 'one line of source changed: npm ci came from the cache with the manifest first, ran again without',
      zh: '源码改了一行：先复制清单时 npm ci 取自缓存，否则重新执行',
    })
  },
)

claim(
  'image-runs-as-node-not-root',
  'the official Node image runs as root, unless the Dockerfile says USER node',
  async ({ figure }) => {
    const { name } = await build(containers, 'Dockerfile', context)
    const who = (image: string) => containers.docker('run', '--rm', image, 'id', '-un')
    const [without, withUser] = [await who(containers.image('node:22-slim')), await who(name)]
    expect([without, withUser]).toEqual(['root', 'node'])
    figure({
      en: `the process is ${without} without USER node, ${withUser} with it`,
      zh: `没有 USER node 时进程属于 ${without}，有了之后属于 ${withUser}`,
    })
  },
)

claim(
  'expose-opens-nothing',
  'EXPOSE publishes no port, and a neighbour on the same network reaches the server without it',
  async ({ figure }) => {
    const network = 'four-tiers-claims-expose'
    await containers.docker('network', 'create', ...containers.label, '--internal', network)
    const { name } = await build(containers, 'Dockerfile', context)
    const start = async (...options: readonly string[]) => {
      const id = await containers.run('--network', network, ...options, name)
      await containers.untilSays(id, 'listening')
      return id
    }
    const [silent, exposed] = [await start(), await start('--expose', '3000')]
    const published = (await containers.docker('port', exposed)).trim()
    /** What another container of the network gets from this one. */
    const asked = async (id: string) => {
      const ask = `fetch('http://${id.slice(0, 12)}:3000/').then(({ status }) => console.log(status))`
      const place = ['--rm', ...containers.label, '--network', network]
      return Number(await containers.docker('run', ...place, name, 'node', '-e', ask))
    }
    const [without, withIt] = [await asked(silent), await asked(exposed)]
    expect([published, without, withIt]).toEqual(['', 200, 200])
    figure({
      en: `exposed: no port of the machine leads to it; a neighbour got ${withIt}, and ${without} where nothing was exposed`,
      zh: `写了 EXPOSE：机器上没有端口通向它；邻居得到 ${withIt}，没写的得到 ${without}`,
    })
  },
)

claim(
  'new-volume-takes-the-images-owner',
  'a new named volume has the owner of the folder in the image; where there is none, it is root',
  async ({ figure }) => {
    const ownerOf = async (folder: string) => {
      const volume = await containers.docker('volume', 'create', ...containers.label)
      const place = ['--rm', '--volume', `${volume.trim()}:${folder}`]
      const image = containers.image('node:22-slim')
      return containers.docker('run', ...place, image, 'stat', '--format', '%U', folder)
    }
    const [known, unknown] = [await ownerOf('/home/node'), await ownerOf('/srv/avatars')]
    expect([known.trim(), unknown.trim()]).toEqual(['node', 'root'])
    figure({
      en: `on /home/node, which is in the image: ${known.trim()}; on /srv/avatars, which is not: ${unknown.trim()}`,
      zh: `挂到镜像里有的 /home/node：${known.trim()}；挂到镜像里没有的 /srv/avatars：${unknown.trim()}`,
    })
  },
)

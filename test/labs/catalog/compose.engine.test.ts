import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Lab, readCatalog } from '../../../labs/catalog/catalog.ts'
import { pacedServices } from '../../../labs/runtime/docker/health-pace.ts'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { labsFolder } from '../../../labs/session/folders.ts'
import { engineOfTests } from '../cli/engine-of-tests.ts'
import { labCalled } from '../lab-under-test.ts'
import { defaultsOf, ownFiles } from './compose-files.ts'

/** Compose's own reading, of which a reader of YAML in the tests would only be a copy. */
interface Resolved {
  readonly services: Readonly<Record<string, Server>>
}
interface Server {
  readonly image?: string
  readonly ports?: readonly { readonly host_ip?: string; readonly published?: string }[]
  readonly volumes?: readonly { readonly type: string; readonly source?: string }[]
}

let engine: Engine
beforeAll(async () => void (engine = await engineOfTests()))
afterAll(() => engine?.release())

/** In the lab's folder, with nothing said but whose files: `work/` is there only once a lab is begun. */
async function resolve({ folder }: Lab, ...options: readonly string[]): Promise<Server[]> {
  const { PATH, HOME } = process.env
  const { stdout } = await execa('docker', ['compose', ...options, 'config', '--format', 'json'], {
    cwd: folder,
    env: { PATH, HOME, ...engine.env, LAB_FILES: './starter', IMAGE_PREFIX: 'prefix/' },
    extendEnv: false,
  })
  return Object.values((JSON.parse(stdout) as Resolved).services)
}

const plain = readCatalog(labsFolder).map((lab) => ({ lab, of: basename(lab.folder), options: [] }))
/** What comes on top of it where an engine can do more. */
const more = plain.flatMap(({ lab, of }) => {
  const [first, ...others] = ownFiles(lab)
  return others.map((file) => ({
    lab,
    of: `${of}, ${basename(file)}`,
    options: ['--file', first!, '--file', file],
  }))
})

test.each([...plain, ...more])('$of: a plain `docker compose` finds all it needs', async (one) => {
  const { lab, options } = one
  const servers = await resolve(lab, ...options)

  const images = servers.flatMap(({ image }) => image ?? [])
  expect(images.filter((image) => !/^prefix\/[^:]+:[^:]*\d/.test(image))).toEqual([])
  expect(new Set(images.map((image) => image.replace('prefix/', '')))).toEqual(new Set(lab.images))

  const ports = servers.flatMap((server) => server.ports ?? [])
  expect(ports.filter(({ host_ip }) => host_ip !== '127.0.0.1')).toEqual([])
  const defaults = Object.entries(defaultsOf(lab)).filter(([name]) => name.endsWith('_PORT'))
  expect(ports.map(({ published }) => published).sort()).toEqual(
    defaults.map(([, port]) => port).sort(),
  )

  const mounted = servers.flatMap((server) => server.volumes ?? [])
  const sources = mounted.flatMap(({ type, source }) => (type === 'bind' && source ? source : []))
  expect(sources.filter((source) => !existsSync(source))).toEqual([])
})

const placeOf = (slug: string): Place => ({
  lab: labCalled(slug),
  project: `four-tiers-test-${slug}`,
  ...{ work: '/work', live: '/live', ports: {}, subnet: '10.201.9', token: '', imagePrefix: '' },
  engine: engine.env,
})

test.each([
  ['single-server', ['client']],
  ['load-balancer', ['client', 'db', 'nginx', 'redis']],
  ['layer-four', ['client']],
  ['cache-tier', ['client', 'db', 'distance', 'edge', 'nginx', 'redis', 'varnish', 'web1', 'web2']],
])(
  '%s: its own servers, not the reader’s, are asked seldom once they are well',
  async (slug, own) => expect(Object.keys(await pacedServices(placeOf(slug))).sort()).toEqual(own),
)

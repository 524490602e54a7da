import { expect, test } from 'vitest'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import { onFiles } from '../../../labs/runtime/on-files.ts'
import type { LabWorld } from '../../../labs/runtime/apply/world.ts'
import { labCalled } from '../lab-under-test.ts'

/** Servers at which something was run that reloads nginx. */
async function reloadedBy(slug: string, servers: readonly string[]) {
  const reloaded: string[] = []
  const world: Partial<LabWorld> = {
    servers: () => Promise.resolve(servers),
    exec(server, command) {
      if (command.join(' ').includes('kill -HUP')) reloaded.push(server)
      return Promise.resolve({ exitCode: 0, stdout: '', stderr: '' })
    },
  }
  const place = { lab: labCalled(slug) } as unknown as Place
  await onFiles(place, world as LabWorld).refresh()
  return reloaded
}

test.each([
  ['one-redis', ['nginx', 'web1', 'web2'], ['nginx']],
  ['load-balancer', ['nginx', 'web1', 'web2'], ['nginx']],
  ['cache-tier', ['edge', 'varnish', 'origin'], ['edge']],
  ['one-redis', ['web1', 'web2'], []],
])(
  'proxies forget who was away, also one that the lab brings: %s with %j',
  async (slug, servers, reloaded) =>
    expect((await reloadedBy(slug, servers)).sort()).toEqual(reloaded),
)

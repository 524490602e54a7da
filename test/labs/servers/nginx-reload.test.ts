import { expect, test } from 'vitest'
import type { World } from '../../../labs/servers/kind/world.ts'
import { kind } from '../../../labs/servers/nginx.ts'

const change = {
  by: 'nginx' as const,
  files: 'nginx/',
  service: 'nginx',
  at: '/etc/nginx/conf.d',
}
const edits: Parameters<NonNullable<typeof kind.take>>[1] = [
  { change, now: new Map(), before: new Map() },
]
const emerg = (words: string) => `2026/11/28 13:22:43 [emerg] 1#1: ${words}`
const otherPath = emerg(
  'cache "pages" uses the "/var/cache/b" cache path while previously it used the "/var/cache/a" cache path',
)

/** An nginx whose test passes; told to reload, it keeps its old workers and says this. */
function deaf(logged: string, saidWhenBooted = '') {
  const booted: string[] = []
  const fake: Partial<World> = {
    exec: () => Promise.resolve({ exitCode: 11, stdout: '', stderr: '' }),
    lastWords: () => Promise.resolve(logged),
    boot(server) {
      booted.push(server)
      return Promise.resolve(saidWhenBooted)
    },
  }
  return { world: fake as World, booted }
}

test('a cache that has another folder now is taken by an nginx that starts anew', async () => {
  const { world, booted } = deaf(otherPath)
  expect(await kind.take!(world, edits)).toEqual([])
  expect(booted).toEqual(['nginx'])
})

test('what hinders it from starting is told, and with the old files it is started again', async () => {
  const { world, booted } = deaf(otherPath, emerg('mkdir() "/b" failed (13: Permission denied)'))
  expect(await kind.take!(world, edits)).toMatchObject([
    { message: expect.stringContaining('mkdir() "/b" failed') },
  ])
  await kind.takeBack!(world, edits)
  expect(booted).toEqual(['nginx', 'nginx'])
})

test('what no nginx takes is told, and the old one goes on', async () => {
  const { world, booted } = deaf(emerg('bind() to 10.9.9.9:80 failed (99: Cannot assign)'))
  expect(await kind.take!(world, edits)).toMatchObject([
    { message: expect.stringContaining('bind() to 10.9.9.9:80') },
  ])
  expect(booted).toEqual([])
})

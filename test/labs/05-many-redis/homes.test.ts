import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { labCalled } from '../lab-under-test.ts'

/** What the solution's own file says without any Redis; the checks ask the servers. */
interface Server {
  readonly name: string
  readonly url: string
  readonly weight: number
}
type HomeOf = (name: string, isAway: (server: Server) => boolean) => Server

const solution = (file: string): Promise<unknown> =>
  import(
    /* @vite-ignore */ pathToFileURL(join(labCalled('many-redis').folder, 'solution/app', file))
      .href
  )
const { createHomes } = (await solution('homes.ts')) as {
  createHomes: (servers: readonly Server[]) => HomeOf
}
const { readServers } = (await solution('servers.ts')) as {
  readServers: (url: string) => readonly Server[]
}

const names = Array.from({ length: 20_000 }, (_, at) => `topic:${at + 1}`)
const nobody = () => false
const homesBy = (url: string, isAway: (server: Server) => boolean = nobody) => {
  const homeOf = createHomes(readServers(url))
  return names.map((name) => homeOf(name, isAway).name)
}
/** Those of the check, which are the same in each run. */
const checked = Array.from({ length: 1800 }, (_, at) => `topic:${700_001 + at}`)
const share = (homes: readonly string[], of: string) =>
  homes.filter((home) => home === of).length / homes.length

test('a list has names, and a weight where one is written', () =>
  expect(readServers('redis://redis3,redis1*2')).toEqual([
    { name: 'redis3', url: 'redis://redis3', weight: 1 },
    { name: 'redis1', url: 'redis://redis1', weight: 2 },
  ]))

test('the order of the list moves no name', () =>
  expect(homesBy('redis://redis3,redis1,redis2')).toEqual(homesBy('redis://redis1,redis2,redis3')))

test('a fourth takes about a quarter, and moves nothing else', () => {
  const before = homesBy('redis://redis1,redis2,redis3')
  const after = homesBy('redis://redis1,redis2,redis3,redis4')
  const moved = after.filter((home, at) => home !== before[at])
  expect(new Set(moved)).toEqual(new Set(['redis4']))
  expect(moved.length / names.length).toBeCloseTo(0.25, 1)
})

test.each(['redis1,redis2,redis3', 'redis1,redis2,redis3,redis4'])(
  'of %s the fullest keeps at most 1.15 times the mean, and not by a hair',
  (list) => {
    const servers = readServers(`redis://${list}`)
    const homeOf = createHomes(servers)
    const homes = checked.map((name) => homeOf(name, nobody).name)
    const fullest = Math.max(...servers.map(({ name }) => share(homes, name)))
    expect(fullest * servers.length).toBeLessThan(1.12)
  },
)

test('who is away leaves its names to all others, and theirs where they are', () => {
  const before = homesBy('redis://redis1,redis2,redis3,redis4')
  const after = homesBy('redis://redis1,redis2,redis3,redis4', ({ name }) => name === 'redis2')
  const orphans = after.filter((_, at) => before[at] === 'redis2')
  const moved = after.filter((home, at) => home !== before[at])
  expect(moved).toEqual(orphans)
  for (const other of ['redis1', 'redis3', 'redis4'])
    expect(share(orphans, other), other).toBeCloseTo(1 / 3, 1)
})

test('weight 2 is half of all, where two others have weight 1', () =>
  expect(share(homesBy('redis://redis1,redis2*2,redis3'), 'redis2')).toBeCloseTo(0.5, 1))

test('where all are away, a name still has one home', () =>
  expect(homesBy('redis://redis1,redis2', () => true)).toEqual(homesBy('redis://redis1,redis2')))

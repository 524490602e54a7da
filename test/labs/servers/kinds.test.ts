import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labSchema } from '../../../labs/catalog/definition.ts'
import { inOrder, kinds } from '../../../labs/servers/kind/kinds.ts'
import { tiers } from '../../../labs/servers/kind/server-kind.ts'

const labsFolder = join(import.meta.dirname, '../../../labs')
const names = readdirSync(join(labsFolder, 'servers')).filter((name) => name.endsWith('.ts'))

describe('the kinds of servers', () => {
  test('are the files of labs/servers/, and nothing else', () =>
    expect([...kinds.keys()].sort()).toEqual(names.map((name) => name.slice(0, -3)).sort()))

  test.each([...kinds])('%s takes a change of its own name alone', (name, { change }) => {
    const aboutName = (by: string) =>
      change.safeParse({ by, files: 'x' }).error?.issues.filter(({ path }) => path[0] === 'by') ??
      []
    expect(aboutName(name)).toEqual([])
    expect(aboutName('another')).toHaveLength(1)
  })

  test('come in the order of their tiers: a proxy is told of new servers after they are there', () => {
    const order = [...kinds.values()].map(({ tier }) => tiers.indexOf(tier))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    const changes = ['nginx', 'varnish', 'node', 'compose', 'image'].map((by) => ({ by }))
    const sorted = inOrder(changes, ({ by }) => ({ by, files: '' }))
    expect(sorted).toEqual([...changes].reverse())
  })

  test('are known to themselves alone: nobody else asks for one by its name', () => {
    const asksByName = /\bby [!=]== /
    const others = readdirSync(labsFolder, { recursive: true })
      .map((file) => join(labsFolder, String(file)))
      .filter((file) => /\.m?ts$/.test(file) && !file.includes('node_modules'))
      .filter((file) => !relative(labsFolder, file).startsWith('servers'))
    expect(others.length).toBeGreaterThan(100)
    expect(others.filter((file) => asksByName.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})

describe('a change in lab.yaml', () => {
  const issuesOf = (change: object) =>
    labSchema.shape.changes.safeParse([change]).error?.issues.map(({ path, message }) => ({
      path: path.join('.'),
      message,
    }))

  test('of a kind that is not there is refused with those that are', () =>
    expect(issuesOf({ by: 'ngnix', files: 'nginx/' })).toEqual([
      { path: '0.by', message: expect.stringMatching(/^ngnix is none of .*nginx/) },
    ]))

  test('with a word too many is refused by name', () =>
    expect(
      issuesOf({ by: 'nginx', files: 'nginx/', service: 'nginx', at: '/etc/nginx', man: 'x' }),
    ).toEqual([{ path: '0', message: expect.stringContaining('man') }]))

  test('with a word too few is refused with its place', () =>
    expect(issuesOf({ by: 'nginx', files: 'nginx/', service: 'nginx' })).toEqual([
      { path: '0.at', message: expect.any(String) },
    ]))
})
